/** Patches into a set and out of it, on disk and in the answer. */
import type { Conflicts, PatchEntry, PatchSet, SetPatch } from '@firn/sets';
import { saveSet } from '@firn/sets/node';
import type { Answer } from '../commands/answer.js';
import { Exit } from '../exit.js';
import { patchResult, type SetPatchResult } from '../json/result.js';
import { plain } from '../render/safe.js';
import { removeConflicts, writeConflicts } from './conflicts-file.js';

export interface SetDeeds {
  readonly added?: readonly SetPatch[];
  /** Under the ids that they had, with other texts and bytes. */
  readonly changed?: readonly SetPatch[];
  readonly removed?: readonly SetPatch[];
  /** Of patches that stay as they are until somebody has decided. */
  readonly conflicts?: readonly Conflicts[];
}

/** All of it, or nothing; before that, what is left to decide. */
export function saveDeeds(set: PatchSet, deeds: SetDeeds): void {
  const { added = [], changed = [], removed = [], conflicts = [] } = deeds;
  for (const one of conflicts) {
    const patch = set.patches.find(({ id }) => id === one.patch);
    if (patch) writeConflicts(patch, one);
  }
  const gone = new Set([...changed, ...removed].map(({ id }) => id));
  const kept = set.manifest.patches.filter(({ id }) => !gone.has(id));
  const patches = [...kept, ...[...changed, ...added].map(entryOf)];
  const named = new Set(patches.map(({ patch }) => patch));
  const before = new Map(set.patches.map(({ patch, bytes }) => [patch, bytes]));
  saveSet(set.path, {
    before: set.manifest,
    after: { ...set.manifest, patches },
    write: new Map([...changed, ...added].map(({ patch, bytes }) => [patch, bytes])),
    remove: [...before.keys()].filter((patch) => !named.has(patch)),
  });
  for (const patch of settled(set, deeds)) removeConflicts(patch);
}

/** The same, told. */
export function changeSet(set: PatchSet, deeds: SetDeeds): Answer {
  saveDeeds(set, deeds);
  const { added = [], changed = [], removed = [] } = deeds;
  const results = [
    ...added.map((patch) => patchResult(patch, { change: 'added' })),
    ...changed.map((patch) => patchResult(patch, { change: 'changed' })),
    ...removed.map((patch) => patchResult(patch, { change: 'removed' })),
  ];
  return {
    exitCode: Exit.fine,
    facts: () => ({ sets: [{ id: set.id, path: set.path, patches: results }] }),
    words: async () => ({ out: results.map((patch) => line(set, patch)).join('') }),
  };
}

/** Patches that are gone, or are for another text now: what a rebase could not decide has been. */
function settled({ patches }: PatchSet, { changed = [], removed = [] }: SetDeeds): SetPatch[] {
  const bases = new Map(changed.map(({ id, base }) => [id, base]));
  const moved = patches.filter(({ id, base }) => bases.has(id) && bases.get(id) !== base);
  return [...removed, ...moved];
}

/** What the manifest keeps of a patch. */
function entryOf({
  set: _set,
  label: _label,
  path: _path,
  bytes: _bytes,
  ...entry
}: SetPatch): PatchEntry {
  return entry;
}

function line(
  { id, path }: PatchSet,
  { id: patch, file, patch: name, change }: SetPatchResult,
): string {
  return `${change} ${id}/${patch}: ${plain(file)} (${plain(path)}/${plain(name)})\n`;
}
