import { FirnError, invalidArgument } from './error.js';
import { requireWellFormed } from './text.js';

/**
 * The JSON of what `meant` makes of `input`, which may be anything that looks like it. `what` names
 * the method in errors.
 */
export function jsonOf<T extends object>(
  input: T,
  what: string,
  meant: (input: T) => object = (same) => same,
): string {
  let json: string | undefined;
  try {
    const value = meant(input);
    json = JSON.stringify(value);
    // JSON has a spelling for a lone surrogate, which UTF-8 has not.
    if (json !== undefined && /\\ud[89a-f]/.test(json)) requireStringsWellFormed(value, what);
  } catch (cause) {
    if (cause instanceof FirnError) throw cause;
    throw invalidArgument(`${what}: the object has no JSON: ${String(cause)}`);
  }
  if (json === undefined) throw invalidArgument(`${what}: the object has no JSON`);
  return json;
}

/** Refuses the first string, or key, with a lone surrogate by its place: `patches[0].text`. */
function requireStringsWellFormed(input: object, what: string): void {
  const places = new Map<unknown, string>();
  JSON.stringify(input, function (this: unknown, key: string, value: unknown) {
    const parent = places.get(this) ?? '';
    const place = placeIn(parent, key, this);
    requireWellFormed(key, `${what}: a key of ${parent || 'the batch'}`);
    if (typeof value === 'string') requireWellFormed(value, `${what}: ${place}`);
    if (typeof value === 'object' && value !== null) places.set(value, place);
    return value;
  });
}

function placeIn(parent: string, key: string, holder: unknown): string {
  if (Array.isArray(holder)) return `${parent}[${key}]`;
  return parent === '' ? key : `${parent}.${key}`;
}
