/**
 * Every way in which Firn says no: one table, made by the engine and the same on every target.
 * `malformed_text`, `invalid_argument` and `disposed` are found on this side of the boundary.
 */
export type ErrorCode =
  | 'malformed_json'
  | 'malformed_batch'
  | 'malformed_diff'
  | 'malformed_text'
  | 'invalid_argument'
  | 'snapshot_mismatch'
  | 'line_out_of_range'
  | 'order_violation'
  | 'snapshot_mutated'
  | 'insert_out_of_bounds'
  | 'overlap'
  | 'stale_revision'
  | 'snapshot_size_changed'
  | 'expectation_failed'
  | 'hunk_failed'
  | 'ambiguous_placement'
  | 'unsafe_path'
  | 'binary_patch'
  | 'limit_exceeded'
  | 'merge_conflict'
  | 'disposed';

/** Which patch of a batch. */
export interface PatchRef {
  /** 0-based place in the batch, in the order given. */
  readonly index: number;
  /** The id that the patch was given; absent when it has none. */
  readonly id?: string;
}

/** A place in the JSON text of a batch. */
export interface InputPosition {
  /** 0-based, in bytes of UTF-8. */
  readonly byteOffset: number;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in bytes of UTF-8. */
  readonly byteColumn: number;
}

/** One refusal as data. Fields that do not apply are absent. */
export interface ErrorFields {
  readonly code: ErrorCode;
  /** One sentence for people: what, where, and the bound. */
  readonly message: string;
  /** The law that was broken, 1 to 7. */
  readonly law?: number;
  /** The patch refused. */
  readonly patch?: PatchRef;
  /**
   * `overlap`: the earlier patch that holds the line. Without its id in a report that has quoted 1 MiB of
   * such ids.
   */
  readonly other?: PatchRef;
  /** 1-based line of the snapshot; in `invalid_argument`, the line that was asked for. */
  readonly line?: number;
  /** The bound that was passed, in the unit the message names. */
  readonly limit?: number;
  /** The hunk that was not placed: 0-based, in the order of the diff. */
  readonly hunk?: number;
  /** The line of the diff at which that hunk begins, from 1. */
  readonly diffLine?: number;
  /** `ambiguous_placement`: the other line at which the hunk fits, as well as at `line`. */
  readonly otherLine?: number;
  /** `hunk_failed`: what the hunk would write is there already. Absent when it is not. */
  readonly alreadyApplied?: true;
  /** What was asked for; a text is cut at 4096 bytes. */
  readonly expected?: string;
  /** What is there; a text is cut at 4096 bytes. */
  readonly found?: string;
  /** `malformed_json`, `malformed_batch`, `malformed_diff`, `unsafe_path`, `binary_patch`: where in the input. */
  readonly position?: InputPosition;
}

/**
 * The one error class of Firn. Its fields are those of `ErrorFields`; of a refused batch, those of
 * the first violation, with all of them under `violations`.
 */
export class FirnError extends Error implements ErrorFields {
  override readonly name = 'FirnError';
  readonly code: ErrorCode;
  declare readonly law?: number;
  declare readonly patch?: PatchRef;
  declare readonly other?: PatchRef;
  declare readonly line?: number;
  declare readonly limit?: number;
  declare readonly hunk?: number;
  declare readonly diffLine?: number;
  declare readonly otherLine?: number;
  declare readonly alreadyApplied?: true;
  declare readonly expected?: string;
  declare readonly found?: string;
  declare readonly position?: InputPosition;
  /**
   * Why the batch was refused, in batch order: one under `fail-fast`, all of them under `atomic`.
   * Empty when the error is not about a batch and its snapshot.
   */
  readonly violations: readonly ErrorFields[];

  /** For those who refuse in Firn's words; what the engine throws it makes itself. */
  constructor(fields: ErrorFields, violations: readonly ErrorFields[] = []) {
    super(fields.message);
    this.code = fields.code;
    this.violations = violations;
    // Only what is there: an absent field stays absent, so that errors compare as data.
    const { code: _code, message: _message, ...rest } = fields;
    Object.assign(this, rest);
  }

  /** The fields, the message among them: what `JSON.stringify` writes. */
  toJSON(): ErrorFields & { readonly violations: readonly ErrorFields[] } {
    const { name: _name, violations, ...rest }: FirnError = this;
    return { ...rest, message: this.message, violations };
  }
}

/** The error that core wrote as JSON. */
export function errorFromJson(json: string): FirnError {
  const { violations, ...fields } = JSON.parse(json) as ErrorFields & {
    violations?: ErrorFields[];
  };
  return new FirnError(fields, violations);
}

export function invalidArgument(
  message: string,
  fields: Pick<ErrorFields, 'line' | 'limit'> = {},
): FirnError {
  return new FirnError({ code: 'invalid_argument', message, ...fields });
}
