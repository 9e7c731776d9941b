/** `firn remove`: a patch out of its set, with those that follow it carried to the text below it. */
import {
  type CarriedPatchOfSet,
  carryFollowers,
  FirnSetError,
  type PatchEntry,
  type SetErrorFields,
  type SetPatch,
} from '@firn/sets';
import { freezeBaseline, loadSet, type SetOutline } from '@firn/sets/node';
import type { OneSetOptions } from '../calls/set-options.js';
import { quotedShort } from '../render/safe.js';
import { lineSpan, listed } from '../render/words.js';
import { changeSet } from '../sets/change-set.js';
import { problemsBeside } from '../sets/in-force.js';
import { answering, entryNamed, patchIn, refusedFor } from '../sets/workspace.js';
import { MAX_NAME } from '../tree/names.js';
import type { Answer } from './answer.js';
import { loadBackend } from './session.js';

export function remove(id: string, options: OneSetOptions): Promise<Answer> {
  return answering(async () => {
    const { set, entry } = entryNamed(id, options);
    const followers = set.manifest.patches.filter(
      ({ file, base }) => file === entry.file && base === entry.result,
    );
    // One that nobody follows goes whatever has become of the baseline, and of its own file.
    if (followers.length === 0) return changeSet(set, { removed: [entry] });
    try {
      return await removeBelow(set, entry, options);
    } catch (error) {
      if (!(error instanceof FirnSetError) || error.path !== `${set.path}/${entry.patch}`)
        throw error;
      return refusedFor(followers.map((follower) => leftAlone(set, follower, entry, error)));
    }
  });
}

/** Takes out a patch that others follow. */
async function removeBelow(
  { path }: SetOutline,
  { id }: PatchEntry,
  options: OneSetOptions,
): Promise<Answer> {
  const set = loadSet(path);
  const patch = patchIn(set, id);
  const others = set.patches.filter((other) => other !== patch && other.file === patch.file);
  const { carried, problems } = await carry(patch, others, options);
  if (problems.length > 0) return refusedFor(problems);
  const upstream = carried.filter(({ status }) => status === 'upstream');
  return changeSet(set, {
    removed: [patch, ...upstream.map((one) => one.patch)],
    changed: carried.flatMap(({ renewed }) => renewed ?? []),
  });
}

/** Without what a patch says, nobody can tell what those that follow it would be without it. */
function leftAlone(
  { id: set, path }: SetOutline,
  { id, file }: PatchEntry,
  { id: removed, patch }: PatchEntry,
  { code, message: why }: FirnSetError,
): SetErrorFields {
  const message = `patch ${set}/${id} follows ${set}/${removed}, so that one cannot go: ${why}`;
  const other = { set, patch: removed };
  return { code, message, set, patch: id, file, path: `${path}/${patch}`, other };
}

interface Carried {
  readonly carried: readonly CarriedPatchOfSet[];
  readonly problems: readonly SetErrorFields[];
}

/** Those that follow `patch`, for the text below it. */
async function carry(
  patch: SetPatch,
  others: readonly SetPatch[],
  { backend, root }: OneSetOptions,
): Promise<Carried> {
  const engine = await loadBackend(backend);
  const baseline = freezeBaseline(engine, root, patch.file);
  const carried = carryFollowers(engine, baseline, [patch, ...others], patch);
  const problems = carried.flatMap((one) => problemsOf(one, patch));
  if (problems.length > 0) return { carried, problems };
  // On the text below they may stand beside patches that they were apart from.
  const moved = new Set(carried.map((one) => one.patch));
  const renewed = carried.flatMap((one) => one.renewed ?? []);
  const rest = others.filter((other) => !moved.has(other));
  return { carried, problems: problemsBeside(engine, root, rest, renewed) };
}

/** Why one that follows `removed` cannot do without it. */
function problemsOf(
  { patch, status, details, problems }: CarriedPatchOfSet,
  removed: SetPatch,
): readonly SetErrorFields[] {
  if (status !== 'conflict') return problems;
  const { set, label, id, file, path } = patch;
  const lines = details
    .filter(({ carried }) => carried === 'conflict')
    .map(({ from, to }) => (to.to < to.from ? `before line ${from.from}` : lineSpan(from)));
  const message = `patch ${label} of ${quotedShort(file, MAX_NAME)} cannot do without ${removed.label}: they change the same lines (${listed(lines)} of its text)`;
  const other = { set: removed.set, patch: removed.id };
  return [{ code: 'set_collision', message, set, patch: id, file, path, other }];
}
