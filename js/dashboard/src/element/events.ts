/** What `<firn-view>` tells its page. */
import type { Violation } from '../worker/protocol.js';

/** A line was chosen. */
export interface SelectionDetail {
  readonly side: 'baseline' | 'patched';
  /** From 1, of that side. */
  readonly line: number;
  readonly text: string;
  /** Of the baseline, when the line is one of it. */
  readonly baselineLine?: number;
  /** Who wrote it or took it, when it was a patch. */
  readonly patch?: ShownPatch;
}

export interface ShownPatch {
  /** Place of its batch among those given, from 0. */
  readonly batch: number;
  readonly id: string;
  readonly reason?: string;
  readonly author?: string;
}

/** The file is shown, with what could be applied. */
export interface ReadyDetail {
  /** Of the patched text. */
  readonly fingerprint: string;
  readonly lineCount: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

/** Patches that are not applied, and batches of which nothing can be; empty when all is well. */
export interface ViolationsDetail {
  readonly violations: readonly Violation[];
}

export interface FirnViewEventMap {
  'firn-ready': CustomEvent<ReadyDetail>;
  'firn-selection': CustomEvent<SelectionDetail>;
  'firn-violations': CustomEvent<ViolationsDetail>;
  /** Nothing could be shown: `detail.message` says why. */
  'firn-error': CustomEvent<{ readonly message: string }>;
}

declare global {
  interface HTMLElementEventMap extends FirnViewEventMap {}
}
