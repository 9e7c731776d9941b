/** `firn rebase --onto`: patch sets carried over to another baseline. */
import { conflictsOf, type PatchSet } from '@firn/sets';
import { loadSets, setNames } from '@firn/sets/node';
import type { RebaseSetsOptions } from '../calls/rebase.js';
import { Exit } from '../exit.js';
import type { JudgedPatch } from '../gate/finding.js';
import { newBaseline } from '../gate/new-baseline.js';
import { type CarriedPatch, carrySet, upgradeFindings } from '../gate/upgrade.js';
import { pathFromHere } from '../gate/where.js';
import { saveDeeds } from '../sets/change-set.js';
import { answering, noSets, requireRoot, settleSets } from '../sets/workspace.js';
import type { Answer } from './answer.js';
import { loadBackend } from './session.js';

export function rebaseSets(options: RebaseSetsOptions): Promise<Answer> {
  return answering(() => answerOf(options));
}

async function answerOf(options: RebaseSetsOptions): Promise<Answer> {
  const { root = '.', patches: folder = 'patches', set, onto, write = false } = options;
  const names = set ?? setNames(folder);
  if (names.length === 0) throw noSets(folder);
  requireRoot(root);
  if (write) settleSets(folder, names);
  const sets = loadSets(folder, names);
  const engine = await loadBackend(options.backend);
  const next = newBaseline(onto);
  try {
    const all = sets.map((one) => ({ set: one, carried: carrySet(engine, one, root, next.root) }));
    if (write) for (const { set: one, carried } of all) writeSet(one, carried);
    const carried = all.flatMap((one) => one.carried);
    const findings = upgradeFindings(engine, carried, root, onto);
    const isFine = carried.every(({ upgrade }) => ['clean', 'moved', 'upstream'].includes(upgrade));
    const gate = {
      root,
      against: onto,
      sets: sets.map(({ id }) => id),
      conditions: {},
      patches: carried.map(judged),
      findings,
      written: write,
    };
    return {
      exitCode: isFine ? Exit.fine : Exit.refused,
      facts: () => ({ backend: engine.backend, gate }),
      words: async (screenOf) => {
        const { renderRebasedSets } = await import('../render/gate.js');
        const open = carried.flatMap(({ patch, carried: more }) =>
          more?.dispute ? patch.label : [],
        );
        return renderRebasedSets(gate, open, screenOf(2));
      },
    };
  } finally {
    next.dispose();
  }
}

function judged({ patch, upgrade }: CarriedPatch): JudgedPatch {
  const { set, id, label, file, path } = patch;
  const state = upgrade === 'unknown' ? 'fails' : 'fits';
  return { set, id, label, file, path: pathFromHere(path), state, upgrade };
}

/** All that a set becomes, in one change of it. */
function writeSet(set: PatchSet, all: readonly CarriedPatch[]): void {
  const carried = all.flatMap((one) => one.carried ?? []);
  saveDeeds(set, {
    changed: carried.flatMap(({ renewed }) => renewed ?? []),
    removed: carried.flatMap(({ patch, status }) => (status === 'upstream' ? patch : [])),
    conflicts: carried.flatMap((one) => conflictsOf(one) ?? []),
  });
}
