/** On which text each patch of a set stands, and which have none: told as a build would tell it. */
import type { Engine, Snapshot } from '@firn/engine';
import { checkFile, type SetErrorFields, type SetPatch, textAfter } from '@firn/sets';

export type Standing =
  | { readonly text: Snapshot; readonly follows?: SetPatch; readonly problem?: never }
  | { readonly problem: SetErrorFields; readonly follows?: never };

/** Of each of `patches`, which are all of one file. Texts besides `baseline` are the caller's to dispose. */
export function standingsOf(
  engine: Engine,
  baseline: Snapshot,
  patches: readonly SetPatch[],
): ReadonlyMap<SetPatch, Standing> {
  const standings = new Map<SetPatch, Standing>();
  for (const { members, company } of builds(patches)) {
    const { built, problems } = checkFile(engine, baseline, company);
    built?.dispose();
    for (const patch of members) {
      standings.set(patch, standingOf(engine, baseline, company, problems, patch));
    }
  }
  return standings;
}

function standingOf(
  engine: Engine,
  baseline: Snapshot,
  company: readonly SetPatch[],
  problems: readonly SetErrorFields[],
  patch: SetPatch,
): Standing {
  // Two that collide both stand: switches, or their order, settle it.
  const problem = problems.find(
    (one) => one.code !== 'set_collision' && one.set === patch.set && one.patch === patch.id,
  );
  if (problem !== undefined) return { problem };
  if (patch.base === baseline.fingerprint) return { text: baseline };
  const follows = company.find(({ result }) => result === patch.base);
  if (follows === undefined) throw new Error(`${patch.label} stands on nothing`);
  return { text: textAfter(engine, baseline, company, follows), follows };
}

/** Patches that every build takes; and those under each condition, in the company of the former. */
function builds(patches: readonly SetPatch[]) {
  const conditions = new Set(patches.map(conditionOf));
  const taken = patches.filter((patch) => conditionOf(patch) === ALWAYS);
  return [...conditions].map((condition) => {
    const members = patches.filter((patch) => conditionOf(patch) === condition);
    return { members, company: condition === ALWAYS ? taken : [...taken, ...members] };
  });
}

const ALWAYS = '[]';

function conditionOf({ when = {} }: SetPatch): string {
  return JSON.stringify(Object.entries(when));
}
