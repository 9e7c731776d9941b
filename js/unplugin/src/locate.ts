/** Where the files of the sets are on this disk. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** A file that sets name. */
export interface Located {
  /** As sets name it, below the root. */
  readonly file: string;
  /** The folder that it is found below: the root; of a dependency, one that holds its `node_modules`. */
  readonly folder: string;
  /** As bundlers name it: absolute, without symbolic links. */
  readonly path: string;
}

const DEPENDENCIES = 'node_modules/';

/**
 * Finds a file. One in `node_modules` is looked for as Node looks for packages, in the root and in
 * every folder above it, and may be a link, as package managers make them; others are where they are
 * named. What is not there is located where it should be. `root`: without symbolic links.
 */
export function locate(root: string, file: string): Located {
  if (!file.startsWith(DEPENDENCIES)) return { file, folder: root, path: path.join(root, file) };
  const folder = folderOfDependency(root, file);
  return { file, folder, path: realPath(path.join(folder, file)) };
}

function folderOfDependency(root: string, file: string): string {
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, file))) return folder;
    if (path.dirname(folder) === folder) return root;
  }
}

/** Of a file that is not there, itself. */
export function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
