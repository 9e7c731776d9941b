/** Sets that are built together, tried on a baseline: what `firn status` lists and `firn check` reports. */
import type { Engine, Snapshot } from '@firn/engine';
import {
  type Conditions,
  checkFile,
  FirnSetError,
  type PatchedFile,
  type PatchIndex,
  type PatchSet,
  patchIndex,
  type SetErrorFields,
  type SetPatch,
} from '@firn/sets';
import { freezeBaseline, loadSets } from '@firn/sets/node';

/** What could be read of some sets. */
export interface OpenedSets {
  readonly sets: readonly PatchSet[];
  /** Undefined where nobody can tell whose patch is whose: two sets have one name. */
  readonly index: PatchIndex | undefined;
  /** Of the sets themselves, and of files that lie about in them. */
  readonly problems: readonly SetErrorFields[];
}

/** Reads sets; one that cannot be read is no reason to say nothing of the others. */
export function openSets(
  folder: string,
  names: readonly string[],
  conditions: Conditions,
): OpenedSets {
  const read = names.map((name) => caughtIn(() => loadSets(folder, [name])));
  const sets = read.flatMap(({ made }) => made ?? []);
  const { caught } = caughtIn(() => patchIndex(sets, conditions));
  const problems = [...read.flatMap((one) => one.caught), ...caught];
  if (caught.some(({ code }) => code === 'set_duplicate')) {
    return { sets, index: undefined, problems };
  }
  // What lies about beside the patches does not keep them from being judged.
  const tidy = sets.map((set) => ({ ...set, strays: [] }));
  return { sets, index: patchIndex(tidy, conditions), problems };
}

/** The patches of one file, together. Texts are freed when the next one is asked for. */
export interface TriedFile {
  readonly patches: readonly SetPatch[];
  /** Undefined when there is none. */
  readonly baseline: Snapshot | undefined;
  /** Undefined when there is a problem. */
  readonly built: PatchedFile | undefined;
  /** Every one, each naming the patch that it is about. */
  readonly problems: readonly SetErrorFields[];
}

/** Tries file by file. O(n) a patch. */
export function* triedFiles(
  engine: Engine,
  root: string,
  { files, of }: PatchIndex,
): Generator<TriedFile, void> {
  for (const file of files) {
    const patches = of(file);
    const { made: baseline, caught } = caughtIn(() => freezeBaseline(engine, root, file));
    if (!baseline) {
      const problems = patches.flatMap((patch) => caught.map((problem) => told(problem, patch)));
      yield { patches, baseline, built: undefined, problems };
      continue;
    }
    const { built, problems } = checkFile(engine, baseline, patches);
    try {
      yield { patches, baseline, built, problems };
    } finally {
      built?.dispose();
      baseline.dispose();
    }
  }
}

/** What is wrong with a file, of each patch that is for it. */
function told({ code, message }: SetErrorFields, { label, set, id, file, path }: SetPatch) {
  return { code, message: `patch ${label}: ${message}`, set, patch: id, file, path };
}

function caughtIn<T>(act: () => T): { made?: T; caught: readonly SetErrorFields[] } {
  try {
    return { made: act(), caught: [] };
  } catch (error) {
    // A set that nobody has is a wrong call, and told as one.
    if (!(error instanceof FirnSetError) || error.code === 'set_unknown_set') throw error;
    return { caught: error.problems };
  }
}
