/** A set as the files of its folder: its manifest, and its patches. */
import type { PatchEntry, SetManifest, SetPatch } from '@firn/sets';
import type { EngineClient } from '../client/engine-client.js';
import type { FileInput } from '../worker/protocol.js';
import {
  type PatchSet,
  type Project,
  ProjectError,
  type StoredPatch,
  variantOf,
} from './project.js';

/** What the worker recorded, as the page keeps it: each reader gets bytes of its own. */
export function storedPatch(patch: SetPatch): StoredPatch {
  const { set: _set, label: _label, path, bytes, ...entry } = patch;
  const copy = new Uint8Array(bytes);
  return { file: entry.file, stored: { path, bytes: async () => copy.slice() }, entry };
}

/** The set with other patches of one file. */
export function withPatches(
  set: PatchSet,
  file: string,
  patches: readonly StoredPatch[],
): PatchSet {
  return { ...set, patches: [...set.patches.filter((patch) => patch.file !== file), ...patches] };
}

export async function fileInput(project: Project, set: PatchSet, file: string): Promise<FileInput> {
  const stored = project.files.get(file);
  if (stored === undefined) throw new ProjectError(`the baseline has no file ${file}`);
  return { name: file, baseline: await stored.bytes(), ...(await variantOf(set, file)) };
}

/**
 * Names in the folder, with what each holds. What no set has recorded yet is recorded now. Throws why a
 * build would refuse the set: `changed` are the files to try.
 */
export async function filesOfSet(
  client: EngineClient,
  project: Project,
  set: PatchSet,
  changed: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const recorded: StoredPatch[] = [];
  for (const file of new Set(set.patches.map((patch) => patch.file))) {
    const own = set.patches.filter((patch) => patch.file === file);
    const isRecorded = own.every(({ entry }) => entry !== undefined);
    if (isRecorded && !changed.has(file)) {
      recorded.push(...own);
      continue;
    }
    const input = await fileInput(project, set, file);
    const { patches, problems } = await client.call('recordAll', input);
    const [problem] = problems;
    if (problem !== undefined) throw new ProjectError(`A build would refuse the set: ${problem}`);
    recorded.push(...patches.map(({ patch }) => storedPatch(patch)));
  }
  const named = namedApart(recorded);
  const files = new Map<string, Uint8Array>();
  const manifest: SetManifest = {
    ...set.manifest,
    schema: 'firn.set/1',
    id: set.id,
    patches: named.map(({ entry }) => entry),
  };
  for (const { entry, stored } of named) files.set(entry.patch, await stored.bytes());
  // Last, as it is written last: until then the patches that it names are not all there.
  const text = await client.call('printSet', manifest);
  files.set('firn.json', new TextEncoder().encode(text));
  return files;
}

/** Patches of different files that were recorded just now may have come to one name. */
function namedApart(patches: readonly StoredPatch[]) {
  const taken = new Set<string>();
  return patches.flatMap(({ entry, stored }) => {
    if (entry === undefined) return [];
    const free = freeName(entry, taken);
    taken.add(free.id.toLowerCase());
    taken.add(free.patch.toLowerCase());
    return { entry: free, stored };
  });
}

function freeName(entry: PatchEntry, taken: ReadonlySet<string>): PatchEntry {
  const isTaken = ({ id, patch }: PatchEntry) =>
    taken.has(id.toLowerCase()) || taken.has(patch.toLowerCase());
  let free = entry;
  for (let count = 2; isTaken(free); count += 1) {
    const patch = entry.patch.replace(/(\.[^.]*)$/, `-${count}$1`);
    free = { ...entry, id: `${entry.id}-${count}`, patch };
  }
  return free;
}
