import type { Batch } from './batch.js';
import type { BatchHandle, Fallible, PartsHandle } from './binding.js';
import type { PatchRef } from './error.js';
import { parseFrozen } from './frozen.js';
import { freeAfter, given, unwrap } from './owned.js';
import type { LineRange } from './report.js';

interface CarriedLines {
  /** Of the batch that was rebased. */
  readonly patch: PatchRef;
  /** Its lines in the old text; an insert's range is empty, before its line. */
  readonly from: LineRange;
  /** The same in the new text; for a conflict all lines in dispute. */
  readonly to: LineRange;
}

/**
 * What became of a patch when the text under it changed. `clean`: its lines are where they were.
 * `moved`: they are the same, further up or down. `upstream`: the new text has the change already.
 */
export interface CarriedPatch extends CarriedLines {
  readonly carried: 'clean' | 'moved' | 'upstream';
}

/** The new text changed the same lines in another way; bytes that are not UTF-8 show as U+FFFD. */
export interface CarriedConflict extends CarriedLines {
  readonly carried: 'conflict';
  /** The old text. */
  readonly base: string;
  /** What the patch makes of it. */
  readonly ours: string;
  /** The new text. */
  readonly theirs: string;
}

type AnyCarried = CarriedPatch | CarriedConflict;
type CarriedAs<K> = AnyCarried & { readonly carried: K };

/** A batch carried over to another version of its text. */
export interface Rebased {
  /** What is clean or moved, over the new text, with fresh `expect` and `base`. Yours to dispose. */
  readonly batch: Batch;
  /** Every patch, in the order of the old batch. */
  readonly patches: readonly AnyCarried[];
  readonly moved: readonly CarriedPatch[];
  readonly upstream: readonly CarriedPatch[];
  readonly conflicts: readonly CarriedConflict[];
}

export function rebasedOf(
  result: Fallible<PartsHandle>,
  makeBatch: (handle: BatchHandle) => Batch,
): Rebased {
  return freeAfter(unwrap(result), (parts) => Object.freeze(rebasedFrom(parts, makeBatch)));
}

/** Of parts that hold a rebase among others. */
export function rebasedFrom(
  parts: PartsHandle,
  makeBatch: (handle: BatchHandle) => Batch,
): Rebased {
  const { patches } = parseFrozen<Pick<Rebased, 'patches'>>(parts.json(), 'the rebased patches');
  const all = <K extends AnyCarried['carried']>(carried: K) =>
    Object.freeze(patches.filter((patch): patch is CarriedAs<K> => patch.carried === carried));
  return {
    batch: makeBatch(given(parts.batch())),
    patches,
    moved: all('moved'),
    upstream: all('upstream'),
    conflicts: all('conflict'),
  };
}
