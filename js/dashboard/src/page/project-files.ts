/**
 * Reads a project out of files that were dropped or picked. `patches/SET/` holds a set of patches, and
 * what is not a patch is baseline: below `baseline/` if there is such a folder, else all of it.
 */
import type { BuildFacts } from '../worker/protocol.js';
import { isRecord, listOf, stringOf } from './json.js';
import {
  type ManifestReader,
  type PatchSet,
  type Project,
  ProjectError,
  type Stored,
  setOf,
} from './project.js';

/** Folders that hold nothing to patch. */
const PASSED_OVER = /(^|\/)(node_modules|\.git|dist|out)\//;

const SET_MANIFEST = /(^|\/)firn\.json$/;

const BUILD_MANIFEST = /(^|\/)firn-manifest\.json$/;

const PATCH_FILE = /\.(json|patch|diff)$/i;

export async function projectOfFiles(
  given: readonly Stored[],
  reader: ManifestReader,
): Promise<Project> {
  const files = withoutCommonFolder(given.filter(({ path }) => !PASSED_OVER.test(path)));
  if (files.length === 0) throw new ProjectError('there is no file in what was opened');
  const builds: BuildFacts[] = [];
  for (const { path, bytes } of files.filter(({ path }) => BUILD_MANIFEST.test(path))) {
    builds.push(await reader.build(await bytes(), path));
  }
  const recorded = await recordedSets(files, reader);
  const taken = new Set(recorded.flatMap(({ members }) => members));
  const rest = files.filter((one) => !taken.has(one) && !BUILD_MANIFEST.test(one.path));
  const { loose, texts } = await sorted(rest);
  if (recorded.length + loose.size === 0) {
    throw new ProjectError(
      'no patch was found: drop a folder with a baseline and patches/SET/*.json, or a file and its batch',
    );
  }
  const byPath = byPathBelow(texts);
  const sets = [
    ...recorded.map(({ set }) => set),
    ...[...loose].map(([id, patches]) => looseSet(id, patches, byPath)),
  ].map((set) => ({ ...set, build: builds.find((build) => isOf(build, set)) }));
  return { name: 'Your files', files: byPath, sets: sets.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Files of another version of a baseline: each under the path of the file of `project` that it is. */
export function newBaseline(
  { files }: Project,
  given: readonly Stored[],
): ReadonlyMap<string, Stored> {
  const texts = given.filter(({ path }) => !PASSED_OVER.test(path));
  // A folder of the baseline's own, such as src/, is part of the paths; any other only holds them.
  const isBelow = texts.some(({ path }) => files.has(path));
  const found = [...byPathBelow(isBelow ? texts : withoutCommonFolder(texts))];
  if (found.length === 0) throw new ProjectError('there is no file in what was opened');
  const known = [...files.keys()];
  return new Map(
    found.map(([path, stored]) => {
      const ending = known.filter((one) => one.endsWith(`/${path}`));
      const isKnown = files.has(path) || ending.length !== 1;
      return [isKnown ? path : (ending[0] ?? path), stored];
    }),
  );
}

/** By their paths below `baseline/`, if there is such a folder. */
function byPathBelow(texts: readonly Stored[]): ReadonlyMap<string, Stored> {
  const below = texts.filter(({ path }) => /(^|\/)baseline\//.test(path));
  const baseline = below.length > 0 ? below : texts;
  return new Map(
    baseline.map((stored) => [stored.path.replace(/^.*?(^|\/)baseline\//, ''), stored]),
  );
}

/** Sets with a manifest, and all files in their folders. */
async function recordedSets(files: readonly Stored[], reader: ManifestReader) {
  const manifests = files.filter(({ path }) => SET_MANIFEST.test(path));
  return Promise.all(
    manifests.map(async ({ path, bytes }) => {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const members = files.filter((one) => one.path.startsWith(folder) && isOfSet(one.path));
      const byName = new Map(members.map((one) => [one.path.slice(folder.length), one]));
      const manifest = await reader.set(await bytes(), path);
      const named = new Set(manifest.patches.map(({ patch }) => patch));
      const strays = [...byName.keys()].filter((name) => isPatch(name) && !named.has(name));
      const set = setOf(manifest, strays, (name) => {
        const stored = byName.get(name);
        if (stored === undefined)
          throw new ProjectError(`${path} names ${name}, which is not there`);
        return stored;
      });
      return { set, members };
    }),
  );
}

/** In the folder of a set lie its manifest and its patches; a file beside a batch may lie there too. */
function isOfSet(path: string): boolean {
  return SET_MANIFEST.test(path) || PATCH_FILE.test(path);
}

function isPatch(name: string): boolean {
  return PATCH_FILE.test(name) && !SET_MANIFEST.test(name);
}

/** What nobody has recorded: patches by the folder that they are in, and what is no patch. */
async function sorted(files: readonly Stored[]) {
  const loose = new Map<string, { readonly named: string; readonly stored: Stored }[]>();
  const texts: Stored[] = [];
  for (const stored of files) {
    const folder = /(?:^|\/)patches\/(?:([^/]+)\/)?[^/]+$/.exec(stored.path);
    const named = PATCH_FILE.test(stored.path) ? await fileOfPatch(stored) : undefined;
    // In a folder of patches everything is one, or was meant to be.
    if (!PATCH_FILE.test(stored.path) || (named === undefined && folder === null)) {
      texts.push(stored);
      continue;
    }
    const id = folder?.[1] ?? 'patches';
    loose.set(id, [...(loose.get(id) ?? []), { named: named ?? '', stored }]);
  }
  return { loose, texts };
}

function looseSet(
  id: string,
  patches: readonly { readonly named: string; readonly stored: Stored }[],
  files: ReadonlyMap<string, Stored>,
): PatchSet {
  // What says of no file that it is about it stands for itself.
  const named = patches.map((patch) => ({
    file: fileIn(files, patch.named) || patch.stored.path,
    stored: patch.stored,
  }));
  return { id, strays: [], patches: named };
}

/** The path that a patch means: the one it names, or the only one that ends so. */
function fileIn(files: ReadonlyMap<string, Stored>, named: string): string {
  if (files.has(named)) return named;
  const paths = [...files.keys()];
  const ending = paths.filter((path) => named !== '' && path.endsWith(`/${named}`));
  const only = named === '' ? paths : ending;
  return only.length === 1 && only[0] !== undefined ? only[0] : named;
}

/** A manifest of a build belongs to the set whose files it lists. */
function isOf({ results }: BuildFacts, { patches }: PatchSet): boolean {
  const files = new Set(patches.map(({ file }) => file));
  return results.size > 0 && [...results.keys()].every((file) => files.has(file));
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
