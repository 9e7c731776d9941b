import { describe } from './arguments.js';
import { invalidArgument } from './error.js';
import { jsonOf } from './json-of.js';

/** A batch as data: `firn.batch/1`. Only `patches` is required. */
export interface BatchInput {
  readonly schema?: 'firn.batch/1' | undefined;
  /** Names the batch in reports; not empty. */
  readonly id?: string | undefined;
  /** The file it is about; names the sides of a unified diff. */
  readonly file?: string | undefined;
  /** The text that the batch was made for; on any other it is refused. */
  readonly base?:
    | {
        /** 32 hex digits, as `snapshot.fingerprint`. */
        readonly fingerprint?: string | undefined;
        readonly lineCount?: number | undefined;
      }
    | undefined;
  /** The revision that the batch was made for; at any other it is refused. */
  readonly revision?: number | undefined;
  readonly patches: readonly PatchInput[];
  /** Yours; ignored. */
  readonly [extension: `x-${string}`]: unknown;
}

/** One patch. Lines count from 1 and are those of the snapshot, never of a half-patched text. */
export type PatchInput = ReplaceInput | DeleteInput | InsertInput;

interface PatchCommon {
  /** Names the patch in errors and reports; unique in its batch. */
  readonly id?: string | undefined;
  /** The first line it takes; an insert goes before it. */
  readonly line: number;
  /** What the lines hold now (of an insert: the line it goes before); else the patch is refused. */
  readonly expect?: string | undefined;
  /** `text` goes in byte for byte and brings its own line ends; default: those of the file. */
  readonly verbatim?: boolean | undefined;
  /** Yours; ignored. */
  readonly [extension: `x-${string}`]: unknown;
}

/** New lines: one `text`, split at LF ("" is one empty line), or one string a line. */
type NewLines =
  | { readonly text: string; readonly lines?: undefined }
  | { readonly lines: readonly string[]; readonly text?: undefined };

/** Puts new lines in the place of lines `line` to `endLine`. */
export type ReplaceInput = PatchCommon &
  NewLines & {
    readonly op: 'replace';
    /** The last line it takes, included; default `line`. */
    readonly endLine?: number | undefined;
  };

/** Takes lines `line` to `endLine` away. */
export interface DeleteInput extends PatchCommon {
  readonly op: 'delete';
  /** The last line it takes, included; default `line`. */
  readonly endLine?: number | undefined;
}

/** Puts new lines before line `line`; one past the last line appends. */
export type InsertInput = PatchCommon & NewLines & { readonly op: 'insert' };

/** The JSON of a batch that was given as an object or an array. */
export function jsonOfBatch(input: unknown, what: string): string {
  if (typeof input !== 'object' || input === null || isBinary(input)) {
    throw invalidArgument(
      `${what}: needs JSON as a string or a Uint8Array, an object or an array, not ${describe(input)}`,
    );
  }
  return jsonOf(input, what);
}

/** Bytes of another kind have a JSON that nobody means. */
function isBinary(input: object): boolean {
  return ArrayBuffer.isView(input) || input instanceof ArrayBuffer;
}
