/** A patch that could not be carried to a new text: its conflicts for a person to decide, and the decision as the patch. */
import type { Batch, Conflict, Engine, Patched, Rebased, Snapshot } from '@firn/engine';
import { type CarriedPatchOfSet, carryPatches } from './carry.js';
import { followersOf } from './chains.js';
import type { WaitingConflicts } from './conflicts.js';
import { FirnSetError, isFirnError } from './error.js';
import { Handles } from './handles.js';
import { type MarkerLines, markerLinesFor } from './marker-lines.js';
import { fieldsOfPatch, type SetPatch } from './patch-set.js';
import { carriedText, renewedPatch } from './patch-text.js';
import { quoted } from './quoted.js';
import { provePatch, refusing } from './read-patch.js';
import { textAfter } from './texts.js';

/** The new text with what could be carried of the patch, merged with what could not. */
export interface DisputedText {
  readonly bytes: Uint8Array;
  /** What stands between markers; none where a side was favoured. */
  readonly conflicts: readonly Conflict[];
}

/** A patch between the text that it was made for and the one that it is to be for. Free it with `dispose()`. */
export interface Dispute {
  readonly patch: SetPatch;
  /**
   * The text to decide about, merged as git merges: in conflicts `ours` takes what the patch makes,
   * `theirs` what the new text has, `nobody` all three sides between markers. O(n + diff).
   */
  text(favor: 'nobody' | 'ours' | 'theirs'): DisputedText;
  /** Lines of an edited text, from 1, that are markers still. O(n). */
  markersIn(edited: Uint8Array): number[];
  /**
   * The patch that makes just the edited text of the new one, then what becomes of those that follow it;
   * of a text that is the new one, `upstream`. `others`: the patches of the same file. O(diff) a patch.
   */
  resolved(edited: Uint8Array, others: readonly SetPatch[]): CarriedPatchOfSet[];
  dispose(): void;
}

/**
 * Opens the conflicts of `patch`, one of `patches` of a file. Throws `set_base_mismatch` when neither
 * the baseline nor what a patch makes of it is the text that they are about, `set_malformed` when they
 * do not lead back to the old text, and as `readPatch` for the patch itself. O(n).
 */
export function disputeOf(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  patch: SetPatch,
  conflicts: WaitingConflicts,
): Dispute {
  const handles = new Handles();
  try {
    const newText = handles.keep(newTextOf(engine, baseline, patches, patch, conflicts));
    const oldText = handles.keep(oldTextOf(engine, newText, patch, conflicts));
    const { batch, alone } = provePatch(engine, oldText, patch, handles);
    return disputeBetween({ engine, oldText, newText, patch, batch, alone, handles });
  } catch (error) {
    handles.dispose();
    throw error;
  }
}

interface Between {
  readonly engine: Engine;
  readonly oldText: Snapshot;
  readonly newText: Snapshot;
  readonly patch: SetPatch;
  readonly batch: Batch;
  /** The patch on the old text. */
  readonly alone: Patched;
  readonly handles: Handles;
}

function disputeBetween(between: Between): Dispute {
  const { engine, newText, patch, alone, handles } = between;
  const rebased = refusing(patch, () => alone.rebase(newText));
  handles.keep(rebased.batch);
  const sides = {
    base: withoutConflicts(between, rebased),
    ours: alone.bytes(),
    theirs: handles.keep(newText.apply(rebased.batch)).bytes(),
  };
  const markers = markerLinesFor(Object.values(sides), {
    ours: patch.label,
    base: 'the old text',
    theirs: 'the new text',
  });
  return Object.freeze({
    patch,
    text: (favor: 'nobody' | 'ours' | 'theirs') => mergedBy(engine, sides, markers, favor),
    markersIn: (edited: Uint8Array) => markers.linesIn(edited),
    resolved: (edited: Uint8Array, others: readonly SetPatch[]) =>
      resolvedAs(between, rebased, edited, others),
    dispose: () => handles.dispose(),
  });
}

/** The old text with what of the patch is not in conflict: so that a merge finds the conflicts and nothing else. */
function withoutConflicts({ oldText, batch, handles }: Between, { patches }: Rebased): Uint8Array {
  const fine = patches.filter(({ carried }) => carried !== 'conflict');
  const rest = handles.keep(batch.select(fine.map(({ patch: { index } }) => index)));
  return handles.keep(oldText.apply(rest)).bytes();
}

type Sides = Readonly<Record<'base' | 'ours' | 'theirs', Uint8Array>>;

function mergedBy(
  engine: Engine,
  { base, ours, theirs }: Sides,
  { size, labels }: MarkerLines,
  favor: 'nobody' | 'ours' | 'theirs',
): DisputedText {
  const merged = engine.merge(base, ours, theirs, {
    style: 'zdiff3',
    favor,
    markerSize: size,
    oursLabel: labels.ours,
    baseLabel: labels.base,
    theirsLabel: labels.theirs,
  });
  return { bytes: merged.bytes(), conflicts: merged.conflicts };
}

