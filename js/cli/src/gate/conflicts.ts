/** `PATCH.conflicts`, schema `firn.conflicts/1`: what a rebase could not decide, for whoever can. */
import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LineRange, PatchRef } from '@firn/engine';
import type { CarriedPatchOfSet, SetPatch } from '@firn/sets';

export interface Conflicts {
  readonly schema: 'firn.conflicts/1';
  readonly set: string;
  readonly patch: string;
  readonly file: string;
  /** Fingerprint of the text that the patch was made for. */
  readonly base: string;
  readonly conflicts: readonly ConflictSides[];
}

export interface ConflictSides {
  /** Which patch of the batch, or hunk of the diff. */
  readonly patch: PatchRef;
  /** Lines of the text that it was made for. */
  readonly from: LineRange;
  /** The lines in dispute, in the new text. */
  readonly to: LineRange;
  readonly base: string;
  /** What the patch makes of them. */
  readonly ours: string;
  /** What the new text has there. */
  readonly theirs: string;
}

export function conflictsOf({ patch, details }: CarriedPatchOfSet): Conflicts {
  const { set, id, file, base } = patch;
  const conflicts = details.flatMap((detail): ConflictSides[] => {
    if (detail.carried !== 'conflict') return [];
    const { patch: ref, from, to, base: old, ours, theirs } = detail;
    return [{ patch: ref, from, to, base: old, ours, theirs }];
  });
  return { schema: 'firn.conflicts/1', set, patch: id, file, base, conflicts };
}

/** No patch file: sets pass over it. */
function pathOf(patch: SetPatch): string {
  return `${patch.path}.conflicts`;
}

/** In one step, and never through a link that somebody has put there: a rename replaces the link. */
export function writeConflicts(patch: SetPatch, conflicts: Conflicts): void {
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
export function removeConflicts(patch: SetPatch): void {
  rmSync(pathOf(patch), { force: true });
}

/** How many conflicts of a patch as it is wait for somebody; those of a patch that was mended since do not. */
export function conflictsWaiting(patch: SetPatch): number {
  let read: unknown;
  try {
    // A pipe would be waited for.
    if (!lstatSync(pathOf(patch)).isFile()) return 0;
    read = JSON.parse(readFileSync(pathOf(patch), 'utf8'));
  } catch {
    // None, or nothing that a rebase wrote.
    return 0;
  }
  if (typeof read !== 'object' || read === null) return 0;
  const { schema, base, conflicts } = read as Record<string, unknown>;
  const isOurs = schema === 'firn.conflicts/1' && base === patch.base && Array.isArray(conflicts);
  return isOurs ? conflicts.length : 0;
}
