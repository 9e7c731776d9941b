import type { ErrorFields, FirnError, InputPosition, LineRange } from '@firn/engine';

/** Every way in which a patch set, or a build of it, is refused. The README says what to do about each. */
export type SetErrorCode =
  /** A manifest that is no JSON, or none of ours: `position` says where. */
  | 'set_malformed'
  | 'set_limit_exceeded'
  /** A name that leads out of its folder, or means something else on another system. */
  | 'set_unsafe_path'
  /** A set that was asked for and is not there. */
  | 'set_unknown_set'
  /** A patch is for a file that the baseline does not have. */
  | 'set_unknown_file'
  /** The manifest names a patch file that is not there. */
  | 'set_missing_patch'
  /** A patch that changes nothing, that no manifest names, or that a build did not use. */
  | 'set_unused_patch'
  /** Two sets, two patches of a set, or two entries of one patch file under the same name. */
  | 'set_duplicate'
  /** What the patch file is for is not what its entry says. */
  | 'set_wrong_file'
  /** The text under a patch is not the one that it was made for. */
  | 'set_base_mismatch'
  /** A patch follows the text of several others, and which of them cannot be told. */
  | 'set_ambiguous_base'
  /** The patch does not make of its base what it was recorded to make. */
  | 'set_result_mismatch'
  /** Two patches touch the same lines. */
  | 'set_collision'
  /** The engine refuses the patch: the reasons are under `violations`. */
  | 'set_patch_refused'
  /** A build manifest is not what its id was made of. */
  | 'set_artefact_mismatch'
  /** A set on disk is no longer what was read. */
  | 'set_changed_meanwhile';

/** A patch of a set, by name. */
export interface SetPatchRef {
  readonly set: string;
  readonly patch: string;
}

/** One refusal as data. Fields that do not apply are absent. */
export interface SetErrorFields {
  readonly code: SetErrorCode;
  /** One sentence for people: what, where, and the bound. */
  readonly message: string;
  readonly set?: string;
  /** Id of the patch in its set. */
  readonly patch?: string;
  /** `set_collision`, `set_duplicate`, `set_ambiguous_base`: the other one. */
  readonly other?: SetPatchRef;
  /** The file to be patched, below the root. */
  readonly file?: string;
  /** The manifest or patch file at fault, as it was named to the reader. */
  readonly path?: string;
  readonly position?: InputPosition;
  /** `set_collision`: lines of the text that both are over. */
  readonly lines?: LineRange;
  readonly limit?: number;
  readonly expected?: string;
  readonly found?: string;
  /** The engine's reasons, in its words. */
  readonly violations?: readonly ErrorFields[];
}

/** Why a patch set was refused. Of several reasons it is the first, with all of them under `problems`. */
export class FirnSetError extends Error implements SetErrorFields {
  override readonly name = 'FirnSetError';
  readonly code: SetErrorCode;
  declare readonly set?: string;
  declare readonly patch?: string;
  declare readonly other?: SetPatchRef;
  declare readonly file?: string;
  declare readonly path?: string;
  declare readonly position?: InputPosition;
  declare readonly lines?: LineRange;
  declare readonly limit?: number;
  declare readonly expected?: string;
  declare readonly found?: string;
  declare readonly violations?: readonly ErrorFields[];
  /** This one first; the others were found in the same pass. */
  readonly problems: readonly SetErrorFields[];

  constructor(fields: SetErrorFields, others: readonly SetErrorFields[] = []) {
    super(fields.message);
    this.code = fields.code;
    this.problems = Object.freeze([fields, ...others]);
    // Only what is there: an absent field stays absent, so that errors compare as data.
    const { code: _code, message: _message, ...rest } = fields;
    Object.assign(this, rest);
  }

  /** The fields, the message among them: what `JSON.stringify` writes. */
  toJSON(): SetErrorFields & { readonly problems: readonly SetErrorFields[] } {
    const { name: _name, ...rest }: FirnSetError = this;
    return { ...rest, message: this.message };
  }
}

/** Throws the first of the problems with all of them under it; nothing when there is none. */
export function refuseFor(problems: readonly SetErrorFields[]): void {
  const [first, ...others] = problems;
  if (first) throw new FirnSetError(first, others);
}

/** By its name: the engine may be another copy of the package than this one would load. */
export function isFirnError(error: unknown): error is FirnError {
  return error instanceof Error && error.name === 'FirnError';
}
