import type { Batch } from './batch.js';
import type { BatchHandle, Fallible, PartsHandle } from './binding.js';
import type { ErrorFields, PatchRef } from './error.js';
import { parseFrozen } from './frozen.js';
import { freeAfter, unwrap } from './owned.js';
import type { LineRange } from './report.js';

/** One of the batches that were stacked. */
interface StackBatch {
  /** 0-based place in the order given. */
  readonly batch: number;
  /** Absent when it has none. */
  readonly batchId?: string;
}

/** A patch of one of the batches. */
export interface StackPatch extends StackBatch {
  readonly patch: PatchRef;
}

/** Two patches of different batches that touch the same lines. */
export interface Collision {
  /** Of the batch that comes first in the order given. */
  readonly first: StackPatch;
  readonly second: StackPatch;
  /** Those that both touch; an insert touches the line it names. */
  readonly lines: LineRange;
  readonly message: string;
}

/** A batch that is not lawful even alone; it collides with nobody. */
export interface RefusedBatch extends StackBatch {
  readonly violations: readonly ErrorFields[];
}

/** Many batches over one snapshot as one, or exactly what is in the way. */
export interface Stacked {
  /**
   * All patches, ascending by line, whatever the order of the batches; undefined when a batch was
   * refused or patches collide. Yours to dispose.
   */
  readonly batch: Batch | undefined;
  /** Where each patch of `batch` comes from: places in the orders given, 0-based. */
  readonly sources: readonly { readonly batch: number; readonly patch: number }[];
  /** Ascending by the first line in dispute. */
  readonly collisions: readonly Collision[];
  /** Of all, listed or not. */
  readonly collisionCount: number;
  readonly refused: readonly RefusedBatch[];
}

export function stackedOf(
  result: Fallible<PartsHandle>,
  makeBatch: (handle: BatchHandle) => Batch,
): Stacked {
  return freeAfter(unwrap(result), (parts) => {
    const facts = parseFrozen<Omit<Stacked, 'batch'>>(parts.json(), 'the stacked batches');
    const batch = parts.batch();
    return Object.freeze({
      batch: batch === null ? undefined : makeBatch(unwrap(batch)),
      ...facts,
    });
  });
}
