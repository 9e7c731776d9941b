/** What a change does to the files of a set once all is written that it puts there. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { noLimits } from '../limits.js';
import { unsafeReason } from '../safe-path.js';
import { isPatchFile, MANIFEST_NAME } from '../set-manifest.js';
import { readBelow, removeIfThere, requireNoLinks } from './read-below.js';

/** Names are of files below the folder of the set. */
export interface Deed {
  /** Each file that waits, and the one that it is to replace, in this order. */
  readonly rename: readonly (readonly [waiting: string, target: string])[];
  /** After that; what is not there is as it should be. */
  readonly remove: readonly string[];
}

const WAITING = /(?:^|\/)\.firn-[0-9a-f]{24}\.tmp$/;

/** Whether a part of it is done: then only the rest makes the set whole again. */
export function isBegun(folder: string, { rename }: Deed): boolean {
  return rename.some(([waiting]) => !existsSync(`${folder}/${waiting}`));
}

/** Does it. Throws Node's own error, also where a file that waited is gone. */
export function perform(folder: string, { rename, remove }: Deed): void {
  for (const [waiting, target] of rename) renameSync(`${folder}/${waiting}`, `${folder}/${target}`);
  for (const name of remove) removeIfThere(`${folder}/${name}`);
}

/** Ends what somebody was killed at: the rest of what is begun is done, what is not begun is taken back. */
export function endDeed(folder: string, deed: Deed): void {
  const rest = deed.rename.filter(([waiting]) => existsSync(`${folder}/${waiting}`));
  if (isBegun(folder, deed)) perform(folder, { ...deed, rename: rest });
  else for (const [waiting] of rest) removeIfThere(`${folder}/${waiting}`);
}

/** Writes it down in a file that is there and empty. */
export function writeDeed(file: string, deed: Deed): void {
  writeFlushed(file, 'w', Buffer.from(JSON.stringify(deed)));
}

/** Makes a file; `flag` as of `open`. */
export function writeFlushed(file: string, flag: 'w' | 'wx', bytes: Uint8Array): void {
  const fd = openSync(file, flag);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * The deed that a file of the set says; undefined when it says none, or not to its end, for then nothing
 * was begun. A file may be anybody's: no deed reaches further than a change of this set.
 */
export function readDeed(folder: string, name: string): Deed | undefined {
  const bytes = readBelow(folder, name, noLimits.patchBytes);
  let deed: unknown;
  try {
    deed = JSON.parse(bytes?.toString() ?? '');
  } catch {
    return undefined;
  }
  return isDeed(deed) && isSafe(folder, deed) ? deed : undefined;
}

function isDeed(value: unknown): value is Deed {
  if (typeof value !== 'object' || value === null) return false;
  const { rename, remove, ...rest }: { rename?: unknown; remove?: unknown } = value;
  const isPair = (pair: unknown) => isNames(pair) && pair.length === 2;
  return (
    Object.keys(rest).length === 0 &&
    Array.isArray(rename) &&
    rename.every(isPair) &&
    isNames(remove)
  );
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function isSafe(folder: string, { rename, remove }: Deed): boolean {
  const targets = rename.map(([, target]) => target).filter((name) => name !== MANIFEST_NAME);
  const files = [...targets, ...remove];
  const names = [...rename.map(([waiting]) => waiting), ...files];
  for (const name of names) {
    if (unsafeReason(name) !== undefined) return false;
    requireNoLinks(folder, name);
  }
  return rename.every(([waiting]) => WAITING.test(waiting)) && files.every(isPatchFile);
}
