/** `PATCH.conflicts`, schema `firn.conflicts/1`: what could not be carried of a patch, with all that it takes to resolve it. */
import type { LineRange, PatchRef } from '@firn/engine';
import type { CarriedPatchOfSet } from './carry.js';
import { JsonObject, type StringRule } from './json-object.js';
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
  /** The diff from the old text to the new one, so that who has the new one has both. */
  readonly upstream?: string;
  /** The same where it is not UTF-8. */
  readonly upstreamBase64?: string;
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
  const text = textOf(upstream);
  const conflicts = details.flatMap((detail): ConflictSides[] => {
    if (detail.carried !== 'conflict') return [];
    const { patch: ref, from, to, base: old, ours, theirs } = detail;
    return [{ patch: ref, from, to, base: old, ours, theirs }];
  });
  return {
    ...{ schema: 'firn.conflicts/1', set, patch: id, file, base, onto, conflicts },
    ...(text === undefined ? { upstreamBase64: base64Of(upstream) } : { upstream: text }),
  };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Conflicts as they are read: how many there are, and what it takes to resolve them. */
export interface WaitingConflicts extends Pick<Conflicts, 'base' | 'onto'> {
  readonly count: number;
  /** The diff from the old text to the new one. */
  readonly upstream: Uint8Array;
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
  const upstream = top.has('upstreamBase64')
    ? Uint8Array.from(atob(top.string('upstreamBase64', BASE64)), (unit) => unit.charCodeAt(0))
    : new TextEncoder().encode(top.string('upstream'));
  top.end();
  return { base, onto, count, upstream };
}

const BASE64: StringRule = {
  // A pattern of groups of four would end in the middle of millions of them: each one is remembered.
  pattern: {
    test: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  },
  words: 'base64',
};
