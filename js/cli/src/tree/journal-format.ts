/**
 * What an apply to a tree is about to do, written down before it does it, so that whoever finds the
 * tree afterwards can finish it or take it back. One file in the root:
 *
 *     {"schema":"firn.journal/1", ..., "steps":[...]}\n     what is done, in this order
 *     old content of every file that is replaced or removed, one after the other
 *     \nready +\n                                           appended when all new files lie ready
 *
 * Its "+" becomes "-" before the first step is taken back: from there on no step can be told from one
 * that is still to be taken, so there is no way but back. Without the last line nothing of the tree
 * was touched but for files beside, which the steps name.
 */
import { writeSync } from 'node:fs';
import type { ProcessIdentity } from './process-identity.js';

export const SCHEMA = 'firn.journal/1';

export interface Header {
  readonly schema: typeof SCHEMA;
  /** Who is at work, so that nobody takes over while it still is. */
  readonly process: ProcessIdentity;
  readonly steps: readonly JournalStep[];
}

export type JournalStep =
  | { readonly kind: 'remove'; readonly path: string; readonly before: Old }
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'write';
      readonly path: string;
      /** The new file, until it is put in its place. */
      readonly staged: string;
      readonly byteLength: number;
      readonly crc32: number;
      readonly before: Old | null;
    }
  | { readonly kind: 'prune'; readonly path: string };

export type WriteStep = Extract<JournalStep, { kind: 'write' }>;

/** Where among the old contents that of a file stands, and what else the file was. */
export interface Old {
  readonly offset: number;
  readonly byteLength: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export function oldOf(step: JournalStep): Old | null {
  return step.kind === 'write' || step.kind === 'remove' ? step.before : null;
}

/** The steps, and the old contents they need to be taken back. */
export interface Record {
  readonly steps: readonly JournalStep[];
  content(old: Old): Uint8Array;
  /** From here on nobody goes on with it: it can only be taken back. */
  beginUndo(): void;
}

export const READY = '\nready +\n';
export const TAKEN_BACK = '\nready -\n';

/** One byte over another: there is room for it on a full disk, and half of it is never there. */
export function markUndo(fd: number, readyOffset: number): void {
  const at = READY.indexOf('+');
  writeSync(fd, TAKEN_BACK.charAt(at), readyOffset + at);
}
