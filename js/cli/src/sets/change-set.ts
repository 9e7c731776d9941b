/** Patches into a set and out of it, on disk and in the answer. */
import type { Conflicts, PatchEntry, SetPatch } from '@firn/sets';
import { type SetOutline, saveSet } from '@firn/sets/node';
import type { Answer } from '../commands/answer.js';
import { Exit } from '../exit.js';
import { patchResult, type SetPatchResult } from '../json/result.js';
import { plain } from '../render/safe.js';
import { removeConflicts, writeConflicts } from './conflicts-file.js';

export interface SetDeeds {
  readonly added?: readonly SetPatch[];
  /** Under the ids that they had, with other texts and bytes. */
  readonly changed?: readonly SetPatch[];
  readonly removed?: readonly PatchEntry[];
  /** Of patches that stay as they are until somebody has decided. */
  readonly conflicts?: readonly Conflicts[];
}

/** All of it, or nothing; before that, what is left to decide. */
export function saveDeeds(set: SetOutline, deeds: SetDeeds): void {
  const { added = [], changed = [], removed = [], conflicts = [] } = deeds;
  const { patches: before } = set.manifest;
  for (const one of conflicts) {
    const entry = before.find(({ id }) => id === one.patch);
    if (entry) writeConflicts(placeOf(set, entry), one);
  }
  const gone = new Set([...changed, ...removed].map(({ id }) => id));
  const kept = before.filter(({ id }) => !gone.has(id));
  const patches = [...kept, ...[...changed, ...added].map(entryOf)];
  const named = new Set(patches.map(({ patch }) => patch));
  saveSet(set.path, {
    before: set.manifest,
    after: { ...set.manifest, patches },
    write: new Map([...changed, ...added].map(({ patch, bytes }) => [patch, bytes])),
    remove: before.map(({ patch }) => patch).filter((patch) => !named.has(patch)),
  });
  for (const entry of settled(set, deeds)) removeConflicts(placeOf(set, entry));
}

/** The same, told. */
export function changeSet(set: SetOutline, deeds: SetDeeds): Answer {
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
function settled(
  { manifest }: SetOutline,
  { changed = [], removed = [] }: SetDeeds,
): readonly PatchEntry[] {
  const bases = new Map(changed.map(({ id, base }) => [id, base]));
  const moved = manifest.patches.filter(({ id, base }) => bases.has(id) && bases.get(id) !== base);
  return [...removed, ...moved];
}

function placeOf({ path }: SetOutline, { patch }: PatchEntry) {
  return { path: `${path}/${patch}` };
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
  { id, path }: SetOutline,
  { id: patch, file, patch: name, change }: SetPatchResult,
): string {
  return `${change} ${id}/${patch}: ${plain(file)} (${plain(path)}/${plain(name)})\n`;
}