function newTextOf(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
  patch: SetPatch,
  { onto }: WaitingConflicts,
): Snapshot {
  if (onto === baseline.fingerprint) return engine.freeze(baseline.bytes());
  const maker = patches.find(({ result }) => result === onto);
  if (maker) return textAfter(engine, baseline, patches, maker);
  const message = `the conflicts of patch ${patch.label} are about text ${onto} of ${quoted(patch.file)}; the file is ${baseline.fingerprint}, and no patch here makes the other of it`;
  throw new FirnSetError({
    code: 'set_base_mismatch',
    message,
    ...fieldsOfPatch(patch),
    expected: onto,
    found: baseline.fingerprint,
  });
}

/** The new text with what was changed upstream taken back. */
function oldTextOf(
  engine: Engine,
  newText: Snapshot,
  patch: SetPatch,
  { upstream }: WaitingConflicts,
): Snapshot {
  const handles = new Handles();
  try {
    const [file, other] = handles.keep(engine.parseDiff(upstream)).files;
    if (!file || other) throw leadsNowhere(patch, 'they hold no diff of one file');
    const { batch } = file.place(newText, { placement: 'exact', reverse: true });
    const back = handles.keep(newText.apply(handles.keep(batch)));
    if (back.fingerprint === patch.base) return engine.freeze(back.bytes());
    throw leadsNowhere(patch, `they lead to ${back.fingerprint}`);
  } catch (error) {
    if (isFirnError(error)) throw leadsNowhere(patch, error.message);
    throw error;
  } finally {
    handles.dispose();
  }
}

function leadsNowhere(patch: SetPatch, why: string): FirnSetError {
  const message = `the conflicts of patch ${patch.label} do not lead back to text ${patch.base}, which it was made for: ${why}`;
  return new FirnSetError({ code: 'set_malformed', message, ...fieldsOfPatch(patch) });
}

function resolvedAs(
  { engine, newText, patch, alone }: Between,
  rebased: Rebased,
  edited: Uint8Array,
  others: readonly SetPatch[],
): CarriedPatchOfSet[] {
  const handles = new Handles();
  try {
    const text = handles.keep(engine.freeze(edited));
    const shared = { patch, details: rebased.patches, problems: [] };
    const own: CarriedPatchOfSet =
      text.fingerprint === newText.fingerprint
        ? { ...shared, status: 'upstream' }
        : {
            ...shared,
            status: 'carried',
            renewed: recorded(engine, newText, patch, rebased, text, handles),
          };
    const followers = followersOf(patch, others, newText.fingerprint);
    if (followers.length === 0) return [own];
    const oldAbove = handles.keep(engine.freeze(alone.bytes()));
    return [own, ...carryPatches(engine, oldAbove, text, followers)];
  } finally {
    handles.dispose();
  }
}

/** The patch that makes the edited text. */
function recorded(
  engine: Engine,
  newText: Snapshot,
  patch: SetPatch,
  rebased: Rebased,
  edited: Snapshot,
  handles: Handles,
): SetPatch {
  const { batch, survivors } = besideCarried(engine, newText, rebased, edited, handles) ?? {
    batch: handles.keep(engine.diff(newText, edited)),
    survivors: [],
  };
  const patched = handles.keep(newText.apply(batch));
  const content = carriedText(patch, batch, patched, survivors);
  return renewedPatch(patch, content, newText.fingerprint, edited.fingerprint);
}

interface Joined {
  readonly batch: Batch;
  /** Which patches of the old batch those of this one are. */
  readonly survivors: readonly number[];
}

/** What could be carried as it is, with its ids and remarks, and beside it what was decided. */
function besideCarried(
  engine: Engine,
  newText: Snapshot,
  { batch: carried, patches }: Rebased,
  edited: Snapshot,
  handles: Handles,
): Joined | undefined {
  const half = handles.keep(engine.freeze(handles.keep(newText.apply(carried)).bytes()));
  const rest = handles.keep(half.apply(handles.keep(engine.diff(half, edited))));
  const decided = rest.rebase(newText);
  handles.keep(decided.batch);
  if (decided.conflicts.length + decided.upstream.length > 0) return undefined;
  const { batch, sources } = newText.stack([carried, decided.batch]);
  if (!batch) return undefined;
  handles.keep(batch);
  if (handles.keep(newText.apply(batch)).fingerprint !== edited.fingerprint) return undefined;
  const kept = patches
    .filter((one) => one.carried === 'clean' || one.carried === 'moved')
    .map(({ patch: { index } }) => index);
  const survivors = sources.map((source) => (source.batch === 0 ? (kept[source.patch] ?? -1) : -1));
  return { batch, survivors };
}
