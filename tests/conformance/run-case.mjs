// @ts-check
/**
 * The interpreter of the corpus for JavaScript, over `@firn/engine` and whatever backend it has. Nothing here is Node's or the
 * browser's own, so one file runs in both. README.md says what it has to do.
 */
import {
  attempt,
  bytesFrom,
  compare,
  compareBytes,
  compareKeys,
  Difference,
  decoded,
  differ,
} from './compare.mjs';
import { runVerb } from './run-verb.mjs';

/** What is asked of an engine, in Node or in a page.
 * @typedef {import('./run-verb.mjs').Engine} Engine */
/** @typedef {import('@firn/engine').Snapshot} Snapshot */
/** @typedef {import('@firn/engine').Batch} Batch */
/** @typedef {import('@firn/engine').Patched} Patched */
/** @typedef {null | boolean | number | string | Json[] | { [key: string]: Json }} Json */
/** @typedef {{ from: number, to: number, is: Json[] }} Range */
/**
 * @typedef {{ snapshot?: { lineCount?: number, byteLength?: number, fingerprint?: string, lines?: string[] }, check?: Record<string, Json>, errors?: Json[], text?: string,
 *   textBase64?: string, revision?: number, lineCount?: number, byteLength?: number, fingerprint?: string,
 *   report?: Record<string, Json>, changes?: Json[], lines?: Range[], provenance?: Range[], mapLine?: (number | null)[],
 *   unmapLine?: (number | null)[], unifiedDiff?: { context: number, is?: string, isBase64?: string },
 *   sourceMap?: { hires: 'line' | 'boundary', is: string } }} Expect
 */
/**
 * @typedef {{ name: string, base?: string, baseBase64?: string, batch?: object, batchText?: string, batchBase64?: string,
 *   options?: import('@firn/engine').ApplyOptions, limits?: import('@firn/engine').Limits, expect: Expect }} Case
 */
/** @typedef {import('./run-verb.mjs').VerbCase} VerbCase */
/** @typedef {{ about: string, cases: (Case | VerbCase)[] }} CaseFile */
/** @typedef {{ name: string, difference: string | undefined }} Result */

/** The bytes that it writes into memory with more on either side. @param {Patched} patched */
function bytesWritten(patched) {
  const whole = new Uint8Array(patched.byteLength + 2);
  const written = patched.bytesInto(whole.subarray(1));
  compare('bytes written outside', [0, 0], [whole[0], whole[written + 1]]);
  return whole.subarray(1, 1 + written);
}

/** @param {Patched} patched @param {number} baseLineCount @param {Expect} expect */
function comparePatched(patched, baseLineCount, expect) {
  const text = bytesFrom(expect.text, expect.textBase64);
  compareBytes('text', text, patched.bytes());
  compareBytes('bytesInto', text, bytesWritten(patched));
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
  if (expect.sourceMap) {
    const { hires, is } = expect.sourceMap;
    compare('sourceMap', is, patched.sourceMap({ hires }));
    const { mappings } = JSON.parse(is);
    compare('mappings', mappings, patched.mappings({ hires }));
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

/** Runs one case; `difference` says what came out otherwise. @param {Engine} engine @param {Case | VerbCase} test @returns {Result} */
export function runCase(engine, test) {
  try {
    if ('verb' in test) runVerb(engine, test);
    else run(engine, test);
    return { name: test.name, difference: undefined };
  } catch (error) {
    if (error instanceof Difference) return { name: test.name, difference: error.message };
    return { name: test.name, difference: `threw ${error instanceof Error ? error.stack : error}` };
  }
}
