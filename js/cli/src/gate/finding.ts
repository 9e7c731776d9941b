/** What `firn check` finds in patch sets: one shape for people, programs and the machines of a CI. */
import type { ErrorFields } from '@firn/engine';
import type { SetErrorCode } from '@firn/sets';

/** A place in a file, as editors and CI services name it. */
export interface Place {
  /** Relative to the working folder, with `/`. */
  readonly path: string;
  /** From 1; absent: the whole file. */
  readonly line?: number;
  /** From 1, in characters. */
  readonly column?: number;
}

/** What a finding is an instance of. The codes of sets and of the engine keep their meaning. */
export type Rule =
  | SetErrorCode
  /** The patched file is not of its language. */
  | 'syntax'
  /** The last rebase has left conflicts of the patch. */
  | 'unresolved_conflict'
  /** The new baseline changed the same lines in another way. */
  | 'upgrade_conflict'
  /** It follows a patch that cannot be carried over. */
  | 'upgrade_blocked'
  /** The new baseline has the change already. */
  | 'upgrade_upstream';

export interface Finding {
  readonly rule: Rule;
  /** Errors fail the check; the others are told. */
  readonly level: 'error' | 'note';
  /** One sentence. */
  readonly message: string;
  /** `set/id` of the patches it is about; none: it is about a set. */
  readonly patches: readonly string[];
  readonly set?: string;
  readonly place: Place;
  readonly related: readonly Related[];
  /** The engine's reasons, in its words. */
  readonly violations?: readonly ErrorFields[];
}

export interface Related {
  readonly message: string;
  readonly place: Place;
}

/** What became of one patch. */
export interface JudgedPatch {
  readonly set: string;
  readonly id: string;
  /** `set/id` */
  readonly label: string;
  /** The file that it patches, below the root. */
  readonly file: string;
  /** Its own file, relative to the working folder. */
  readonly path: string;
  /** `off`: its conditions are not met. */
  readonly state: 'fits' | 'fails' | 'off';
  /** On the new baseline, when one was asked about. */
  readonly upgrade?: Upgrade;
}

/**
 * `clean`: as it is. `moved`: at other lines. `upstream`: not needed any more. `conflict`, `blocked`:
 * see the rules. `unknown`: it does not fit the baseline that there is.
 */
export type Upgrade = 'clean' | 'moved' | 'upstream' | 'conflict' | 'blocked' | 'unknown';

export interface GateReport {
  readonly root: string;
  /** What the new baseline was called, when one was asked about. */
  readonly against?: string;
  readonly sets: readonly string[];
  readonly conditions: Readonly<Record<string, string>>;
  readonly patches: readonly JudgedPatch[];
  readonly findings: readonly Finding[];
  /** `rebase`: whether the sets were changed. */
  readonly written?: boolean;
}

/** For reports that explain each rule once. */
export const ruleWords: Readonly<Record<Rule, string>> = {
  set_malformed: 'A manifest is not a manifest.',
  set_limit_exceeded: 'A set is larger than sets may be.',
  set_unsafe_path: 'A name leads out of its folder.',
  set_unknown_set: 'There is no such set.',
  set_unknown_file: 'The baseline does not have the file.',
  set_missing_patch: 'The patch file is not there.',
  set_unused_patch: 'No build uses the patch.',
  set_duplicate: 'Two things have one name.',
  set_wrong_file: 'The patch is for another file than its entry says.',
  set_base_mismatch: 'The text under the patch is not the one it was made for.',
  set_ambiguous_base: 'Which patch it follows cannot be told.',
  set_result_mismatch: 'The patch does not make what was recorded.',
  set_collision: 'Two patches touch the same lines.',
  set_patch_refused: 'The patch breaks a law.',
  set_artefact_mismatch: 'A build manifest was changed after the build.',
  set_changed_meanwhile: 'A set changed while it was read.',
  syntax: 'The patched file is not of its language.',
  unresolved_conflict: 'A rebase has left conflicts that nobody has resolved.',
  upgrade_conflict: 'The new baseline changed the same lines in another way.',
  upgrade_blocked: 'It follows a patch that cannot be carried over.',
  upgrade_upstream: 'The new baseline has the change already.',
};
