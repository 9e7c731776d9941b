import type { ErrorCode } from '@firn/engine';

/** Why a command came to no end of its own. The batch being refused is no failure: that is an answer. */
export type FailureCode =
  /** The command line was not understood. */
  | 'usage'
  /** A file could not be read or written. */
  | 'io'
  /** The file is no longer what was read. */
  | 'changed_meanwhile'
  /** An apply to a tree was cut short, and somebody has to say what becomes of it. */
  | 'unfinished'
  /** No backend could be loaded. */
  | 'engine_load'
  /** A bug in Firn. */
  | 'internal'
  /** What the engine finds wrong before there is a batch to judge: `limit_exceeded`, say. */
  | ErrorCode;

export interface FailureDetails {
  /** The file it is about, as the user named it. */
  readonly path?: string;
  /** The system's name for what went wrong, such as ENOENT. */
  readonly errno?: string;
  /** Where in the code it happened: of a bug only. */
  readonly trace?: string;
}

/** Ends the command with exit code 2 and one line: `firn: ` and the message. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** A call that was not understood. */
export function usage(message: string): Failure {
  return new Failure('usage', message);
}

/** Nobody reads the output any more. Other tools end without a word then, and so do we. */
export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe';
}
