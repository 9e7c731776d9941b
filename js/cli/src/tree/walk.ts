/** The files of a tree, in the order of their names. What is git's or ours is no part of it. */
import { type Dirent, readdirSync } from 'node:fs';
import { Failure } from '../failure.js';
import { fileNamed, ioFailure } from '../io/errno.js';
import { isOurs } from './names.js';
import type { Root } from './root.js';

export interface Walk {
  /** Paths of regular files below the root. */
  readonly files: readonly string[];
  /** Symbolic links, pipes and the like: they are no texts. */
  readonly others: readonly string[];
}

export function walk(root: Root): Walk {
  const files: string[] = [];
  const others: string[] = [];
  // A list of what is left to do, for folders may be nested deeper than calls can be.
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(root, folder)) {
      const name = nameOf(entry, root, folder);
      if (name === '.git' || isOurs(name)) continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) files.push(path);
      else others.push(path);
    }
  }
  return { files: files.sort(), others: others.sort() };
}

function entriesOf(root: Root, folder: string): Dirent<Buffer>[] {
  try {
    return readdirSync(root.at(folder), { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    throw ioFailure('read', fileNamed(root.shown(folder)), error);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A name that is not UTF-8 would be another one by the time it is written. */
function nameOf({ name }: Dirent<Buffer>, root: Root, folder: string): string {
  try {
    return utf8.decode(name);
  } catch {
    const shown = root.shown(folder === '' ? name.toString() : `${folder}/${name}`);
    const message = `cannot read ${fileNamed(shown).name}: its name is not UTF-8`;
    throw new Failure('io', message, { path: shown });
  }
}
