import { readdirSync } from 'node:fs';
import { FirnSetError } from '../error.js';
import { limitsOf, type SetLimits } from '../limits.js';
import { byCodeUnit } from '../order.js';
import { type PatchSet, setOf } from '../patch-set.js';
import { quoted } from '../quoted.js';
import { MANIFEST_NAME, parseSetManifest } from '../set-manifest.js';
import { isAbsent, readBelow } from './read-below.js';

export interface LoadSetOptions {
  readonly limits?: SetLimits | undefined;
}

/**
 * Reads a set: `firn.json` and every patch file that it names. Nothing is followed out of the folder.
 * Synchronous, because many small files are read sooner one after the other.
 *
 * Throws as `patchSet`; `set_unknown_set` when there is no manifest, `set_unsafe_path` for symbolic
 * links and special files; Node's own error for what cannot be read. O(files of the folder + bytes).
 */
export function loadSet(folder: string, options: LoadSetOptions = {}): PatchSet {
  return withPatches(outlineIn(folder, options), options);
}

/**
 * Reads the sets in the folders below `patches` that are named, in that order; by default all of them,
 * by name. A set's folder has the name of the set. Throws as `loadSet`; `set_malformed` for a set under
 * another name than its own.
 */
export function loadSets(
  patches: string,
  names: readonly string[] = setNames(patches),
  options: LoadSetOptions = {},
): PatchSet[] {
  const known = setNames(patches);
  return names.map((name) => withPatches(outlineOf(patches, name, known, options), options));
}

/** A set as its manifest has it, whatever has become of its patch files. */
export type SetOutline = Pick<PatchSet, 'id' | 'path' | 'manifest'>;

/** Reads of a set that `loadSets` would read its manifest alone. Throws as that does. O(manifest). */
export function loadOutline(
  patches: string,
  name: string,
  options: LoadSetOptions = {},
): SetOutline {
  return outlineOf(patches, name, setNames(patches), options);
}

function outlineOf(
  patches: string,
  name: string,
  known: readonly string[],
  options: LoadSetOptions,
): SetOutline {
  // A name from a command line must not be a path to somewhere else.
  if (!known.includes(name)) throw unknownSet(patches, name);
  const outline = outlineIn(`${patches}/${name}`, options);
  if (outline.id === name) return outline;
  const path = `${outline.path}/${MANIFEST_NAME}`;
  const message = `${path} is of set ${quoted(outline.id)}, and lies in the folder of ${quoted(name)}`;
  throw new FirnSetError({ code: 'set_malformed', message, set: outline.id, path });
}

function outlineIn(folder: string, options: LoadSetOptions): SetOutline {
  const limits = limitsOf(options.limits);
  const bytes = readBelow(folder, MANIFEST_NAME, limits.manifestBytes);
  if (!bytes) {
    const message = `there is no patch set in ${quoted(folder)}: it has no ${MANIFEST_NAME}`;
    throw new FirnSetError({ code: 'set_unknown_set', message, path: folder });
  }
  const manifest = parseSetManifest(bytes, { path: `${folder}/${MANIFEST_NAME}`, limits });
  return { id: manifest.id, path: folder, manifest };
}

function withPatches({ path, manifest }: SetOutline, options: LoadSetOptions): PatchSet {
  const limits = limitsOf(options.limits);
  let left = limits.setBytes;
  return setOf(manifest, path, filesIn(path), (name) => {
    const bytes = readBelow(path, name, Math.min(limits.patchBytes, left));
    left -= bytes?.length ?? 0;
    return bytes;
  });
}

/** Names of the folders below `patches` that have a manifest, ascending; none when there is no such folder. */
export function setNames(patches: string): string[] {
  return entriesIn(patches)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => entriesIn(`${patches}/${name}`).some((file) => file.name === MANIFEST_NAME))
    .sort(byCodeUnit);
}

function unknownSet(patches: string, name: string): FirnSetError {
  const message = `there is no patch set ${quoted(name)} in ${quoted(patches)}`;
  return new FirnSetError({ code: 'set_unknown_set', message, set: name, path: patches });
}

/** Every file below the folder, by its path there. Links are listed, and not followed. */
function filesIn(folder: string): string[] {
  const files: string[] = [];
  // A list of what is left to do, for folders may be nested deeper than calls can be.
  const left = [''];
  for (let below = left.pop(); below !== undefined; below = left.pop()) {
    for (const entry of entriesIn(`${folder}/${below}`)) {
      const path = below + entry.name;
      if (entry.isDirectory()) left.push(`${path}/`);
      else files.push(path);
    }
  }
  return files;
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
