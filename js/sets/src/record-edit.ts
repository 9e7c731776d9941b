/** A patched file that somebody has edited: the edit as a patch of its own, or as a part of one. */
import type { Batch, Engine, Patched, Snapshot } from '@firn/engine';
import { applyFile, checkFile } from './apply-file.js';
import { carryPatches, rebasedTo } from './carry.js';
import { followersOf } from './chains.js';
import { isFirnError } from './error.js';
import { type Handles, withHandles } from './handles.js';
import type { SetPatch } from './patch-set.js';
import { carriedText, type PatchDraft, recordPatch, renewedPatch } from './patch-text.js';
import { textsOf } from './texts.js';

/** An edit as a patch of its own. */
export interface RecordedEdit {
  readonly patch: SetPatch;
  /** The patch that it follows; undefined: it is independent. */
  readonly follows: SetPatch | undefined;
}

/** What an edit did to patches that were there. */
export interface AmendedPatches {
  /** The patch with the edit in it, and those that follow it, for what it makes now. */
  readonly changed: readonly SetPatch[];
  /** Those that have nothing left to do. */
  readonly dropped: readonly SetPatch[];
}

/** An edit that no single patch can say; one of nothing among them. */
export interface Inexpressible {
  /** The patches whose lines it changes. */
  readonly touches: readonly SetPatch[];
}

/**
 * Records what turns the patched file into `edited` as one more patch: independent of the others if it
 * can be, else after one of them. It is proved: with it, the patches make exactly `edited`.
 *
 * Throws as `applyFile` when the patches do not apply now. O(n) a patch that is tried.
 */
export function recordEdit(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  edited: Snapshot,
  draft: PatchDraft,
): RecordedEdit | Inexpressible {
  return withEdit({ engine, baseline, patches, edited }, ({ edit, texts, touches }) => {
    const tips = tipsOf(patches, touches, baseline.fingerprint).slice(0, MOST_TRIED);
    for (const follows of [undefined, ...tips]) {
      const text = texts.get(follows?.result ?? baseline.fingerprint);
      const patch = text && asPatch(edit, text, draft);
      if (patch && makes(engine, baseline, [...patches, patch], edited)) return { patch, follows };
    }
    return undefined;
  });
}

/** Each try applies every patch; the one that an edit follows is among the first. */
const MOST_TRIED = 16;

/** Patches that nobody follows: first those that stand on one of `touches`. */
function tipsOf(
  patches: readonly SetPatch[],
  touches: readonly SetPatch[],
  baseline: string,
): SetPatch[] {
  const followed = new Set(patches.map(({ base }) => base));
  const tips = patches.filter(({ result }) => !followed.has(result));
  const near = new Set(
    touches.flatMap((patch) => [patch, ...followersOf(patch, patches, baseline)]),
  );
  return [...tips.filter((tip) => near.has(tip)), ...tips.filter((tip) => !near.has(tip))];
}

/**
 * Puts what turns the patched file into `edited` into `target`, one of its patches; those that follow
 * it are carried along, also those of `asleep`, whose conditions are not met now. It is proved: with
 * them, the patches make exactly `edited`. Throws as `recordEdit`.
 */
export function amendPatch(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  target: SetPatch,
  edited: Snapshot,
  asleep: readonly SetPatch[] = [],
): AmendedPatches | Inexpressible {
  return withEdit({ engine, baseline, patches, edited }, ({ edit, texts, handles }) => {
    const [base, made] = [target.base, target.result].map((text) => texts.get(text));
    const amended = base && made && intoPatch(engine, edit, { base, made }, target);
    if (!made || !amended) return undefined;
    const text = handles.keep(engine.freeze(amended.text));
    const others = [...patches, ...asleep].filter((patch) => patch !== target);
    const followers = followersOf(target, others, baseline.fingerprint);
    const carried = carryPatches(engine, made, text, followers);
    if (carried.some(({ renewed, status }) => !renewed && status !== 'upstream')) return undefined;
    const renewed = new Map(carried.map((one) => [one.patch, one.renewed]));
    const awake = patches.flatMap((patch) => {
      if (patch === target) return amended.patch;
      return renewed.has(patch) ? (renewed.get(patch) ?? []) : patch;
    });
    if (!makes(engine, baseline, awake, edited)) return undefined;
    return {
      changed: [amended.patch, ...carried.flatMap((one) => one.renewed ?? [])],
      dropped: carried.flatMap((one) => (one.renewed ? [] : one.patch)),
    };
  });
}

interface Task {
  readonly engine: Engine;
  readonly baseline: Snapshot;
  readonly patches: readonly SetPatch[];
  readonly edited: Snapshot;
}

/** The edit as a change of the patched file. */
interface Edit {
  readonly edit: Patched;
  /** By fingerprint. */
  readonly texts: ReadonlyMap<string, Snapshot>;
  /** The patches whose lines it changes. */
  readonly touches: readonly SetPatch[];
  readonly handles: Handles;
}

function withEdit<T>(
  { engine, baseline, patches, edited }: Task,
  use: (edit: Edit) => T | undefined,
): T | Inexpressible {
  return withHandles((handles) => {
    const built = handles.keep(applyFile(engine, baseline, patches));
    const whole = handles.keep(engine.freeze(built.patched.bytes()));
    if (whole.fingerprint === edited.fingerprint) return { touches: [] };
    const edit = handles.keep(whole.apply(handles.keep(engine.diff(whole, edited))));
    const lines = edit.changes().flatMap(({ base: { from, to } }) => built.provenance(from, to));
    const touches = [...new Set(lines.flatMap(({ patch }) => patch ?? []))];
    const texts = textsOf(engine, baseline, patches, handles);
    return use({ edit, texts, touches, handles }) ?? { touches };
  });
}

/** The edit carried to a text; undefined when it does not fit there as a whole. */
function onText(edit: Patched, text: Snapshot, handles: Handles): Fitted | undefined {
  const rebased = rebasedTo(edit, text);
  if (isFirnError(rebased)) return undefined;
  const { batch, patches } = rebased;
  handles.keep(batch);
  const fits = patches.every(({ carried }) => carried === 'clean' || carried === 'moved');
  return fits ? { batch, patched: handles.keep(text.apply(batch)) } : undefined;
}

interface Fitted {
  readonly batch: Batch;
  readonly patched: Patched;
}

function asPatch(edit: Patched, text: Snapshot, draft: PatchDraft): SetPatch | undefined {
  return withHandles((handles) => {
    const fitted = onText(edit, text, handles);
    return fitted && recordPatch(text, fitted.batch, fitted.patched, draft);
  });
}

/** The patch with the edit in it; undefined when the edit does not fit, or takes the patch back. */
function intoPatch(
  engine: Engine,
  edit: Patched,
  { base, made }: { readonly base: Snapshot; readonly made: Snapshot },
  target: SetPatch,
): { readonly patch: SetPatch; readonly text: Uint8Array } | undefined {
  return withHandles((handles) => {
    const fitted = onText(edit, made, handles);
    if (!fitted || fitted.patched.fingerprint === base.fingerprint) return undefined;
    const text = fitted.patched.bytes();
    const whole = handles.keep(engine.diff(base, text));
    const patched = handles.keep(base.apply(whole));
    const content = carriedText(target, whole, patched, []);
    return { text, patch: renewedPatch(target, content, target.base, patched.fingerprint) };
  });
}

function makes(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  edited: Snapshot,
): boolean {
  const { built } = checkFile(engine, baseline, patches);
  const result = built?.proof.result;
  built?.dispose();
  return result === edited.fingerprint;
}
