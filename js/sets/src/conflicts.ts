/** `PATCH.conflicts`, schema `firn.conflicts/1`: what could not be carried of a patch, with all that it takes to resolve it. */
import type { LineRange, PatchRef } from '@firn/engine';
import type { CarriedPatchOfSet } from './carry.js';
import { JsonObject } from './json-object.js';
import { limitsOf, type SetLimits } from './limits.js';
import { JsonText } from './strict-json.js';

/** The conflicts of one patch. */
export interface Conflicts {
  readonly schema: 'firn.conflicts/1';
  readonly set: string;
  /** Its id. */
  readonly patch: string;
  readonly file: string;
  /** Fingerprint of the text that the patch was made for: the old text. */
  readonly base: string;
  /** Fingerprint of the text that it was to be carried to: the new text. */
  readonly onto: string;
  readonly conflicts: readonly ConflictSides[];
  /**
   * The diff from the old text to the new one, so that who has the new one has both. Absent where they
   * are not UTF-8.
   */
  readonly upstream?: string;
}

/** Lines that the patch and the new text change, each in its own way. */
export interface ConflictSides {
  /** Which patch of the batch, or hunk of the diff. */
  readonly patch: PatchRef;
  /** Lines of the old text. */
  readonly from: LineRange;
  /** The lines in dispute, in the new text. */
  readonly to: LineRange;
  readonly base: string;
  /** What the patch makes of them. */
  readonly ours: string;
  /** What the new text has there. */
  readonly theirs: string;
}

/** What there is to resolve of a patch that was carried; undefined unless it is in conflict. */
export function conflictsOf({ patch, details, dispute }: CarriedPatchOfSet): Conflicts | undefined {
  if (!dispute) return undefined;
  const { set, id, file, base } = patch;
  const { onto, upstream } = dispute;
  const conflicts = details.flatMap((detail): ConflictSides[] => {
    if (detail.carried !== 'conflict') return [];
    const { patch: ref, from, to, base: old, ours, theirs } = detail;
    return [{ patch: ref, from, to, base: old, ours, theirs }];
  });
  return {
    ...{ schema: 'firn.conflicts/1', set, patch: id, file, base, onto, conflicts },
    ...(upstream === undefined ? {} : { upstream }),
  };
}

/** Conflicts as they are read: how many there are, and what it takes to resolve them. */
export interface WaitingConflicts extends Pick<Conflicts, 'base' | 'onto' | 'upstream'> {
  readonly count: number;
}

/**
 * Reads a file of conflicts, which may come from anyone; what the sides say is not looked at. `path`: what
 * messages call it. Throws `set_malformed`, `set_limit_exceeded`. O(n).
 */
export function parseConflicts(
  input: string | Uint8Array,
  path: string,
  limits?: SetLimits,
): WaitingConflicts {
  const json = new JsonText(input, path, limitsOf(limits).patchBytes);
  const top = new JsonObject(json, json.root, '');
  top.constant('schema', 'firn.conflicts/1');
  for (const name of ['set', 'patch', 'file']) top.string(name);
  const [base, onto] = [top.fingerprint('base'), top.fingerprint('onto')];
  const { length: count } = top.list('conflicts');
  const upstream = top.optionalString('upstream');
  top.end();
  return { base, onto, count, ...(upstream === undefined ? {} : { upstream }) };
}
