/** What the addon does on its threads, in JavaScript: for WebAssembly, and to hold the addon against. */
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
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { CopiedTree, CopyTreeOptions } from '@firn/engine';
import { isOurs } from './names.js';

/** As `Trees.copyTree`; throws what the system refuses. */
export async function copyTree(
  from: string,
  to: string,
  options: CopyTreeOptions,
): Promise<CopiedTree> {
  const { replacements = new Map<string, Uint8Array>(), hardLinks = false, signal } = options;
  const { folders, files } = walk(from, lstatSync(to));
  const there = new Set(
    files.filter(({ entry }) => !entry.isSymbolicLink()).map(({ file }) => file),
  );
  const missing = [...replacements.keys()].filter((file) => !there.has(file)).sort();
  if (missing[0] !== undefined) return { outcome: 'not-in-tree', path: missing[0] };
  for (const folder of folders.slice(1)) mkdirSync(path.join(to, folder));
  let shared = 0;
  for (const [index, { file, entry }] of files.entries()) {
    const [source, target] = [path.join(from, file), path.join(to, file)];
    const content = replacements.get(file);
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (!entry.isFile()) return { outcome: 'not-a-file', path: file };
    else if (content) writeNew(target, content, lstatSync(source).mode);
    else if (hardLinks && isLinked(source, target)) shared += 1;
    else copyFileSync(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    if (index % FILES_PER_TURN !== 0) continue;
    options.onProgress?.(index, files.length);
    await turn();
    if (signal?.aborted) return { outcome: 'cancelled' };
  }
  for (const folder of folders.reverse()) {
    chmodSync(path.join(to, folder), lstatSync(path.join(from, folder)).mode & 0o777);
  }
  return { outcome: 'done', files: files.length, shared };
}

/** Between so many files signals are heard. */
const FILES_PER_TURN = 256;

interface Found {
  /** A folder before what is in it; "" is the root. */
  readonly folders: string[];
  readonly files: { readonly file: string; readonly entry: Dirent }[];
}

function walk(from: string, except: Stats): Found {
  const found: Found = { folders: [], files: [] };
  const left = [''];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    const { dev, ino } = lstatSync(path.join(from, folder));
    if (dev === except.dev && ino === except.ino) continue;
    found.folders.push(folder);
    for (const entry of readdirSync(path.join(from, folder), { withFileTypes: true })) {
      if (entry.name === '.git' || isOurs(entry.name)) continue;
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) left.push(file);
      else found.files.push({ file, entry });
    }
  }
  return found;
}

function writeNew(target: string, content: Uint8Array, mode: number): void {
  writeFileSync(target, content, { flag: 'wx' });
  chmodSync(target, mode & 0o777);
}

function isLinked(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch {
    // Another file system, or too many links: then it is copied.
    return false;
  }
}
