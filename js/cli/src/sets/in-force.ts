/** Which patches are applied in one build, and what is wrong with them there. */
import type { Engine } from '@firn/engine';
import { checkFile, type SetErrorFields, type SetPatch } from '@firn/sets';
import { freezeBaseline } from '@firn/sets/node';
import { usage } from '../failure.js';

type When = SetPatch['when'];

/** What is wrong with new patches beside those of the set that can be applied together with them. */
export function problemsBeside(
  engine: Engine,
  root: string,
  patches: readonly SetPatch[],
  added: readonly SetPatch[],
): readonly SetErrorFields[] {
  const isNew = new Set(added.map(({ id }) => id));
  return [...new Set(added.map(({ file }) => file))].flatMap((file) => {
    const own = added.filter((patch) => patch.file === file);
    const others = patches.filter(
      (patch) => patch.file === file && own.some(({ when }) => canMeet(when, patch.when)),
    );
    const baseline = freezeBaseline(engine, root, file);
    const { built, problems } = checkFile(engine, baseline, [...others, ...own]);
    built?.dispose();
    baseline.dispose();
    return problems.filter(
      ({ patch, other }) => isNew.has(patch ?? '') || isNew.has(other?.patch ?? ''),
    );
  });
}

/** Whether there can be a build that meets both. */
function canMeet(a: When = {}, b: When = {}): boolean {
  return Object.entries(a).every(([key, value]) => !Object.hasOwn(b, key) || b[key] === value);
}

/** A patch can only be there where the one that it follows is. */
export function requireMeets({ label, when = {} }: SetPatch, conditions: When = {}): void {
  for (const [key, value] of Object.entries(when)) {
    if (Object.hasOwn(conditions, key) && conditions[key] === value) continue;
    throw usage(
      `${label} is applied only when ${key}=${value}: what follows it must say --when ${key}=${value}, too`,
    );
  }
}
