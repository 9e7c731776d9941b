/** A set with everything it is made of: the manifest, and the bytes of each patch. */
import { FirnSetError, type SetErrorFields } from './error.js';
import { byCodeUnit } from './order.js';
import { quoted } from './quoted.js';
import {
  isPatchFile,
  MANIFEST_NAME,
  type ManifestOptions,
  type PatchEntry,
  parseSetManifest,
  type SetManifest,
} from './set-manifest.js';

/** One patch of a set, with its bytes. */
export interface SetPatch extends PatchEntry {
  /** The id of its set. */
  readonly set: string;
  /** `set/id`: what builds, errors and provenance call it. */
  readonly label: string;
  /** What messages call its own file. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface PatchSet {
  readonly id: string;
  /** What messages call its folder; '' when it has none. */
  readonly path: string;
  readonly manifest: SetManifest;
  /** In the order of the manifest. */
  readonly patches: readonly SetPatch[];
  /** Patch files that the manifest does not name. */
  readonly strays: readonly string[];
}

export interface PatchSetOptions extends ManifestOptions {
  /** What messages put before the names in the set's folder; default none. */
  readonly path?: string | undefined;
}

/**
 * The set of a manifest and its patch files, by their names below the set's folder. Other files may be
 * among them. What the patches say is not looked at before they are applied.
 *
 * Throws as `parseSetManifest`, and `set_missing_patch`. O(manifest + files).
 */
export function patchSet(
  manifest: string | Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
  { path = '', limits }: PatchSetOptions = {},
): PatchSet {
  const parsed = parseSetManifest(manifest, { path: pathIn(path, MANIFEST_NAME), limits });
  return setOf(parsed, path, [...files.keys()], (name) => files.get(name));
}

/** @internal `names` are all files of the set; those of its patches are asked for. */
export function setOf(
  manifest: SetManifest,
  path: string,
  names: readonly string[],
  bytesOf: (name: string) => Uint8Array | undefined,
): PatchSet {
  const { id: set } = manifest;
  const patches = manifest.patches.map((entry): SetPatch => {
    const own = pathIn(path, entry.patch);
    const bytes = bytesOf(entry.patch);
    if (!bytes) throw missingPatch(set, entry, own);
    return { ...entry, set, label: `${set}/${entry.id}`, path: own, bytes };
  });
  const named = new Set(patches.map(({ patch }) => patch));
  const strays = names.filter((name) => isPatchFile(name) && !named.has(name)).sort(byCodeUnit);
  return { id: set, path, manifest, patches, strays };
}

function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function missingPatch(set: string, { id, file, patch }: PatchEntry, path: string): FirnSetError {
  const message = `patch ${quoted(id)} of set ${quoted(set)} is in ${quoted(patch)}, which is not there`;
  return new FirnSetError({ code: 'set_missing_patch', message, set, patch: id, file, path });
}

/** What errors say of a patch. */
export function fieldsOfPatch({ set, id, file, path }: SetPatch) {
  return { set, patch: id, file, path } satisfies Partial<SetErrorFields>;
}
