/** What is asked of trees, as it crosses. */
import { describe, isBytes, requireSound, requireWhole } from './arguments.js';
import { invalidArgument } from './error.js';
import { fieldsOf, flagArgument, placeArguments } from './option-arguments.js';
import { requireText } from './text-input.js';
import type { ApplyToTreeOptions, CancelSignal, CopyTreeOptions } from './trees.js';

/** A path that the system would not cut short. */
export function pathArgument(path: unknown, what: string): string {
  const text = requireText(path, what);
  if (!text.includes('\0')) return text;
  throw invalidArgument(`${what} has a NUL, which no path has: ${describe(text)}`);
}

export function applyToTreeArguments(options: ApplyToTreeOptions | undefined, what: string) {
  const given = fieldsOf(options, `${what}: options`, [
    ...(['strip', 'placing', 'flush', 'owner', 'places', 'signal'] as const),
  ]);
  return {
    owner: requireText(given.owner, `${what}: owner`),
    strip: requireWhole(given.strip, `${what}: strip`, 0, Number.MAX_SAFE_INTEGER),
    flush: flagArgument(given.flush, `${what}: flush`),
    places: flagArgument(given.places, `${what}: places`),
    placing: placeArguments(given.placing, `${what}: placing`),
    signal: signalArgument(given.signal, `${what}: signal`),
  };
}

export function copyTreeArguments(options: CopyTreeOptions | undefined, what: string) {
  const given = fieldsOf(options, `${what}: options`, [
    ...(['replacements', 'hardLinks', 'signal', 'onProgress'] as const),
  ]);
  const { onProgress } = given;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw invalidArgument(`${what}: onProgress must be a function, not ${describe(onProgress)}`);
  }
  return {
    ...replacementArguments(given.replacements, `${what}: replacements`),
    hardLinks: flagArgument(given.hardLinks, `${what}: hardLinks`),
    signal: signalArgument(given.signal, `${what}: signal`),
    onProgress,
  };
}

function replacementArguments(
  replacements: unknown,
  what: string,
): { readonly paths: string[]; readonly contents: Uint8Array[] } {
  if (replacements === undefined) return { paths: [], contents: [] };
  if (!(replacements instanceof Map)) {
    throw invalidArgument(`${what} must be a Map, not ${describe(replacements)}`);
  }
  const entries: ReadonlyMap<unknown, unknown> = replacements;
  const paths: string[] = [];
  const contents: Uint8Array[] = [];
  for (const [path, bytes] of entries) {
    paths.push(pathArgument(path, `${what}: a path`));
    if (!isBytes(bytes)) {
      throw invalidArgument(
        `${what}: what a file holds must be a Uint8Array, not ${describe(bytes)}`,
      );
    }
    requireSound(bytes, what);
    contents.push(bytes);
  }
  return { paths, contents };
}

function signalArgument(signal: CancelSignal | undefined, what: string): CancelSignal | undefined {
  if (signal === undefined) return undefined;
  const isSignal =
    typeof signal === 'object' && signal !== null && typeof signal.addEventListener === 'function';
  if (isSignal) return signal;
  throw invalidArgument(`${what} must be an AbortSignal, not ${describe(signal)}`);
}
