/** What the page has in front of it: a frozen baseline, the sets of patches over it, and what was built of them. */
import type { PatchEntry, SetManifest } from '@firn/sets';
import type { BuildFacts, Variant } from '../worker/protocol.js';

/** Bytes that are read when they are needed, and each time anew: what is read is handed to the worker. */
export interface Stored {
  readonly path: string;
  bytes(signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** One patch file, and the file of the baseline that it is about. */
export interface StoredPatch {
  readonly file: string;
  readonly stored: Stored;
  /** What the manifest of its set says; absent: it has none. */
  readonly entry?: PatchEntry | undefined;
}

export interface PatchSet {
  readonly id: string;
  readonly patches: readonly StoredPatch[];
  /** Absent for a folder of patches that nobody has recorded. */
  readonly manifest?: SetManifest | undefined;
  /** Patch files in its folder that its manifest does not name: a build refuses them. */
  readonly strays: readonly string[];
  readonly build?: BuildFacts | undefined;
}

/** Manifests are read where the engine is, by the package that builds read them with. */
export interface ManifestReader {
  /** `firn.json`, or why it is none. */
  set(bytes: Uint8Array<ArrayBuffer>, path: string): Promise<SetManifest>;
  /** `firn-manifest.json`, or why it cannot be believed. */
  build(bytes: Uint8Array<ArrayBuffer>, path: string): Promise<BuildFacts>;
}

export interface Project {
  readonly name: string;
  /** By path. */
  readonly files: ReadonlyMap<string, Stored>;
  readonly sets: readonly PatchSet[];
}

/** Something that was opened cannot be used; the message says what, and what would do. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
}

/** The set of a manifest; `storedAs` gives its patch files by their names in the set's folder. */
export function setOf(
  manifest: SetManifest,
  strays: readonly string[],
  storedAs: (name: string) => Stored,
): PatchSet {
  const patches = [...manifest.patches]
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
    .map((entry) => ({ file: entry.file, stored: storedAs(entry.patch), entry }));
  return { id: manifest.id, manifest, strays, patches };
}

/** The files that sets patch, in the order of their paths. */
export function filesOf(...sets: (PatchSet | undefined)[]): string[] {
  const patches = sets.flatMap((set) => set?.patches ?? []);
  return [...new Set(patches.map(({ file }) => file))].sort();
}

/** What a set does to a file, read. */
export async function variantOf(
  set: PatchSet | undefined,
  file: string,
  signal?: AbortSignal,
): Promise<Variant> {
  const patches = set?.patches.filter((patch) => patch.file === file) ?? [];
  const sources = await Promise.all(
    patches.map(async ({ stored, entry }) => ({
      name: stored.path,
      bytes: await stored.bytes(signal),
      entry,
    })),
  );
  return { set: set?.id, sources };
}
