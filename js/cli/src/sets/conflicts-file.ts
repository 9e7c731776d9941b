/** `PATCH.conflicts` beside a patch: what a rebase could not decide, for whoever can. */
import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  type Conflicts,
  FirnSetError,
  parseConflicts,
  type SetPatch,
  type WaitingConflicts,
} from '@firn/sets';
import { quotedShort } from '../render/safe.js';
import { MAX_NAME } from '../tree/names.js';

/** As of a patch file. */
const MAX_BYTES = 1 << 28;

/** No patch file: sets pass over it. */
function pathOf({ path: patch }: Pick<SetPatch, 'path'>): string {
  return `${patch}.conflicts`;
}

/** In one step, and never through a link that somebody has put there: a rename replaces the link. */
export function writeConflicts(patch: Pick<SetPatch, 'path'>, conflicts: Conflicts): void {
  const target = pathOf(patch);
  const beside = `${path.dirname(target)}/.firn-${randomBytes(12).toString('hex')}.tmp`;
  try {
    writeFileSync(beside, `${JSON.stringify(conflicts, null, 2)}\n`, { flag: 'wx' });
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Of an earlier rebase, and settled since. */
export function removeConflicts(patch: Pick<SetPatch, 'path'>): void {
  rmSync(pathOf(patch), { force: true });
}

/**
 * The conflicts of a patch as it is; undefined when there are none, or the patch was mended since. Throws
 * `set_malformed` for a file that no rebase wrote so, and `set_limit_exceeded`.
 */
export function readConflicts(patch: SetPatch): WaitingConflicts | undefined {
  const file = pathOf(patch);
  // A pipe would be waited for, and a link leads elsewhere.
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) return undefined;
  if (stats.size > MAX_BYTES) throw tooLarge(file, stats.size);
  const read = parseConflicts(readFileSync(file), file);
  return read.base === patch.base ? read : undefined;
}

function tooLarge(file: string, size: number): FirnSetError {
  const message = `${quotedShort(file, MAX_NAME)} has ${size} bytes, more than the limit, ${MAX_BYTES}`;
  return new FirnSetError({ code: 'set_limit_exceeded', message, path: file, limit: MAX_BYTES });
}

/** How many wait for somebody; none in what cannot be read. */
export function conflictsWaiting(patch: SetPatch): number {
  try {
    return readConflicts(patch)?.count ?? 0;
  } catch (error) {
    if (error instanceof FirnSetError) return 0;
    throw error;
  }
}
