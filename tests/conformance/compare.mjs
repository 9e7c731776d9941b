// @ts-check
/** How the interpreter of the corpus compares, and what it takes from a case. Runs in Node and in a page. */

/** @typedef {import('@firn/engine').FirnError} FirnError */

const ERROR_KEYS = /** @type {const} */ ([
  'code',
  'message',
  'law',
  'patch',
  'other',
  'line',
  'limit',
  'hunk',
  'diffLine',
  'otherLine',
  'alreadyApplied',
  'expected',
  'found',
  'position',
]);

/** The first difference of a case; it ends the case. */
export class Difference extends Error {}

/** @param {string} base64 */
export const decoded = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** @param {string | undefined} text @param {string | undefined} base64 @returns {Uint8Array | undefined} */
export function bytesFrom(text, base64) {
  if (text !== undefined) return new TextEncoder().encode(text);
  return base64 === undefined ? undefined : decoded(base64);
}

/** @param {string} where @param {unknown} expected @param {unknown} found @returns {never} */
export function differ(where, expected, found) {
  const show = (/** @type {unknown} */ value) =>
    value === undefined ? 'nothing' : JSON.stringify(value);
  throw new Difference(`${where}: expected ${show(expected)}, found ${show(found)}`);
}

/** Compares exactly; only a `message` that the case does not give is free. @param {string} where @param {unknown} expected @param {unknown} found */
export function compare(where, expected, found) {
  if (Array.isArray(expected) && Array.isArray(found)) {
    if (expected.length !== found.length) differ(where, expected, found);
    for (const [at, item] of expected.entries()) compare(`${where}[${at}]`, item, found[at]);
    return;
  }
  if (isObject(expected) && isObject(found)) {
    for (const key of Object.keys(expected)) compare(`${where}.${key}`, expected[key], found[key]);
    for (const key of Object.keys(found)) {
      if (!(key in expected) && key !== 'message') differ(`${where}.${key}`, undefined, found[key]);
    }
    return;
  }
  if (expected !== found) differ(where, expected, found);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Compares the keys that are expected. @param {string} where @param {object | undefined} expected @param {object} found */
export function compareKeys(where, expected, found) {
  for (const [key, value] of Object.entries(expected ?? {})) {
    compare(`${where}.${key}`, value, /** @type {Record<string, unknown>} */ (found)[key]);
  }
}

/** @param {string} where @param {Uint8Array | undefined} expected @param {Uint8Array} found */
export function compareBytes(where, expected, found) {
  if (!expected) return;
  const same = expected.length === found.length && expected.every((byte, at) => byte === found[at]);
  if (same) return;
  const show = (/** @type {Uint8Array} */ bytes) => new TextDecoder('utf-8').decode(bytes);
  differ(where, show(expected), show(found));
}

/** @param {FirnError} error @returns {object[]} */
function violationsOf(error) {
  const [first] = error.violations;
  const own = Object.fromEntries(
    ERROR_KEYS.filter((key) => error[key] !== undefined).map((key) => [key, error[key]]),
  );
  if (!first) return [own];
  // The error's own fields are those of its first violation.
  compare('error', first, own);
  return [...error.violations];
}

/** What `act` makes, or the violations it is refused with. @template T @param {() => T} act @returns {{ made: T } | { errors: object[] }} */
export function attempt(act) {
  try {
    return { made: act() };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FirnError') throw error;
    return { errors: violationsOf(/** @type {FirnError} */ (error)) };
  }
}
