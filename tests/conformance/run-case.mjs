// @ts-check
/**
 * The interpreter of the corpus for JavaScript, over `@firn/engine` and whatever backend it has. Nothing here is Node's or the
 * browser's own, so one file runs in both. README.md says what it has to do.
 */

/** What is asked of an engine, in Node or in a page.
 * @typedef {Pick<import('@firn/engine').Engine, 'freeze' | 'batch'>} Engine */
/** @typedef {import('@firn/engine').Snapshot} Snapshot */
/** @typedef {import('@firn/engine').Batch} Batch */
/** @typedef {import('@firn/engine').Patched} Patched */
/** @typedef {import('@firn/engine').FirnError} FirnError */
/** @typedef {null | boolean | number | string | Json[] | { [key: string]: Json }} Json */
/** @typedef {{ from: number, to: number, is: Json[] }} Range */
/**
 * @typedef {{ snapshot?: { lineCount?: number, byteLength?: number, fingerprint?: string, lines?: string[] }, check?: Record<string, Json>, errors?: Json[], text?: string,
 *   textBase64?: string, revision?: number, lineCount?: number, byteLength?: number, fingerprint?: string,
 *   report?: Record<string, Json>, changes?: Json[], lines?: Range[], provenance?: Range[], mapLine?: (number | null)[],
 *   unmapLine?: (number | null)[], unifiedDiff?: { context: number, is?: string, isBase64?: string } }} Expect
 */
/**
 * @typedef {{ name: string, base?: string, baseBase64?: string, batch?: object, batchText?: string, batchBase64?: string,
 *   options?: import('@firn/engine').ApplyOptions, limits?: import('@firn/engine').Limits, expect: Expect }} Case
 */
/** @typedef {{ about: string, cases: Case[] }} CaseFile */
/** @typedef {{ name: string, difference: string | undefined }} Result */

const ERROR_KEYS = /** @type {const} */ ([
  'code',
  'message',
  'law',
  'patch',
  'other',
  'line',
  'limit',
  'expected',
  'found',
  'position',
]);

/** The first difference of a case; it ends the case. */
class Difference extends Error {}

/** @param {string} base64 */
const decoded = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** @param {string | undefined} text @param {string | undefined} base64 @returns {Uint8Array | undefined} */
function bytesFrom(text, base64) {
  if (text !== undefined) return new TextEncoder().encode(text);
  return base64 === undefined ? undefined : decoded(base64);
}

/** @param {string} where @param {unknown} expected @param {unknown} found @returns {never} */
function differ(where, expected, found) {
  const show = (/** @type {unknown} */ value) =>
    value === undefined ? 'nothing' : JSON.stringify(value);
  throw new Difference(`${where}: expected ${show(expected)}, found ${show(found)}`);
}

/** Compares exactly; only a `message` that the case does not give is free. @param {string} where @param {unknown} expected @param {unknown} found */
function compare(where, expected, found) {
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
function compareKeys(where, expected, found) {
  for (const [key, value] of Object.entries(expected ?? {})) {
    compare(`${where}.${key}`, value, /** @type {Record<string, unknown>} */ (found)[key]);
  }
}

/** @param {string} where @param {Uint8Array | undefined} expected @param {Uint8Array} found */
function compareBytes(where, expected, found) {
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
function attempt(act) {
  try {
    return { made: act() };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FirnError') throw error;
    return { errors: violationsOf(/** @type {FirnError} */ (error)) };
  }
}

/** @param {Patched} patched @param {number} baseLineCount @param {Expect} expect */
function comparePatched(patched, baseLineCount, expect) {
  compareBytes('text', bytesFrom(expect.text, expect.textBase64), patched.bytes());
  if (expect.text !== undefined) compare('text()', expect.text, patched.text());
  for (const key of /** @type {const} */ (['revision', 'lineCount', 'byteLength', 'fingerprint'])) {
    if (expect[key] !== undefined) compare(key, expect[key], patched[key]);
  }
  compareKeys('report', expect.report, patched.report);
  if (expect.changes) compare('changes', expect.changes, patched.changes());
  for (const { from, to, is } of expect.lines ?? []) {
    compare(`lines(${from}, ${to})`, is, patched.lines(from, to));
    for (const [at, content] of is.entries()) {
      compare(`line(${from + at})`, content, patched.line(from + at));
    }
  }
  for (const { from, to, is } of expect.provenance ?? []) {
    compare(`provenance(${from}, ${to})`, is, patched.provenance(from, to));
  }
  const numbers = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => at + 1);
  if (expect.mapLine) {
    const mapped = numbers(baseLineCount).map((line) => patched.mapLine(line));
    compare('mapLine', expect.mapLine, mapped);
  }
  if (expect.unmapLine) {
    const unmapped = numbers(patched.lineCount).map((line) => patched.unmapLine(line));
    compare('unmapLine', expect.unmapLine, unmapped);
  }
  if (expect.unifiedDiff) {
    const { context, is, isBase64 } = expect.unifiedDiff;
    const diff = patched.unifiedDiffBytes({ context });
    compareBytes('unifiedDiff', bytesFrom(is, isBase64), diff);
  }
}

/** @param {Engine} engine @param {Case} test */
function readBatch(engine, { batch, batchText, batchBase64, limits }) {
  const options = limits && { limits };
  if (batch !== undefined) {
    return engine.batch(/** @type {import('@firn/engine').BatchInput} */ (batch), options);
  }
  if (batchText !== undefined) return engine.batch(batchText, options);
  return engine.batch(decoded(batchBase64 ?? ''), options);
}

/** @param {Engine} engine @param {Case} test */
function run(engine, test) {
  const { base, baseBase64, options, expect } = test;
  const { snapshot: frozen, check: checked, errors, ...views } = expect;
  const snapshot = engine.freeze(base ?? decoded(baseBase64 ?? ''));
  /** @type {(Batch | Patched)[]} */
  const made = [];
  try {
    if (frozen) {
      const { lineCount, byteLength, fingerprint } = snapshot;
      const lines = snapshot.lines(1, lineCount);
      compareKeys('snapshot', frozen, { lineCount, byteLength, fingerprint, lines });
    }
    if (!('batch' in test || 'batchText' in test || 'batchBase64' in test)) return;

    const read = attempt(() => readBatch(engine, test));
    if ('errors' in read) return compare('errors', errors, read.errors);
    made.push(read.made);
    if (checked) compareKeys('check', checked, snapshot.check(read.made, options));
    if (!errors && Object.keys(views).length === 0) return;

    const applied = attempt(() => snapshot.apply(read.made, options));
    if ('errors' in applied) return compare('errors', errors, applied.errors);
    made.push(applied.made);
    if (errors) differ('errors', errors, undefined);
    comparePatched(applied.made, snapshot.lineCount, views);
  } finally {
    snapshot.verify();
    for (const handle of [...made, snapshot]) handle.dispose();
  }
}

/** Runs one case; `difference` says what came out otherwise. @param {Engine} engine @param {Case} test @returns {Result} */
export function runCase(engine, test) {
  try {
    run(engine, test);
    return { name: test.name, difference: undefined };
  } catch (error) {
    if (error instanceof Difference) return { name: test.name, difference: error.message };
    return { name: test.name, difference: `threw ${error instanceof Error ? error.stack : error}` };
  }
}
