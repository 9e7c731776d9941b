/** Patches carried to another version of the text under them, and whatever follows them along with them. */
import type { Engine, FirnError, Patched, Rebased, Snapshot } from '@firn/engine';
import { belowOf, chainsOf, followersOf, type Link } from './chains.js';
import { FirnSetError, isFirnError, refuseFor, type SetErrorFields } from './error.js';
import { withHandles } from './handles.js';
import { fieldsOfPatch, type SetPatch } from './patch-set.js';
import { carriedText, renewedPatch } from './patch-text.js';
import { quoted } from './quoted.js';
import { provePatch, refused } from './read-patch.js';
import { textsOf } from './texts.js';

/** What became of one patch. */
export interface CarriedPatchOfSet {
  /** As it was. */
  readonly patch: SetPatch;
  /**
   * `carried`: there is a patch for the new text. `upstream`: the new text has all of it. `conflict`: the
   * new text changed the same lines in another way. `blocked`: it follows one in conflict, or one that
   * was not readable. `refused`: it does not apply to its own text, `problems` says why.
   */
  readonly status: 'carried' | 'upstream' | 'conflict' | 'blocked' | 'refused';
  /** For the new text, with base, result and bytes of its own; of `carried` only. */
  readonly renewed?: SetPatch;
  /**
   * What became of each patch of its batch, with the three sides of each conflict. Empty where those are too
   * large to be told, as `problems` says then.
   */
  readonly details: Rebased['patches'];
  /** Between which texts it is in conflict; of `conflict` only. */
  readonly dispute?: DisputedTexts;
  readonly problems: readonly SetErrorFields[];
}

/** The old text is the patch's base. */
export interface DisputedTexts {
  /** Fingerprint of the new text. */
  readonly onto: string;
  /** The diff from the old text to the new one. */
  readonly upstream: Uint8Array;
}

/**
 * Carries patches that stand on `oldText`, directly or on each other, to `newText`. Every one is in
 * the answer, below those that it follows. Nothing is thrown for a conflict: one stops no other but those
 * that follow it. O(diff of the texts) a patch.
 */
export function carryPatches(
  engine: Engine,
  oldText: Snapshot,
  newText: Snapshot,
  patches: readonly SetPatch[],
): CarriedPatchOfSet[] {
  const { links, problems } = chainsOf(patches, oldText.fingerprint);
  const carried = links.flatMap((link) => carryLink(engine, oldText, newText, link));
  const known = new Set(carried.map(({ patch }) => patch));
  const homeless = patches
    .filter((patch) => !known.has(patch))
    .map((patch): CarriedPatchOfSet => {
      const own = problems.filter(({ set, patch: id }) => set === patch.set && id === patch.id);
      return { patch, status: 'refused', details: [], problems: own };
    });
  return [...carried, ...homeless];
}

/**
 * What becomes of those that follow `target`, one of the patches of a file, once it is gone: they are
 * carried to the text below it. None of them: there is nothing in its way. Throws `set_base_mismatch`
 * when it has no place itself, and as `readPatch` for what stands below. O(diff of the texts) a patch.
 */
export function carryFollowers(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  target: SetPatch,
): CarriedPatchOfSet[] {
  const followers = followersOf(target, patches, baseline.fingerprint);
  if (followers.length === 0) return [];
  return withHandles((handles) => {
    const standing = patches.filter((patch) => !followers.includes(patch));
    const { problems } = chainsOf(standing, baseline.fingerprint);
    refuseFor(problems.filter(({ set, patch }) => set === target.set && patch === target.id));
    const under = belowOf(target, standing, baseline.fingerprint);
    const texts = textsOf(engine, baseline, under, handles);
    const [below, above] = [texts.get(target.base), texts.get(target.result)];
    if (!below || !above) throw new Error('a patch that has a place has no text');
    return carryPatches(engine, above, below, followers);
  });
}

/** On another text; or why not, where its conflicts are too large to be told. */
export function rebasedTo(patched: Patched, text: Snapshot): Rebased | FirnError {
  try {
    return patched.rebase(text);
  } catch (error) {
    // Where there is no memory, no patch is named.
    if (isFirnError(error) && error.code === 'limit_exceeded' && error.patch) return error;
    throw error;
  }
}

function carryLink(
  engine: Engine,
  oldText: Snapshot,
  newText: Snapshot,
  link: Link,
): CarriedPatchOfSet[] {
  const { patch, next } = link;
  return withHandles((handles) => {
    try {
      const { alone } = provePatch(engine, oldText, patch, handles);
      const rebased = rebasedTo(alone, newText);
      const isUntold = isFirnError(rebased);
      if (!isUntold) handles.keep(rebased.batch);
      if (isUntold || rebased.conflicts.length > 0) {
        const dispute = disputeOver(engine, patch, oldText, newText);
        const details = isUntold ? [] : rebased.patches;
        const problems = isUntold ? refused(patch, rebased).problems : [];
        return [{ patch, status: 'conflict', details, dispute, problems }, ...blocked(next, patch)];
      }
      const after = handles.keep(newText.apply(rebased.batch));
      const own = carriedOf(patch, newText, after, rebased);
      if (next.length === 0) return [own];
      const oldAbove = handles.keep(engine.freeze(alone.bytes()));
      const newAbove = handles.keep(engine.freeze(after.bytes()));
      return [own, ...next.flatMap((above) => carryLink(engine, oldAbove, newAbove, above))];
    } catch (error) {
      if (!(error instanceof FirnSetError)) throw error;
      const { problems } = error;
      return [{ patch, status: 'refused', details: [], problems }, ...blocked(next, patch)];
    }
  });
}

function carriedOf(
  patch: SetPatch,
  newText: Snapshot,
  after: Patched,
  { batch, patches: details }: Rebased,
): CarriedPatchOfSet {
  const { fingerprint: base } = newText;
  const { fingerprint: result } = after;
  if (base === result) return { patch, status: 'upstream', details, problems: [] };
  const survivors = details
    .filter(({ carried }) => carried !== 'upstream')
    .map(({ patch: { index } }) => index);
  const text = carriedText(patch, batch, after, survivors);
  const renewed = renewedPatch(patch, text, base, result);
  return { patch, status: 'carried', renewed, details, problems: [] };
}

function disputeOver(
  engine: Engine,
  { file }: SetPatch,
  oldText: Snapshot,
  newText: Snapshot,
): DisputedTexts {
  const { fingerprint: onto } = newText;
  return withHandles((handles) => {
    const changed = handles.keep(oldText.apply(handles.keep(engine.diff(oldText, newText))));
    return { onto, upstream: changed.unifiedDiffBytes({ git: { oldPath: file, newPath: file } }) };
  });
}

function blocked(links: readonly Link[], by: SetPatch): CarriedPatchOfSet[] {
  return links.flatMap(({ patch, next }) => {
    const message = `patch ${patch.label} of ${quoted(patch.file)} follows ${by.label}, which could not be carried over`;
    const other = { set: by.set, patch: by.id };
    const problem: SetErrorFields = {
      code: 'set_base_mismatch',
      message,
      ...fieldsOfPatch(patch),
      other,
    };
    return [
      { patch, status: 'blocked' as const, details: [], problems: [problem] },
      ...blocked(next, patch),
    ];
  });
}
