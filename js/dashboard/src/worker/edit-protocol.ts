/** What crosses when a patched file is edited, and when its patches are carried to another text. */
import type { BatchInput } from '@firn/engine';
import type { CarriedPatchOfSet, PatchDraft, SetPatch, WaitingConflicts } from '@firn/sets';
import type { FileInput } from './protocol.js';

export interface Editable {
  /** The first and the last line, from 1; `to` = `from` - 1 in an empty text. */
  readonly from: number;
  readonly to: number;
  readonly lineCount: number;
  readonly lines: readonly string[];
  /** They hold bytes that are no UTF-8: an editor would lose them. */
  readonly isBinary: boolean;
}

export interface EditRequest {
  /** The lines that are replaced. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
  /** The patch to be, if it becomes one of its own. */
  readonly draft: PatchDraft;
}

/** A patch as a set has it; of a source that was there, or a new one. */
export interface PatchOfSource {
  readonly source?: number | undefined;
  readonly patch: SetPatch;
}

export type EditOutcome =
  | {
      readonly kind: 'recorded';
      /** All patches of the file now. */
      readonly patches: readonly PatchOfSource[];
      /** The one that has the edit. */
      readonly changed: SetPatch;
      /** What was done to the patched text, and what takes it back. */
      readonly edit: BatchInput;
      readonly inverse: BatchInput;
      /** Fingerprint of the text before. */
      readonly before: string;
    }
  | { readonly kind: 'same' }
  /** No single patch can say it. */
  | { readonly kind: 'touches'; readonly patches: readonly string[] }
  /** Of this source some patches are on, and some are not. */
  | { readonly kind: 'partly'; readonly source: string };

export interface RecordedFile {
  readonly patches: readonly PatchOfSource[];
  readonly problems: readonly string[];
}

export interface CarryRequest {
  readonly file: FileInput;
  /** The new text. */
  readonly onto: Uint8Array<ArrayBuffer>;
}

export interface CarriedFile {
  /** The new text is the old one: there is nothing to carry. */
  readonly isSame: boolean;
  readonly patches: readonly CarriedPatchOfSet[];
}

export interface DisputeRequest {
  readonly onto: Uint8Array<ArrayBuffer>;
  /** Those of the same file that mean the new text already. */
  readonly renewed: readonly SetPatch[];
  /** The one in conflict, as it was. */
  readonly patch: SetPatch;
  readonly conflicts: WaitingConflicts;
}

/** The three sides of a conflict. */
export interface DisputedLines {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

export interface Resolution extends DisputeRequest {
  /** For each conflict, the lines that take its place. */
  readonly choices: readonly (readonly string[])[];
  /** Patches, as they were, that may follow this one. */
  readonly followers: readonly SetPatch[];
}
