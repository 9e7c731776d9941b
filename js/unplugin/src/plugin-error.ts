import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FirnError } from '@firn/engine';
import { FirnSetError, type SetErrorFields } from '@firn/sets';
import { frameOf } from './frame.js';

/** A place in a file, as bundlers want it. */
export interface ErrorLocation {
  /** Absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** How an error is told to a bundler. */
export interface PluginErrorFields {
  readonly message: string;
  /** A code of the engine's, of @firn/sets, or `syntax`. */
  readonly code: string;
  readonly loc?: ErrorLocation | undefined;
  /** The text that `loc` is in, where it is not on disk. */
  readonly text?: string | undefined;
  /** The module at fault. */
  readonly id?: string | undefined;
  /** The law that was broken, 1 to 7. */
  readonly law?: number | undefined;
}

/**
 * Why a build stops. `message` names file, line, patch and law; `loc`, `frame` and `id` are those of
 * Rollup and Vite, whose overlay shows them.
 */
export class FirnPluginError extends Error {
  override readonly name = 'FirnPluginError';
  readonly code: string;
  readonly plugin = 'firn';
  readonly id: string | undefined;
  readonly loc: ErrorLocation | undefined;
  readonly frame: string | undefined;
  readonly law: number | undefined;

  /** @internal */
  constructor({ message, code, loc, text, id, law }: PluginErrorFields) {
    super(message);
    this.code = code;
    this.id = id ?? loc?.file;
    this.loc = loc;
    this.frame = loc && frameOf(text ?? contentOf(loc.file), loc.line, loc.column);
    this.law = law;
    // Where our code threw it tells nobody anything; overlays would show it.
    this.stack = `${this.name}: ${message}`;
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Anything thrown while `file` was patched, as an error for bundlers. Errors that are not about
 * patches come back as they are. `pathOf`: where a file of the sets is. Nothing is kept under `cause`:
 * bundlers print that with its stack, which tells a user nothing.
 */
export function pluginError(cause: unknown, pathOf: (file: string) => string): unknown {
  if (cause instanceof FirnError) {
    return new FirnPluginError({ message: cause.message, code: cause.code, law: cause.law });
  }
  if (!(cause instanceof FirnSetError)) return cause;
  const [first = cause] = cause.problems;
  const id = first.file === undefined ? undefined : pathOf(first.file);
  const law = first.violations?.find((violation) => violation.law !== undefined)?.law;
  return new FirnPluginError({
    message: cause.problems.map((problem) => lineOf(problem)).join('\n'),
    code: first.code,
    loc: placeOf(first, id),
    id,
    law,
  });
}

/** One problem in one line, and one for each of the engine's reasons. */
function lineOf(problem: SetErrorFields): string {
  const { message, violations = [], path: own, position } = problem;
  const at = own === undefined ? '' : ` (${own}${position ? `:${position.line}` : ''})`;
  const reasons = violations.map(({ law, message: why }) =>
    law === undefined ? `  ${why}` : `  law ${law}: ${why}`,
  );
  return [`${message}${at}`, ...reasons].join('\n');
}

/** The most telling place: where JSON went wrong, a line of the frozen text, the patch's own file. */
function placeOf(problem: SetErrorFields, id: string | undefined): ErrorLocation | undefined {
  const { violations = [], path: own, lines } = problem;
  const position = problem.position ?? violations.find((each) => each.position)?.position;
  const file = own === undefined ? undefined : path.resolve(own);
  if (file !== undefined && position) {
    return { file, line: position.line, column: position.byteColumn - 1 };
  }
  const line = lines?.from ?? violations.find((each) => each.line !== undefined)?.line;
  if (id !== undefined && line !== undefined) return { file: id, line, column: 0 };
  return file === undefined ? undefined : { file, line: 1, column: 0 };
}
