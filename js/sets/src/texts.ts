import type { Engine, Snapshot } from '@firn/engine';
import { belowOf, chainsOf, type Link } from './chains.js';
import { refuseFor } from './error.js';
import { type Handles, withHandles } from './handles.js';
import type { SetPatch } from './patch-set.js';
import { provePatch } from './read-patch.js';

/**
 * The texts that patches of one file mean and make, by fingerprint: the baseline, and what each patch
 * makes of its base by itself; a patch that has no place makes none. They are kept in `handles`. Throws
 * as `provePatch`. O(n) a patch.
 */
export function textsOf(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  handles: Handles,
): ReadonlyMap<string, Snapshot> {
  const texts = new Map([[baseline.fingerprint, baseline]]);
  const visit = (text: Snapshot, links: readonly Link[]): void => {
    for (const { patch, next } of links) {
      const { alone } = provePatch(engine, text, patch, handles);
      const made = handles.keep(engine.freeze(alone.bytes()));
      texts.set(made.fingerprint, made);
      visit(made, next);
    }
  };
  visit(baseline, chainsOf(patches, baseline.fingerprint).links);
  return texts;
}

/**
 * The text that `patch`, one of the patches of a file, makes of its own base by itself; the caller's to
 * dispose. Throws `set_base_mismatch` when the patch has no place, and as `provePatch`.
 */
export function textAfter(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  patch: SetPatch,
): Snapshot {
  const { problems } = chainsOf(patches, baseline.fingerprint);
  refuseFor(problems.filter((one) => one.set === patch.set && one.patch === patch.id));
  return withHandles((handles) => {
    const under = belowOf(patch, patches, baseline.fingerprint);
    const text = textsOf(engine, baseline, under, handles).get(patch.result);
    if (!text) throw new Error('a patch that has a place has no text');
    return engine.freeze(text.bytes());
  });
}
