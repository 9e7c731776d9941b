import { describe } from './arguments.js';
import { FirnError, invalidArgument } from './error.js';
import { requireWellFormed } from './text.js';

/** The JSON of a batch that was given as an object or an array. */
export function jsonOf(input: unknown): string {
  if (typeof input !== 'object' || input === null || isBinary(input)) {
    throw invalidArgument(
      `engine.batch: needs JSON as a string or a Uint8Array, an object or an array, not ${describe(input)}`,
    );
  }
  let json: string | undefined;
  try {
    json = JSON.stringify(input);
    // JSON has a spelling for a lone surrogate, which UTF-8 has not.
    if (json !== undefined && /\\ud[89a-f]/.test(json)) requireStringsWellFormed(input);
  } catch (cause) {
    if (cause instanceof FirnError) throw cause;
    throw invalidArgument(`engine.batch: the object has no JSON: ${String(cause)}`);
  }
  if (json === undefined) throw invalidArgument('engine.batch: the object has no JSON');
  return json;
}

/** Bytes of another kind have a JSON that nobody means. */
function isBinary(input: object): boolean {
  return ArrayBuffer.isView(input) || input instanceof ArrayBuffer;
}

/** Refuses the first string, or key, with a lone surrogate by its place: `patches[0].text`. */
function requireStringsWellFormed(input: object): void {
  const places = new Map<unknown, string>();
  JSON.stringify(input, function (this: unknown, key: string, value: unknown) {
    const parent = places.get(this) ?? '';
    const place = placeIn(parent, key, this);
    requireWellFormed(key, `engine.batch: a key of ${parent || 'the batch'}`);
    if (typeof value === 'string') requireWellFormed(value, `engine.batch: ${place}`);
    if (typeof value === 'object' && value !== null) places.set(value, place);
    return value;
  });
}

function placeIn(parent: string, key: string, holder: unknown): string {
  if (Array.isArray(holder)) return `${parent}[${key}]`;
  return parent === '' ? key : `${parent}.${key}`;
}
