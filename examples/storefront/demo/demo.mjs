// @ts-check
// Applies every patch of every store twice, once in the native addon and once in WebAssembly, and
// compares what comes out. Writes the patched shops to out/<store>/. Exits with 1 when a pair of
// fingerprints differs, with 2 when there is nothing to compare.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { paint, paintDiff, table } from './print.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {import('@firn/engine').Report} Report */

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const baseline = join(here, 'baseline');
const patches = join(here, 'patches');

/** The diff to show: short, with Japanese, an emoji and a last line that has no line end. */
const shown = { store: 'kaiju-games', file: 'src/data/store.json' };

/** Runs per file and backend. The median of them is what a warm process needs. */
const RUNS = 25;

async function loadEngines() {
  try {
    const { loadEngine } = await import('@firn/engine');
    return {
      native: await loadEngine({ backend: 'native' }),
      wasm: await loadEngine({ backend: 'wasm' }),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    console.error(`The engine is not built: run "make build" at the root of the repository.`);
    console.error(paint('dim', reason));
    process.exit(2);
  }
}

/**
 * @typedef {object} Outcome
 * @property {Uint8Array} bytes
 * @property {string} fingerprint
 * @property {Report} report
 * @property {string} diff
 * @property {number} microseconds median time to freeze, read the batch, apply it, take the bytes
 */

/**
 * A refused batch is an answer, not a crash: the engine's message says what, where and why.
 * @param {Engine} firn
 * @param {Uint8Array} base
 * @param {Uint8Array} json
 * @param {string} of the store and file, for a message
 * @returns {Outcome}
 */
function patch(firn, base, json, of) {
  try {
    const times = Array.from({ length: RUNS }, () => run(firn, base, json, () => undefined).time);
    return run(firn, base, json, (patched, bytes) => ({
      bytes,
      fingerprint: patched.fingerprint,
      report: patched.report,
      diff: patched.unifiedDiff({ context: 3 }),
      microseconds: times.sort((a, b) => a - b)[RUNS >> 1] ?? 0,
    })).result;
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'FirnError')) throw cause;
    console.error(paint('red', `${of}: ${cause.message}`));
    process.exit(2);
  }
}

/**
 * @template T
 * @param {Engine} firn
 * @param {Uint8Array} base
 * @param {Uint8Array} json
 * @param {(patched: import('@firn/engine').Patched, bytes: Uint8Array) => T} look
 */
function run(firn, base, json, look) {
  const start = performance.now();
  const snapshot = firn.freeze(base);
  const batch = firn.batch(json);
  const patched = snapshot.apply(batch);
  const bytes = patched.bytes();
  const time = (performance.now() - start) * 1000;
  try {
    return { time, result: look(patched, bytes) };
  } finally {
    for (const handle of [patched, batch, snapshot]) handle.dispose();
  }
}

/** @param {string} store */
function readBatches(store) {
  return readdirSync(join(patches, store))
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(patches, store, name)))
    .map((json) => ({ json, file: String(JSON.parse(json.toString()).file) }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/**
 * @param {{ native: Engine, wasm: Engine }} engines
 * @param {string} store
 */
function patchStore(engines, store) {
  const out = join(here, 'out', store);
  rmSync(out, { recursive: true, force: true });
  cpSync(baseline, out, { recursive: true });

  return readBatches(store).map(({ json, file }) => {
    const base = readFileSync(join(baseline, file));
    const of = `${store}: ${file}`;
    const native = patch(engines.native, base, json, of);
    const wasm = patch(engines.wasm, base, json, of);
    const same =
      native.fingerprint === wasm.fingerprint && Buffer.compare(native.bytes, wasm.bytes) === 0;
    writeFileSync(join(out, file), native.bytes);
    return { store, file, native, wasm, same };
  });
}

/** @typedef {ReturnType<typeof patchStore>[number]} Row */

/** @param {number} microseconds */
const duration = (microseconds) =>
  microseconds < 1000 ? `${microseconds.toFixed(0)} µs` : `${(microseconds / 1000).toFixed(1)} ms`;

/** @param {Row[]} rows */
function summary(rows) {
  /** @param {(row: Row) => number} value */
  const sum = (value) => rows.reduce((total, row) => total + value(row), 0);
  /** @param {number} added @param {number} removed */
  const lines = (added, removed) => `+${added} −${removed}`;
  const same = rows.filter((row) => row.same).length;

  return table([
    {
      title: 'store',
      align: 'left',
      cells: [
        ...rows.map(({ store }, i) => (store === rows[i - 1]?.store ? '' : store)),
        `${new Set(rows.map(({ store }) => store)).size} stores`,
      ],
    },
    {
      title: 'file',
      align: 'left',
      least: 22,
      cells: [...rows.map(({ file }) => file), `${rows.length} files`],
    },
    {
      title: 'patches',
      align: 'right',
      leaves: 4,
      cells: [
        ...rows.map(({ native }) => String(native.report.applied.length)),
        String(sum(({ native }) => native.report.applied.length)),
      ],
    },
    {
      title: 'lines',
      align: 'right',
      leaves: 5,
      cells: [
        ...rows.map(({ native: { report } }) =>
          lines(report.counts.linesAdded, report.counts.linesRemoved),
        ),
        lines(
          sum(({ native }) => native.report.counts.linesAdded),
          sum(({ native }) => native.report.counts.linesRemoved),
        ),
      ],
    },
    .../** @type {const} */ (['native', 'wasm']).map((backend, i) => ({
      title: backend,
      align: /** @type {const} */ ('right'),
      leaves: 3 - i,
      cells: [
        ...rows.map((row) => duration(row[backend].microseconds)),
        duration(sum((row) => row[backend].microseconds)),
      ],
    })),
    .../** @type {const} */ (['native', 'wasm']).map((backend, i) => ({
      title: `${backend} XXH3`,
      align: /** @type {const} */ ('left'),
      style: /** @type {const} */ ('dim'),
      leaves: 1 - i,
      cells: [...rows.map((row) => row[backend].fingerprint.slice(0, 12)), ''],
    })),
    {
      title: 'same',
      align: 'right',
      style: same === rows.length ? 'green' : 'red',
      cells: [...rows.map((row) => (row.same ? 'yes' : 'NO')), `${same}/${rows.length}`],
    },
  ]);
}

const engines = await loadEngines();
const stores = readdirSync(patches).sort();
const rows = stores.flatMap((store) => patchStore(engines, store));

console.log(summary(rows).join('\n'));

const example = rows.find(({ store, file }) => store === shown.store && file === shown.file);
if (example) {
  console.log(`\nThe patch is the diff. ${paint('bold', shown.file)} in ${shown.store}:\n`);
  console.log(paintDiff(example.native.diff));
}

const out = relative(process.cwd(), join(here, 'out'));
console.log(`The patched shops are in ${out}/. To look at one:`);
console.log(paint('bold', '  STORE=kaiju-games npm run dev -w @firn/example-storefront'));

const different = rows.filter((row) => !row.same);
for (const { store, file } of different) {
  console.error(paint('red', `${store}: ${file} differs between native and wasm`));
}
process.exitCode = different.length > 0 ? 1 : 0;
