/** `firn add`: changes into a set, each with the text that it was made for and what it makes of it. */
import { type Batch, type Engine, FirnError, type Patched, type Snapshot } from '@firn/engine';
import {
  FirnSetError,
  type PatchDraft,
  type PatchSet,
  recordPatch,
  type SetErrorFields,
  type SetPatch,
  textAfter,
} from '@firn/sets';
import { freezeBaseline } from '@firn/sets/node';
import type { AddOptions } from '../calls/add.js';
import { Exit } from '../exit.js';
import { usage } from '../failure.js';
import { quotedShort } from '../render/safe.js';
import { changeSet } from '../sets/change-set.js';
import { problemsBeside, requireMeets } from '../sets/in-force.js';
import { PatchNames } from '../sets/name-patch.js';
import { type FileChange, readChanges } from '../sets/read-changes.js';
import {
  answering,
  nameBelow,
  oneSet,
  patchIn,
  refusedFor,
  requireRoot,
} from '../sets/workspace.js';
import { MAX_NAME } from '../tree/names.js';
import type { Answer } from './answer.js';
import { loadBackend } from './session.js';

export function add(paths: readonly string[], asked: AddOptions): Promise<Answer> {
  return answering(async () => {
    const { file, root } = asked;
    const options = file === undefined ? asked : { ...asked, file: nameBelow(root, file) };
    const set = oneSet(options);
    requireRoot(options.root);
    const engine = await loadBackend(options.backend);
    const changes = await readChanges(engine, set, paths, options);
    if ('exitCode' in changes) return changes;
    if (changes.length === 0) return nothingToAdd();
    if (options.id !== undefined && changes.length > 1) {
      throw usage(`--id is of one patch, and there are ${changes.length}`);
    }
    const names = new PatchNames(set, options);
    const recorded = changes.map((change) => record(engine, set, change, names, options));
    const ids = new Set(set.patches.map(({ id }) => id));
    const changed = recorded.filter(({ id }) => ids.has(id));
    const others = set.patches.filter(({ id }) => recorded.every((patch) => patch.id !== id));
    const problems = [
      ...changed.flatMap((patch) => leftBehind(patch, set, others)),
      ...problemsBeside(engine, options.root, others, recorded),
    ];
    if (problems.length > 0) return refusedFor(problems, 'nothing is added');
    return changeSet(set, { added: recorded.filter(({ id }) => !ids.has(id)), changed });
  });
}

function nothingToAdd(): Answer {
  return {
    exitCode: Exit.fine,
    facts: () => ({ sets: [] }),
    words: async () => ({ err: 'firn: nothing differs from the baseline\n' }),
  };
}

function record(
  engine: Engine,
  set: PatchSet,
  change: FileChange,
  names: PatchNames,
  options: AddOptions,
): SetPatch {
  const baseline = freezeBaseline(engine, options.root, change.file);
  const text = textOf(engine, baseline, set, change, options);
  const { batch, patched } = applied(change, text);
  if (patched.fingerprint === text.fingerprint) {
    const message = `${change.label} changes nothing of ${quotedShort(change.file, MAX_NAME)}`;
    throw new FirnSetError({ code: 'set_unused_patch', message, file: change.file });
  }
  const before = recordedIn(set, change);
  const draft = before ? names.again(before) : names.next(change.file, change.ending, change);
  return change.bytes
    ? asItIs(change.bytes, draft, text, patched)
    : recordPatch(text, batch, patched, draft);
}

/** A patch whose file was changed by hand is recorded anew, under the id that it has. */
function recordedIn(set: PatchSet, { file, inPlace }: FileChange): SetPatch | undefined {
  return set.patches.find((patch) => patch.patch === inPlace && patch.file === file);
}

/** Those that follow a patch for what it made before; what that was is no longer known. */
function leftBehind(
  changed: SetPatch,
  set: PatchSet,
  others: readonly SetPatch[],
): SetErrorFields[] {
  const before = set.patches.find(({ id }) => id === changed.id);
  if (before?.result === changed.result) return [];
  return others
    .filter(({ file, base }) => file === changed.file && base === before?.result)
    .map(({ label, set: own, id, file, path }) => ({
      code: 'set_base_mismatch',
      message: `patch ${label} follows ${changed.label} as it was before`,
      ...{ set: own, patch: id, file, path },
      other: { set: changed.set, patch: changed.id },
    }));
}

/** The text that the change is of: the baseline, or what a patch makes of it. */
function textOf(
  engine: Engine,
  baseline: Snapshot,
  set: PatchSet,
  change: FileChange,
  { after, when }: AddOptions,
): Snapshot {
  const { file, base = recordedIn(set, change)?.base } = change;
  const patches = set.patches.filter((patch) => patch.file === file);
  // A batch, or its entry, may say that it was made for what another one makes.
  const implied =
    base === baseline.fingerprint ? undefined : patches.find(({ result }) => result === base);
  const followed = after === undefined ? implied : patchIn(set, after);
  if (!followed) return baseline;
  requireMeets(followed, when);
  if (followed.file === file) return textAfter(engine, baseline, patches, followed);
  const [one, other] = [file, followed.file].map((name) => quotedShort(name, MAX_NAME));
  throw usage(`--after ${after} is of ${other}, and the change is of ${one}`);
}

function applied(
  { file, label, batchOver }: FileChange,
  text: Snapshot,
): { readonly batch: Batch; readonly patched: Patched } {
  try {
    const batch = batchOver(text);
    return { batch, patched: text.apply(batch, { policy: 'atomic' }) };
  } catch (error) {
    if (!(error instanceof FirnError) || error.violations.length === 0) throw error;
    const { message, violations } = error;
    throw new FirnSetError({
      code: 'set_patch_refused',
      message: `${quotedShort(file, MAX_NAME)} refuses the change: ${message}`,
      file,
      path: label,
      violations,
    });
  }
}

/** What its maker wrote stays as it was written. */
function asItIs(bytes: Uint8Array, draft: PatchDraft, text: Snapshot, patched: Patched): SetPatch {
  return { ...draft, base: text.fingerprint, result: patched.fingerprint, bytes };
}
