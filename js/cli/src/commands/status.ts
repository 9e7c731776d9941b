/** `firn status`: every patch of some sets, tried on the baseline. */
import type { Engine } from '@firn/engine';
import {
  checkFile,
  FirnSetError,
  type PatchIndex,
  type PatchSet,
  patchIndex,
  type SetErrorFields,
  type SetPatch,
  strayProblems,
} from '@firn/sets';
import { freezeBaseline, loadSets, setNames } from '@firn/sets/node';
import type { StatusOptions } from '../calls/sets.js';
import { Exit } from '../exit.js';
import { conflictsWaiting } from '../gate/conflicts.js';
import { type PatchStatus, patchResult, type SetResult } from '../json/result.js';
import { answering, noSets, requireRoot } from '../sets/workspace.js';
import type { Answer } from './answer.js';
import { loadBackend } from './session.js';

export function status(options: StatusOptions): Promise<Answer> {
  return answering(async () => {
    const { patches, set, root, when } = options;
    const names = set ?? setNames(patches);
    if (names.length === 0) throw noSets(patches);
    requireRoot(root);
    const engine = await loadBackend(options.backend);
    // Stores are no layers of each other: those that are named together are meant together.
    const groups = set ? [set] : names.map((name) => [name]);
    const tried = groups.map((group) => {
      const loaded = loadGroup(patches, group);
      if ('problems' in loaded) return { sets: [], problems: loaded.problems };
      return tryGroup(engine, root, loaded.sets, when ?? {});
    });
    const sets = tried.flatMap((group) => group.sets);
    const problems = tried.flatMap((group) => group.problems);
    return {
      exitCode: problems.length > 0 ? Exit.refused : Exit.fine,
      facts: () => ({ backend: engine.backend, sets, problems }),
      words: async (screenOf) => {
        const [{ renderStatus, renderSums }, { renderProblems }] = await Promise.all([
          import('../render/set-table.js'),
          import('../render/set-problems.js'),
        ]);
        const sums = renderSums(sets);
        return {
          out: `${renderStatus(sets, screenOf(1))}${sums}\n`,
          err: renderProblems(problems, screenOf(2)),
        };
      },
    };
  });
}

/** A set that cannot be read is no reason to say nothing of the others. */
function loadGroup(
  patches: string,
  group: readonly string[],
): { readonly sets: PatchSet[] } | Pick<FirnSetError, 'problems'> {
  try {
    return { sets: loadSets(patches, group) };
  } catch (error) {
    if (error instanceof FirnSetError && error.code !== 'set_unknown_set') return error;
    throw error;
  }
}

interface Tried {
  readonly sets: readonly SetResult[];
  readonly problems: readonly SetErrorFields[];
}

function tryGroup(
  engine: Engine,
  root: string,
  group: readonly PatchSet[],
  conditions: Readonly<Record<string, string>>,
): Tried {
  const strays = group.flatMap(strayProblems);
  const index = patchIndex(
    group.map((set) => ({ ...set, strays: [] })),
    conditions,
  );
  const problems = index.files.flatMap((file) => tryFile(engine, root, file, index));
  const inactive = new Set(index.inactive);
  const statusOf = (patch: SetPatch) => (inactive.has(patch) ? 'off' : statusFor(patch, problems));
  const sets = group.map(({ id, path, patches, strays: unused }) => ({
    id,
    path,
    unused,
    patches: patches.map((patch) => {
      const conflicts = conflictsWaiting(patch) || undefined;
      return patchResult(patch, { status: statusOf(patch), conflicts });
    }),
  }));
  return { sets, problems: [...problems, ...strays] };
}

function tryFile(
  engine: Engine,
  root: string,
  file: string,
  index: PatchIndex,
): readonly SetErrorFields[] {
  try {
    const baseline = freezeBaseline(engine, root, file);
    const { built, problems } = checkFile(engine, baseline, index.of(file));
    built?.dispose();
    baseline.dispose();
    return problems;
  } catch (error) {
    if (!(error instanceof FirnSetError)) throw error;
    const { code, message } = error;
    return index.of(file).map(({ set, id, path }) => ({
      code,
      message: `patch ${set}/${id}: ${message}`,
      set,
      patch: id,
      file,
      path,
    }));
  }
}

function statusFor({ set, id }: SetPatch, problems: readonly SetErrorFields[]): PatchStatus {
  const isOther = ({ code, other }: SetErrorFields) =>
    code === 'set_collision' && other?.set === set && other.patch === id;
  const own = problems.find((one) => (one.set === set && one.patch === id) || isOther(one));
  switch (own?.code) {
    case undefined:
      return 'fits';
    case 'set_collision':
      return 'collides';
    case 'set_base_mismatch':
    case 'set_ambiguous_base':
    case 'set_unknown_file':
      return 'stale';
    default:
      return 'refused';
  }
}
