/** Patches that all mean the baseline: then they are one batch. */
import type { Engine, Patched, Snapshot } from '@firn/engine';
import type { AppliedPatches } from './applied.js';
import { applyLawful } from './lawful.js';
import { byLine, type PatchList } from './patch-list.js';

export function applyBeside(
  engine: Engine,
  baseline: Snapshot,
  list: PatchList,
  keys: readonly number[],
): AppliedPatches {
  const batch = list.select(engine, keys);
  const { patched, failed } = applyLawful(baseline, batch);
  batch.dispose();
  const keyOf = (index: number | undefined) => keys[index ?? -1] ?? -1;
  const refused = failed.map(({ patch, other, ...violation }) => ({
    key: keyOf(patch?.index),
    ...(other && { other: keyOf(other.index) }),
    violation: { ...violation, message: withoutPlaces(violation.message) },
  }));
  return {
    patched,
    refused: byLine(list, refused),
    authorOf: ({ base, line }) => {
      const change =
        line > 0
          ? changeAt(patched, ({ to }) => to < line)
          : changeAt(patched, (one) => one.base.to < base);
      return keyOf(change?.patch.index);
    },
    dispose: () => patched.dispose(),
  };
}

/** `patches[1] ("b")` is `"b"` to people: the batch is one of ours, made of all that are on. */
function withoutPlaces(message: string): string {
  return message.replace(/patches\[\d+\] \((".*?")\)/g, '$1');
}

/** The first change that does not lie before a line. O(log changes). */
function changeAt(
  patched: Patched,
  isBefore: (change: ReturnType<Patched['changes']>[number]) => boolean,
) {
  const changes = patched.changes();
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const change = changes[middle];
    if (change !== undefined && isBefore(change)) low = middle + 1;
    else high = middle;
  }
  return changes[low];
}
