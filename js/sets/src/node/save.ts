import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { FirnSetError } from '../error.js';
import { noLimits, quoted } from '../limits.js';
import { unsafeReason } from '../safe-path.js';
import {
  MANIFEST_NAME,
  parseSetManifest,
  printSetManifest,
  type SetManifest,
} from '../set-manifest.js';
import { isAbsent, readBelow, requireNoLinks, unsafe } from './read-below.js';

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
 * Changes a set on disk, each file in one step: patch files first, then the manifest, then what is no
 * longer named. Killed in between, it leaves a set that is whole, and at most patch files that no
 * manifest names, which is an error that says so.
 *
 * Throws `set_changed_meanwhile` when the manifest is not `before`, `set_unsafe_path`, and as
 * `printSetManifest`; Node's own error for what cannot be written.
 */
export function saveSet(folder: string, { before, after, write, remove = [] }: SetChange): void {
  const text = printSetManifest(after);
  const names = [...(write?.keys() ?? []), ...remove];
  for (const name of names) {
    const reason = unsafeReason(name);
    if (reason !== undefined) throw unsafe(name, reason);
    requireNoLinks(folder, name);
  }
  requireStill(folder, before);
  for (const [name, bytes] of write ?? []) replaceFile(folder, name, bytes);
  requireStill(folder, before);
  replaceFile(folder, MANIFEST_NAME, Buffer.from(text));
  for (const name of remove) {
    try {
      unlinkSync(`${folder}/${name}`);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }
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

/** Whoever opens the file sees the old bytes or the new ones: they are written beside it and renamed. */
function replaceFile(folder: string, name: string, bytes: Uint8Array): void {
  const target = `${folder}/${name}`;
  const parent = path.dirname(target);
  mkdirSync(parent, { recursive: true });
  // Nobody can guess it, and `wx` follows no link.
  const temporary = `${parent}/.firn-${randomBytes(12).toString('hex')}.tmp`;
  try {
    writeFlushed(temporary, bytes);
    renameSync(temporary, target);
  } catch (error) {
    try {
      unlinkSync(temporary);
    } catch {
      // It was renamed, or never made.
    }
    throw error;
  }
}

function writeFlushed(file: string, bytes: Uint8Array): void {
  const fd = openSync(file, 'wx');
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
