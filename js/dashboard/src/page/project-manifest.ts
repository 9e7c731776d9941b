/**
 * Reads a project by the address of its manifest, `firn.project/1`:
 *
 *     { "schema": "firn.project/1", "name": "Storefront",
 *       "baseline": { "root": "baseline/", "files": ["src/App.jsx"] },
 *       "sets": [{ "manifest": "patches/alpenglow/firn.json",
 *                  "build": "builds/alpenglow/firn-manifest.json" }] }
 *
 * Addresses are relative to the manifest; those of patches to the manifest of their set.
 */
import { isRecord, listOf, parse, stringOf } from './json.js';
import {
  type ManifestReader,
  type PatchSet,
  type Project,
  ProjectError,
  type Stored,
  setOf,
} from './project.js';

/** Undefined when there is nothing at the address. */
export async function fetchProject(
  address: URL,
  reader: ManifestReader,
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
    listOf(manifest['sets']).map((set) => fetchSet(set, address, reader)),
  );
  return {
    name: stringOf(manifest['name']) ?? address.host,
    files: new Map(files.map((path) => [path, storedAt(path, root)])),
    sets,
  };
}

async function fetchSet(set: unknown, address: URL, reader: ManifestReader): Promise<PatchSet> {
  const named = isRecord(set) ? stringOf(set['manifest']) : undefined;
  if (!isRecord(set) || named === undefined) {
    throw new ProjectError(`${address.href}: a set needs "manifest", the address of its firn.json`);
  }
  const at = new URL(named, address);
  const build = stringOf(set['build']);
  const manifest = await reader.set(await bytesOf(await fetch(at)), at.href);
  return {
    ...setOf(manifest, [], (name) => storedAt(name, at)),
    ...(build !== undefined && { build: await fetchBuild(new URL(build, address), reader) }),
  };
}

async function fetchBuild(address: URL, reader: ManifestReader) {
  return reader.build(await bytesOf(await fetch(address)), address.href);
}

function storedAt(path: string, folder: URL): Stored {
  const address = new URL(path.split('/').map(encodeURIComponent).join('/'), folder);
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
