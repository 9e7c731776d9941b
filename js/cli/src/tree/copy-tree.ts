/**
 * What the addon does on its threads, in JavaScript: for WebAssembly, and to hold the addon against. Names
 * need not be UTF-8, so below the trees they are Latin-1 here, which spells any bytes.
 */
import {
  chmodSync,
  constants,
  copyFileSync,
  type Dirent,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  type Stats,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import type { CopiedTree, CopyTreeOptions } from '@firn/engine';
import { systemErrorOf } from '../io/errno.js';
import { isOurs } from './names.js';

/** As `Trees.copyTree`. */
export async function copyTree(
  from: string,
  to: string,
  options: CopyTreeOptions,
): Promise<CopiedTree> {
  const work = { at: '' };
  try {
    return await copied(from, to, options, work);
  } catch (error) {
    const systemError = systemErrorOf(error);
    if (systemError === undefined) throw error;
    return { outcome: 'failed', systemError, path: shown(work.at) };
  }
}

/** Throws what the system refuses. `work.at`: what is being copied. */
async function copied(
  from: string,
  to: string,
  { replacements = new Map(), hardLinks = false, signal, onProgress }: CopyTreeOptions,
  work: { at: string },
): Promise<CopiedTree> {
  const { folders, files } = walk(from, lstatSync(to), work);
  const contents = new Map(Array.from(replacements, ([file, bytes]) => [spelled(file), bytes]));
  const missing = missingIn(files, contents.keys());
  if (missing !== undefined) return { outcome: 'not-in-tree', path: missing };
  for (const folder of folders.slice(1)) {
    work.at = folder;
    mkdirSync(below(to, folder));
  }
  let shared = 0;
  for (const [index, { file, entry }] of files.entries()) {
    work.at = file;
    const [source, target] = [below(from, file), below(to, file)];
    const content = contents.get(file);
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source, 'buffer'), target);
    else if (!entry.isFile()) return { outcome: 'not-a-file', path: shown(file) };
    else if (content) writeNew(target, content, lstatSync(source).mode);
    else if (hardLinks && isLinked(source, target)) shared += 1;
    else copyFileSync(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    if (index % FILES_PER_TURN !== 0) continue;
    onProgress?.(index, files.length);
    await turn();
    if (signal?.aborted) return { outcome: 'cancelled' };
  }
  for (const folder of folders.reverse()) {
    work.at = folder;
    chmodSync(below(to, folder), lstatSync(below(from, folder)).mode & 0o777);
  }
  return { outcome: 'done', files: files.length, shared };
}

/** Between so many files signals are heard. */
const FILES_PER_TURN = 256;

/** In Latin-1, of a path in UTF-16. */
const spelled = (path: string) => Buffer.from(path).toString('latin1');

/** The reverse, for eyes. */
const shown = (path: string) => Buffer.from(path, 'latin1').toString();

/** As the system takes it. */
function below(tree: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(path, 'latin1')]);
}

interface FoundFile {
  readonly file: string;
  readonly entry: Dirent<Buffer>;
}

interface Found {
  /** A folder before what is in it; "" is the root. */
  readonly folders: string[];
  readonly files: readonly FoundFile[];
}

function walk(from: string, except: Stats, work: { at: string }): Found {
  const folders: string[] = [];
  const files: FoundFile[] = [];
  const left = [''];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    work.at = folder;
    const { dev, ino } = lstatSync(below(from, folder));
    if (dev === except.dev && ino === except.ino) continue;
    folders.push(folder);
    const reading = { withFileTypes: true, encoding: 'buffer' } as const;
    for (const entry of readdirSync(below(from, folder), reading)) {
      const name = entry.name.toString('latin1');
      if (name === '.git' || isOurs(name)) continue;
      const file = folder === '' ? name : `${folder}/${name}`;
      if (entry.isDirectory()) left.push(file);
      else files.push({ file, entry });
    }
  }
  return { folders, files };
}

/** The first of `paths` that is no file of the tree, or a link. */
function missingIn(files: readonly FoundFile[], paths: Iterable<string>): string | undefined {
  const there = new Set(
    files.filter(({ entry }) => !entry.isSymbolicLink()).map(({ file }) => file),
  );
  const [first] = Array.from(paths, (path) => (there.has(path) ? [] : [shown(path)]))
    .flat()
    .sort();
  return first;
}

function writeNew(target: Buffer, content: Uint8Array, mode: number): void {
  writeFileSync(target, content, { flag: 'wx' });
  chmodSync(target, mode & 0o777);
}

function isLinked(source: Buffer, target: Buffer): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch {
    // Another file system, or too many links: then it is copied.
    return false;
  }
}
