import type { PatchInput, PatchRef } from '@firn/engine';
import { quotedShort } from './safe.js';

/** The last line of the file that a patch names. */
export function lastLineOf(patch: PatchInput): number {
  return 'endLine' in patch ? (patch.endLine ?? patch.line) : patch.line;
}

/** The lines that a patch expects to be there, if it expects any. */
export function expectedLines({ expect }: PatchInput): readonly string[] {
  return expect?.split('\n') ?? [];
}

/** An id may be of any length. */
const MAX_ID = 60;

/** As the engine's messages name a patch. */
export function refName({ index, id }: PatchRef): string {
  return id === undefined ? `patches[${index}]` : `patches[${index}] (${quotedShort(id, MAX_ID)})`;
}
