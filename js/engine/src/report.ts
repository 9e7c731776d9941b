import type { ErrorFields, PatchRef } from './error.js';

/** Lines `from` to `to`, both included, counted from 1. An empty range has `to` = `from` - 1. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** What one patch did: `from` and `to` are lines of the result, `base` those of the snapshot. */
export interface Change extends LineRange {
  readonly patch: PatchRef;
  readonly base: LineRange;
}

/** Where a line of the result comes from: a line of the snapshot (from 1), or a patch. */
export type Origin =
  | { readonly base: number; readonly patch?: never }
  /** Where 1 MiB of ids is quoted, without one of more than 60 bytes. */
  | { readonly patch: PatchRef; readonly base?: never };

/** Lawful, but worth a look. */
export interface Warning {
  /**
   * `no_effect`: the patch leaves the text as it is. `line_ends_converted`: it was written with
   * CR LF and the file has LF there.
   */
  readonly code: 'no_effect' | 'line_ends_converted';
  readonly patch: PatchRef;
  readonly message: string;
}

/** What a batch asks for, over all its patches, lawful or not. */
export interface Counts {
  /** Patches of each kind. */
  readonly replace: number;
  readonly delete: number;
  readonly insert: number;
  /** Lines of the snapshot replaced or deleted. */
  readonly linesRemoved: number;
  /** Lines of new text. */
  readonly linesAdded: number;
  /** `linesAdded` - `linesRemoved`. */
  readonly netLineGrowth: number;
  /** The smallest and largest line that any patch names; 0 when there is no patch. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** What `snapshot.check` found. */
export interface CheckReport {
  readonly counts: Counts;
  readonly warnings: readonly Warning[];
  /** Every violation, whatever the policy, in batch order. Empty: the batch is lawful. */
  readonly violations: readonly ErrorFields[];
}

/** What `snapshot.apply` did. */
export interface Report {
  /** The revision that the text is at now. */
  readonly revision: number;
  readonly applied: readonly PatchRef[];
  /** What `best-effort` left out, and why. */
  readonly failed: readonly ErrorFields[];
  readonly warnings: readonly Warning[];
  readonly counts: Counts;
  /** Time spent in each layer. Nothing is executed until bytes, lines or a diff are asked for. */
  readonly microseconds: {
    readonly semantics: number;
    readonly normalize: number;
  };
}
