import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { FirnSetError } from '../error.js';
import { noLimits } from '../limits.js';
import { quoted } from '../quoted.js';
import { foldedName, unsafeReason } from '../safe-path.js';
import {
  isPatchFile,
  MANIFEST_NAME,
  parseSetManifest,
  printSetManifest,
  type SetManifest,
} from '../set-manifest.js';
import { type Deed, isBegun, writeFlushed } from './deed.js';
import { setNames } from './load.js';
import { readBelow, removeIfThere, requireNoLinks, unsafe } from './read-below.js';
import { inTurn } from './turn.js';

/** What is to become of a set on disk. */
export interface SetChange {
  /** As it was read; undefined for a set that must not be there yet. */
  readonly before: SetManifest | undefined;
  readonly after: SetManifest;
  /** Patch files to write, by their names below the set's folder. */
  readonly write?: ReadonlyMap<string, Uint8Array> | undefined;
  /** Patch files to remove; what is not there is as it should be. */
  readonly remove?: readonly string[] | undefined;
}

/**
 * Changes a set on disk. Everything is written beside what is there first; then the files are put in place,
 * patch files before the manifest, and what is no longer named goes. So a full disk changes nothing, and of
 * several that change a set at once each finds what the one before it has left.
 * Killed between two renames it leaves patch files that the manifest does not name, or that are not what
 * it records: either is refused by name until the next change, or `settleSet`, ends what was begun.
 *
 * Throws `set_changed_meanwhile` when the manifest is not `before`, `set_unsafe_path`, `set_duplicate` for
 * a new set beside one of the same name in another case, and as `printSetManifest`; Node's own error for
 * what cannot be written.
 */
export function saveSet(folder: string, { before, after, write, remove = [] }: SetChange): void {
  const text = printSetManifest(after);
  for (const name of [...(write?.keys() ?? []), ...remove]) requireSafe(folder, name);
  requireStill(folder, before);
  if (!before) requireNewPlace(folder);
  const staged: Staged[] = [];
  const rename = () => staged.map(({ waiting, target }) => [waiting, target] as const);
  const deed = (): Deed => ({ rename: rename(), remove });
  try {
    for (const [name, bytes] of write ?? []) staged.push(stage(folder, name, bytes));
    staged.push(stage(folder, MANIFEST_NAME, Buffer.from(text)));
    inTurn(folder, () => {
      requireStill(folder, before);
      return deed();
    });
  } catch (error) {
    // What is begun is left for who ends it.
    if (!isBegun(folder, deed())) {
      for (const { waiting } of staged) removeIfThere(`${folder}/${waiting}`);
    }
    throw error;
  }
}

function requireSafe(folder: string, name: string): void {
  const reason =
    unsafeReason(name) ?? (isPatchFile(name) ? undefined : 'is no name of a patch file');
  if (reason !== undefined) throw unsafe(name, reason);
  requireNoLinks(folder, name);
}

/** What somebody else has written meanwhile would be lost. */
function requireStill(folder: string, before: SetManifest | undefined): void {
  const bytes = readBelow(folder, MANIFEST_NAME, noLimits.manifestBytes);
  const now = bytes && printSetManifest(parseSetManifest(bytes, { limits: noLimits }));
  if (now === (before && printSetManifest(before))) return;
  const path = `${folder}/${MANIFEST_NAME}`;
  const message = before
    ? `${quoted(path)} changed since it was read`
    : `there is a patch set in ${quoted(folder)} already`;
  throw new FirnSetError({ code: 'set_changed_meanwhile', message, path });
}

/** Sets are not looked for behind links, and to some systems all cases of a name are one folder. */
function requireNewPlace(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw unsafe(folder, 'is a symbolic link');
  }
  const [patches, own] = [path.dirname(folder), path.basename(folder)];
  const other = setNames(patches).find((name) => foldedName(name) === foldedName(own));
  if (other === undefined) return;
  const message = `there is a patch set ${quoted(other)} in ${quoted(patches)}, which some systems take for ${quoted(own)}`;
  throw new FirnSetError({ code: 'set_duplicate', message, set: own, path: folder });
}

/** A file that waits beside the one that it is to replace, both by their names in the folder. */
interface Staged {
  readonly waiting: string;
  readonly target: string;
}

function stage(folder: string, name: string, bytes: Uint8Array): Staged {
  const parent = path.posix.dirname(name);
  mkdirSync(path.posix.join(folder, parent), { recursive: true });
  // Nobody can guess it, and `wx` follows no link.
  const own = `.firn-${randomBytes(12).toString('hex')}.tmp`;
  const waiting = parent === '.' ? own : `${parent}/${own}`;
  try {
    writeFlushed(`${folder}/${waiting}`, 'wx', bytes);
  } catch (error) {
    removeIfThere(`${folder}/${waiting}`);
    throw error;
  }
  return { waiting, target: name };
}
