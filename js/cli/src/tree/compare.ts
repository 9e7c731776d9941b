/** Two files, or two trees, side by side: where they differ. */
import { statSync } from 'node:fs';
import type { Engine } from '@firn/engine';
import { Failure, usage } from '../failure.js';
import { fileNamed } from '../io/errno.js';
import { readInput } from '../io/read.js';
import { nameOf } from './names.js';
import { Root } from './root.js';
import { walk } from './walk.js';

/** One side of a file. */
export interface Side {
  readonly bytes: Buffer;
  readonly executable: boolean;
}

/** A file in which the two sides differ. At least one of them is there. */
export interface Pair {
  /** For reports: below both trees, or the second file as it was named. */
  readonly path: string;
  /** As a diff has them, which refuses what leads out of a tree; the same in trees. */
  readonly oldName: string;
  readonly newName: string;
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

export interface Comparison {
  readonly isTree: boolean;
  readonly pairs: Iterable<Pair>;
  /** Links and the like, which are not looked into. */
  readonly others: readonly string[];
}

export async function compare(a: string, b: string): Promise<Comparison> {
  const [aIsTree, bIsTree] = [isFolder(a), isFolder(b)];
  if (aIsTree && bIsTree) return compareTrees(new Root(a), new Root(b));
  if (aIsTree || bIsTree) {
    const [folder, file] = (aIsTree ? [a, b] : [b, a]).map((path) => fileNamed(path).name);
    throw usage(`${folder} is a directory, and ${file} is not`);
  }
  if (a === '-' && b === '-') throw usage('only one side can be standard input');
  const before = await sideOf(a, b);
  const after = await sideOf(b, a);
  const [oldFile, newFile] = [before ? a : b, after ? b : a];
  const pair = {
    path: newFile === '-' ? STDIN : newFile,
    oldName: nameOf(oldFile) ?? STDIN,
    newName: nameOf(newFile) ?? STDIN,
    before,
    after,
  };
  const isSame = before ? after !== undefined && before.bytes.equals(after.bytes) : !after;
  return { isTree: false, pairs: isSame ? [] : [pair], others: [] };
}

const STDIN = 'stdin';

/** What diffs call a file that is not there. */
const NO_FILE = '/dev/null';

function isFolder(path: string): boolean {
  if (path === '-') return false;
  try {
    new Root(path);
    return true;
  } catch (error) {
    if (error instanceof Failure && error.details.errno === 'ENOTDIR') return false;
    throw error;
  }
}

/** Modes are compared in trees only: a file of its own is a text, unless it comes or goes. */
async function sideOf(path: string, other: string): Promise<Side | undefined> {
  if (path === NO_FILE) return undefined;
  const { bytes } = await readInput(path);
  const isWhole = other === NO_FILE && path !== '-';
  return { bytes, executable: isWhole && (statSync(path).mode & 0o100) !== 0 };
}

function compareTrees(a: Root, b: Root): Comparison {
  const [left, right] = [walk(a), walk(b)];
  const files = [...new Set([...left.files, ...right.files])].sort();
  const [inA, inB] = [new Set(left.files), new Set(right.files)];
  function* pairs(): Generator<Pair> {
    for (const path of files) {
      const before = inA.has(path) ? read(a, path) : undefined;
      const after = inB.has(path) ? read(b, path) : undefined;
      if (before && after && isSame(before, after)) continue;
      if (before || after) yield { path, oldName: path, newName: path, before, after };
    }
  }
  return { isTree: true, pairs: pairs(), others: [...new Set([...left.others, ...right.others])] };
}

function read(root: Root, path: string): Side | undefined {
  const file = root.read(path);
  return file && { bytes: file.bytes, executable: (file.identity.mode & 0o100) !== 0 };
}

function isSame(before: Side, after: Side): boolean {
  return before.executable === after.executable && before.bytes.equals(after.bytes);
}

/** As git decides: its content changed, and there is a NUL near the beginning. */
export function looksBinary({ before, after }: Pair): boolean {
  if (before && after?.bytes.equals(before.bytes)) return false;
  return [before, after].some((side) => side && hasNul(side.bytes));
}

/** How far git looks for one. */
const BINARY_LOOK_BYTES = 8000;

export function hasNul(bytes: Buffer): boolean {
  return bytes.subarray(0, BINARY_LOOK_BYTES).includes(0);
}

const nothing = new Uint8Array();

/** The change of one file as a batch over its old text, and that text. */
export function changeOf(
  engine: Engine,
  { before, after }: Pair,
  algorithm: 'histogram' | 'myers' | 'minimal',
) {
  const snapshot = engine.freeze(before?.bytes ?? nothing);
  const batch = engine.diff(snapshot, after?.bytes ?? nothing, { algorithm });
  return { snapshot, batch };
}
