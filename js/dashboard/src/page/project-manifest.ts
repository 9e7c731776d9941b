/**
 * Reads a project by the address of its manifest, `firn.project/1`:
 *
 *     { "schema": "firn.project/1", "name": "Storefront",
 *       "baseline": { "root": "baseline/", "files": ["src/App.jsx"] },
 *       "sets": [{ "id": "alpenglow", "build": "builds/alpenglow/firn-manifest.json",
 *                  "patches": [{ "file": "src/App.jsx", "patch": "patches/alpenglow/app.json" }] }] }
 *
 * Addresses are relative to the manifest.
 */
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

/** Undefined when there is nothing at the address. */
export async function fetchProject(
  address: URL,
  readBuild: ReadBuild,
): Promise<Project | undefined> {
  const response = await fetch(address);
  if (response.status === 404) return undefined;
  const manifest = parse(await bytesOf(response), address.href);
  const baseline = isRecord(manifest) ? manifest['baseline'] : undefined;
  if (!isRecord(manifest) || manifest['schema'] !== 'firn.project/1' || !isRecord(baseline)) {
    throw new ProjectError(`${address.href} is no project: it needs "schema": "firn.project/1"`);
  }
  const root = new URL(stringOf(baseline['root']) ?? '', address);
  const files = listOf(baseline['files'])
    .map(stringOf)
    .filter((path) => path !== undefined);
  const sets = await Promise.all(
    listOf(manifest['sets'])
      .filter(isRecord)
      .map((set) => setOf(set, address, readBuild)),
  );
  return {
    name: stringOf(manifest['name']) ?? address.host,
    files: new Map(files.map((path) => [path, storedAt(path, new URL(encodeURI(path), root))])),
    sets,
  };
}

async function setOf(
  set: Readonly<Record<string, unknown>>,
  address: URL,
  readBuild: ReadBuild,
): Promise<PatchSet> {
  const id = stringOf(set['id']);
  if (id === undefined) throw new ProjectError(`${address.href}: a set has no "id"`);
  const build = stringOf(set['build']);
  return {
    id,
    patches: listOf(set['patches']).map((patch) => patchOf(patch, id, address)),
    build: build === undefined ? undefined : await fetchBuild(new URL(build, address), readBuild),
  };
}

function patchOf(patch: unknown, set: string, address: URL): StoredPatch {
  const fields = isRecord(patch) ? patch : {};
  const file = stringOf(fields['file']);
  const path = stringOf(fields['patch']);
  if (file === undefined || path === undefined) {
    throw new ProjectError(`${address.href}: a patch of "${set}" needs "file" and "patch"`);
  }
  return {
    file,
    stored: storedAt(path, new URL(encodeURI(path), address)),
    ...remarksOf(fields),
  };
}

async function fetchBuild(address: URL, readBuild: ReadBuild) {
  return readBuild(await bytesOf(await fetch(address)), address.href);
}

function storedAt(path: string, address: URL): Stored {
  return {
    path,
    bytes: async (signal) => bytesOf(await fetch(address, { signal: signal ?? null })),
  };
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) {
    throw new ProjectError(`${response.url} was not loaded: the answer was ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}
