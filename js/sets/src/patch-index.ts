/** Several sets at once: which patches a build takes, file by file. */
import { refuseFor, type SetErrorFields } from './error.js';
import { byCodeUnit, inOrder } from './order.js';
import type { PatchSet, SetPatch } from './patch-set.js';
import { quoted } from './quoted.js';
import { foldedName } from './safe-path.js';

/** What is true of a build: environment, variant. */
export type Conditions = Readonly<Record<string, string>>;

/** The union of some sets, under the conditions of a build. */
export interface PatchIndex {
  /** Ids of the sets, in the order given. */
  readonly sets: readonly string[];
  readonly conditions: Conditions;
  /** Files that have a patch here, ascending. */
  readonly files: readonly string[];
  /** The patches of a file, by order, then set, then id; none for any other file. O(1). */
  of(file: string): readonly SetPatch[];
  /** Patches whose conditions are not met. */
  readonly inactive: readonly SetPatch[];
}

/**
 * The union of the sets. Throws `set_duplicate` for two sets of one id, whatever the case, `set_unused_patch` for patch
 * files that no manifest names; every such problem is under `problems`. O(n log n).
 */
export function patchIndex(sets: readonly PatchSet[], conditions: Conditions = {}): PatchIndex {
  refuseFor([...twice(sets), ...sets.flatMap(strayProblems)]);
  const byFile = new Map<string, SetPatch[]>();
  const inactive: SetPatch[] = [];
  for (const { patches } of sets) {
    for (const patch of patches) {
      if (!isMet(patch.when, conditions)) {
        inactive.push(patch);
        continue;
      }
      const others = byFile.get(patch.file);
      if (others) others.push(patch);
      else byFile.set(patch.file, [patch]);
    }
  }
  const place = new Map(sets.map(({ id }, index) => [id, index]));
  const placeOf = ({ set }: SetPatch) => place.get(set) ?? 0;
  for (const patches of byFile.values()) {
    patches.sort((a, b) => a.order - b.order || placeOf(a) - placeOf(b) || byCodeUnit(a.id, b.id));
  }
  return Object.freeze({
    sets: sets.map(({ id }) => id),
    conditions: inOrder(conditions),
    files: [...byFile.keys()].sort(byCodeUnit),
    of: (file: string) => byFile.get(file) ?? [],
    inactive,
  });
}

/** Whether every condition holds, with just its value. */
function isMet(when: SetPatch['when'], conditions: Conditions): boolean {
  return Object.entries(when ?? {}).every(
    ([key, value]) => Object.hasOwn(conditions, key) && conditions[key] === value,
  );
}

function twice(sets: readonly PatchSet[]): SetErrorFields[] {
  const seen = new Map<string, PatchSet>();
  return sets.flatMap((set): SetErrorFields[] => {
    const first = seen.get(foldedName(set.id));
    if (!first) seen.set(foldedName(set.id), set);
    if (!first) return [];
    const message = `there are two sets ${quoted(set.id)}: ${quoted(first.path)} and ${quoted(set.path)}`;
    return [{ code: 'set_duplicate', message, set: set.id, path: set.path }];
  });
}

/** Of a set: its patch files that no manifest names. */
function strayProblems({ id, path, strays }: PatchSet): SetErrorFields[] {
  return strays.map((name) => ({
    code: 'set_unused_patch',
    message: `the manifest of set ${quoted(id)} does not name ${quoted(name)}`,
    set: id,
    path: path === '' ? name : `${path}/${name}`,
  }));
}
