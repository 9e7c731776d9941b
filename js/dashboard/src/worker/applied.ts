/** What is switched on, applied: who wrote and who took each line, and what could not be there. */
import type { Engine, Patched, Snapshot } from '@firn/engine';
import type { RowLines } from './layout.js';
import { type PatchList, sourceOf } from './patch-list.js';
import { applyBeside } from './patches-beside.js';
import { applyStacked } from './patches-stacked.js';
import type { Refusal } from './protocol.js';

export interface AppliedPatches {
  readonly patched: Patched;
  /** In the order of their lines. */
  readonly refused: readonly Refusal[];
  /** Key of the patch that wrote the line, or took it: the one of `lines` that is not 0; -1: none did. */
  authorOf(lines: RowLines): number;
  dispose(): void;
}

/** The patches of these keys over their text, what is lawful of them. O(patches), and O(n) where some follow others. */
export function applyKeys(
  engine: Engine,
  baseline: Snapshot,
  list: PatchList,
  keys: readonly number[],
): AppliedPatches {
  const isStacked = keys.some((key) => sourceOf(list, key).facts.follows !== undefined);
  return isStacked
    ? applyStacked(engine, baseline, list, keys)
    : applyBeside(engine, baseline, list, keys);
}
