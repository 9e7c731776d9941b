// @ts-check
// Applies every patch set twice, once in the native addon and once in WebAssembly, and compares what
// comes out: every file, and the artefact id over all of them. Writes the patched shops to out/<store>/.
// Exits with 1 when a pair differs, with 2 when there is nothing to compare.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { paint, paintDiff } from './print.mjs';
import { summary } from './summary.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {import('@firn/engine').Report} Report */
/** @typedef {import('@firn/sets').FileProof} FileProof */
/** @typedef {import('@firn/sets').PatchSet} PatchSet */
/** @typedef {import('@firn/sets').SetPatch} SetPatch */

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const baseline = join(here, 'baseline');

/** The diff to show: short, with Japanese, an emoji and a last line that has no line end. */
const shown = { store: 'kaiju-games', file: 'src/data/store.json' };

/** Runs per file and backend. The median of them is what a warm process needs. */
const RUNS = 25;

async function loadEverything() {
  try {
    const [{ loadEngine }, sets, disk] = await Promise.all([
      import('@firn/engine'),
      import('@firn/sets'),
      import('@firn/sets/node'),
    ]);
    return {
      engines: {
        native: await loadEngine({ backend: 'native' }),
        wasm: await loadEngine({ backend: 'wasm' }),
      },
      stores: disk.loadSets(join(here, 'patches')),
      ...sets,
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    console.error(`Nothing to show: run "make build" at the root of the repository.`);
    console.error(paint('dim', reason));
    process.exit(2);
  }
}

const { engines, stores, ...sets } = await loadEverything();

/**
 * @typedef {object} Outcome
 * @property {Uint8Array} bytes
 * @property {FileProof} proof
 * @property {Report} report
 * @property {string} diff
 * @property {number} microseconds median time to freeze, read, apply and prove the patches, take the bytes
 */

/**
 * A refused patch is an answer, not a crash: the message says what, where and why.
 * @param {Engine} firn
 * @param {Uint8Array} base
 * @param {readonly SetPatch[]} patches
 * @returns {Outcome}
 */
function patch(firn, base, patches) {
  try {
    const times = Array.from(
      { length: RUNS },
      () => run(firn, base, patches, () => undefined).time,
    );
    return run(firn, base, patches, ({ patched, proof }, bytes) => ({
      bytes,
      proof,
      report: patched.report,
      diff: patched.unifiedDiff({ context: 3 }),
      microseconds: times.sort((a, b) => a - b)[RUNS >> 1] ?? 0,
    })).result;
  } catch (cause) {
    if (!(cause instanceof sets.FirnSetError)) throw cause;
    console.error(paint('red', cause.message));
    process.exit(2);
  }
}

/**
 * @template T
 * @param {Engine} firn
 * @param {Uint8Array} base
 * @param {readonly SetPatch[]} patches
 * @param {(built: import('@firn/sets').PatchedFile, bytes: Uint8Array) => T} look
 */
function run(firn, base, patches, look) {
  const start = performance.now();
  const snapshot = firn.freeze(base);
  const built = sets.applyFile(firn, snapshot, patches);
  const bytes = built.patched.bytes();
  const time = (performance.now() - start) * 1000;
  try {
    return { time, result: look(built, bytes) };
  } finally {
    for (const handle of [built, snapshot]) handle.dispose();
  }
}

/** @param {PatchSet} set */
function buildStore(set) {
  const out = join(here, 'out', set.id);
  rmSync(out, { recursive: true, force: true });
  cpSync(baseline, out, { recursive: true });

  const index = sets.patchIndex([set]);
  const rows = index.files.map((file) => {
    const base = readFileSync(join(baseline, file));
    const native = patch(engines.native, base, index.of(file));
    const wasm = patch(engines.wasm, base, index.of(file));
    const same =
      native.proof.result === wasm.proof.result && Buffer.compare(native.bytes, wasm.bytes) === 0;
    writeFileSync(join(out, file), native.bytes);
    return { store: set.id, file, native, wasm, same };
  });

  const [native, wasm] = /** @type {const} */ (['native', 'wasm']).map((backend) =>
    sets.buildManifest(
      engines[backend],
      index,
      rows.map((row) => row[backend].proof),
    ),
  );
  if (!native || !wasm) throw new Error('two backends make two manifests');
  writeFileSync(join(out, sets.BUILD_MANIFEST_NAME), sets.printBuildManifest(native));
  return { store: set.id, rows, native: native.id, wasm: wasm.id };
}

/** @typedef {ReturnType<typeof buildStore>['rows'][number]} Row */

const builds = stores.map(buildStore);
const rows = builds.flatMap((build) => build.rows);

console.log(summary(rows).join('\n'));

const example = rows.find(({ store, file }) => store === shown.store && file === shown.file);
if (example) {
  console.log(`\nThe patch is the diff. ${paint('bold', shown.file)} in ${shown.store}:\n`);
  console.log(paintDiff(example.native.diff));
}

console.log(
  'One id over each build, the same from both backends (out/<store>/firn-manifest.json):\n',
);
const nameWidth = Math.max(...builds.map(({ store }) => store.length));
for (const { store, native, wasm } of builds) {
  const ids = native === wasm ? paint('green', native) : paint('red', `${native} ≠ ${wasm}`);
  console.log(`  ${store.padEnd(nameWidth)}  ${ids}`);
}

const out = relative(process.cwd(), join(here, 'out'));
console.log(`\nThe patched shops are in ${out}/. To look at one:`);
console.log(paint('bold', '  STORE=kaiju-games npm run dev -w @firn/example-storefront'));

const different = rows.filter((row) => !row.same);
for (const { store, file } of different) {
  console.error(paint('red', `${store}: ${file} differs between native and wasm`));
}
const isDifferent = different.length > 0 || builds.some(({ native, wasm }) => native !== wasm);
process.exitCode = isDifferent ? 1 : 0;
