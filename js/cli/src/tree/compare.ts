/** Two files, or two trees, side by side: where they differ. */
import type { Engine } from '@firn/engine';
import { Failure } from '../failure.js';
import { fileNamed } from '../io/errno.js';
import { readInput } from '../io/read.js';
import { Root } from './root.js';
import { walk } from './walk.js';

/** One side of a file. */
export interface Side {
  readonly bytes: Buffer;
  readonly executable: boolean;
}

/** A file in which the two sides differ. At least one of them is there. */
export interface Pair {
  /** On the first and on the second side; the same in trees. */
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
    throw new Failure('usage', `${folder} is a directory, and ${file} is not`);
  }
  if (a === '-' && b === '-') throw new Failure('usage', 'only one side can be standard input');
  const before = await sideOf(a);
  const after = await sideOf(b);
  const names = { oldName: a === '-' ? 'stdin' : a, newName: b === '-' ? 'stdin' : b };
  const isSame = before.bytes.equals(after.bytes);
  return { isTree: false, pairs: isSame ? [] : [{ ...names, before, after }], others: [] };
}

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

/** Modes are compared in trees only: a file of its own is a text. */
async function sideOf(path: string): Promise<Side> {
  const { bytes } = await readInput(path);
  return { bytes, executable: false };
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
      if (before || after) yield { oldName: path, newName: path, before, after };
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
  return [before, after].some((side) => side?.bytes.subarray(0, 8000).includes(0));
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
