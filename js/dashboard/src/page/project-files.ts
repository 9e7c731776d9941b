/**
 * Reads a project out of files that were dropped or picked. `patches/SET/` holds a set of patches, and
 * what is not a patch is baseline: below `baseline/` if there is such a folder, else all of it.
 */

import type { BuildFacts } from '../worker/protocol.js';
import {
  isRecord,
  listOf,
  type PatchSet,
  type Project,
  ProjectError,
  parse,
  type ReadBuild,
  remarksOf,
  type Stored,
  type StoredPatch,
  stringOf,
} from './project.js';

/** Folders that hold nothing to patch. */
const PASSED_OVER = /(^|\/)(node_modules|\.git|dist|out)\//;

const SET_MANIFEST = /(^|\/)firn\.json$/;

const PATCH_FILE = /\.(json|patch|diff)$/i;

export async function projectOfFiles(
  given: readonly Stored[],
  readBuild: ReadBuild,
): Promise<Project> {
  const files = withoutCommonFolder(given.filter(({ path }) => !PASSED_OVER.test(path)));
  const patches = new Map<string, StoredPatch[]>();
  const builds: BuildFacts[] = [];
  const entries = new Map<string, Remarks>();
  const rest: Stored[] = [];
  for (const stored of files) {
    const { path } = stored;
    const set = /(?:^|\/)patches\/(?:([^/]+)\/)?[^/]+$/.exec(path);
    if (/(^|\/)firn-manifest\.json$/.test(path)) {
      builds.push(await readBuild(await stored.bytes(), path));
    } else if (SET_MANIFEST.test(path)) {
      for (const [patch, remarks] of await entriesOf(stored)) entries.set(patch, remarks);
    } else if (PATCH_FILE.test(path)) {
      const file = await fileOfPatch(stored);
      // In a folder of patches everything is one, or was meant to be.
      if (file === undefined && set === null) rest.push(stored);
      else add(patches, set?.[1] ?? 'patches', { file: file ?? '', stored });
    } else {
      rest.push(stored);
    }
  }
  const remarked = [...patches].map(([set, list]): [string, StoredPatch[]] => [
    set,
    list.map((patch) => ({ ...patch, ...entries.get(patch.stored.path) })),
  ]);
  return assemble(files, rest, new Map(remarked), builds);
}

function assemble(
  all: readonly Stored[],
  rest: readonly Stored[],
  patches: ReadonlyMap<string, readonly StoredPatch[]>,
  builds: readonly BuildFacts[],
): Project {
  if (all.length === 0) throw new ProjectError('there is no file in what was opened');
  if (patches.size === 0) {
    throw new ProjectError(
      'no patch was found: drop a folder with a baseline and patches/SET/*.json, or a file and its batch',
    );
  }
  const below = rest.filter(({ path }) => /(^|\/)baseline\//.test(path));
  const baseline = below.length > 0 ? below : rest;
  const files = new Map(
    baseline.map((stored) => [stored.path.replace(/^.*?(^|\/)baseline\//, ''), stored]),
  );
  const sets = [...patches].map(([id, list]): PatchSet => {
    const named = list.map((patch) => ({
      ...patch,
      // What says of no file that it is about it stands for itself.
      file: fileIn(files, patch.file) || patch.stored.path,
    }));
    return { id, patches: named, build: builds.find((build) => isOf(build, named)) };
  });
  return { name: 'Your files', files, sets: sets.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** The path that a patch means: the one it names, or the only one that ends so. */
function fileIn(files: ReadonlyMap<string, Stored>, named: string): string {
  if (files.has(named)) return named;
  const paths = [...files.keys()];
  const ending = paths.filter((path) => named !== '' && path.endsWith(`/${named}`));
  const only = named === '' ? paths : ending;
  return only.length === 1 && only[0] !== undefined ? only[0] : named;
}

/** A manifest belongs to the set whose files it lists. */
function isOf({ results }: BuildFacts, patches: readonly StoredPatch[]): boolean {
  const files = new Set(patches.map(({ file }) => file));
  return results.size > 0 && [...results.keys()].every((file) => files.has(file));
}

type Remarks = Pick<StoredPatch, 'reason' | 'author' | 'when'>;

/** What the manifest of a set says about its patches, by their paths. */
async function entriesOf({ path, bytes }: Stored): Promise<[string, Remarks][]> {
  const manifest = parse(await bytes(), path);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return listOf(isRecord(manifest) ? manifest['patches'] : undefined)
    .filter(isRecord)
    .map((entry) => [`${folder}${stringOf(entry['patch'])}`, remarksOf(entry)]);
}

/** The file that a patch is about; "" when it says none, undefined when it is no patch. */
async function fileOfPatch(stored: Stored): Promise<string | undefined> {
  const bytes = await stored.bytes();
  if (!stored.path.toLowerCase().endsWith('.json')) {
    const text = new TextDecoder().decode(bytes.subarray(0, 65_536));
    const name = /^\+\+\+ (?:b\/)?([^\t\n]+)/m.exec(text)?.[1];
    return name ?? '';
  }
  const json = jsonOf(bytes);
  const list = Array.isArray(json) ? json : isRecord(json) ? listOf(json['patches']) : [];
  const isBatch =
    isRecord(json) && json['schema'] === 'firn.batch/1'
      ? true
      : list.some((patch) => isRecord(patch) && 'op' in patch);
  if (!isBatch) return undefined;
  return (isRecord(json) ? stringOf(json['file']) : undefined) ?? '';
}

/** Undefined for what is no JSON: then it is a text like others. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function add(patches: Map<string, StoredPatch[]>, set: string, patch: StoredPatch): void {
  patches.set(set, [...(patches.get(set) ?? []), patch]);
}

/** A folder that was picked names itself in every path. */
function withoutCommonFolder(files: readonly Stored[]): Stored[] {
  const first = files[0]?.path.split('/')[0];
  const isCommon = files.every(({ path }) => path.startsWith(`${first}/`));
  if (!isCommon || first === undefined || first === 'patches') return [...files];
  return files.map((stored) => ({ ...stored, path: stored.path.slice(first.length + 1) }));
}

export function storedFile(file: File, path: string): Stored {
  return { path, bytes: async () => new Uint8Array(await file.arrayBuffer()) };
}

/** Everything below what was dropped, folders and all. */
export async function filesOfDrop(items: DataTransferItemList): Promise<Stored[]> {
  // All at once: what was dropped is gone when the event is over.
  const dropped = [...items].map((item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const found = await Promise.all(
    dropped.map(({ entry, file }) =>
      entry ? filesBelow(entry) : file ? [storedFile(file, file.name)] : [],
    ),
  );
  return found.flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<Stored[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (PASSED_OVER.test(`${path}/`)) return [];
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [storedFile(file, path)];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const found: Stored[] = [];
  // A reader gives some entries at a time, and none when it is done.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const below of some) found.push(...(await filesBelow(below)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
