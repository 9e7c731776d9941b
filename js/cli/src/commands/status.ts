/** `firn status`: every patch of some sets, tried on the baseline. */
import type { Engine } from '@firn/engine';
import type { SetErrorFields, SetPatch } from '@firn/sets';
import { setNames } from '@firn/sets/node';
import type { StatusOptions } from '../calls/sets.js';
import { Exit } from '../exit.js';
import { openSets, triedFiles } from '../gate/try-sets.js';
import { type PatchStatus, patchResult, type SetResult } from '../json/result.js';
import { conflictsWaiting } from '../sets/conflicts-file.js';
import { answering, noSets, requireRoot } from '../sets/workspace.js';
import type { Answer } from './answer.js';
import { loadBackend } from './session.js';

export function status(options: StatusOptions): Promise<Answer> {
  return answering(async () => {
    const { patches, set, root } = options;
    const names = set ?? setNames(patches);
    if (names.length === 0) throw noSets(patches);
    requireRoot(root);
    const engine = await loadBackend(options.backend);
    // Stores are no layers of each other: those that are named together are meant together.
    const groups = set ? [set] : names.map((name) => [name]);
    const tried = groups.map((group) => tryGroup(engine, options, group));
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

interface Tried {
  readonly sets: readonly SetResult[];
  readonly problems: readonly SetErrorFields[];
}

function tryGroup(
  engine: Engine,
  { patches: folder, root, when = {} }: StatusOptions,
  names: readonly string[],
): Tried {
  const { sets, index, problems: loose } = openSets(folder, names, when);
  if (!index) return { sets: [], problems: loose };
  const problems = Array.from(triedFiles(engine, root, index), ({ patches, problems: own }) =>
    own.map((problem) => withAdvice(problem, patches)),
  ).flat();
  const inactive = new Set(index.inactive);
  const statusOf = (patch: SetPatch) => (inactive.has(patch) ? 'off' : statusFor(patch, problems));
  const results = sets.map(({ id, path, patches, strays: unused }) => ({
    id,
    path,
    unused,
    patches: patches.map((patch) => {
      const conflicts = conflictsWaiting(patch) || undefined;
      return patchResult(patch, { status: statusOf(patch), conflicts });
    }),
  }));
  return { sets: results, problems: [...problems, ...loose] };
}

/** Who has rebased knows that it is stale, and wants to go on. */
function withAdvice(problem: SetErrorFields, patches: readonly SetPatch[]): SetErrorFields {
  const { code, set, patch: id, message } = problem;
  const patch = patches.find((one) => one.set === set && one.id === id);
  if (code !== 'set_base_mismatch' || !patch || conflictsWaiting(patch) === 0) return problem;
  return {
    ...problem,
    message: `${message}; a rebase has left its conflicts: firn resolve ${patch.label}`,
  };
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
