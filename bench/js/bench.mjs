// @ts-check
// node --expose-gc bench/js/bench.mjs FILE: measures every contender at every size, and writes FILE.
//
// Contenders take turns, round after round, so that whatever else the machine does meets them alike;
// a ratio is taken within each round. The first round warms the JIT and is not counted. An output
// that is not byte-equal ends the run with exit code 1 before anything is timed.

import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { loadEngine } from '@firn/engine';
import { tasksFor } from './engines.mjs';
import { peersFor } from './peers.mjs';
import { roundsOf } from './rounds.mjs';
import { mapContenders } from './source-maps.mjs';
import { treeRounds } from './tree.mjs';
import { contendersForPairs } from './versions.mjs';
import { makeWorkload } from './workload.mjs';

/** @import { Engine } from '@firn/engine' */
/** @import { Contenders } from './rounds.mjs' */
/** @import { Workload } from './workload.mjs' */

const SIZES = /** @type {const} */ ([
  [10, 1],
  [100, 10],
  [1_000, 100],
  [5_000, 500],
  [100_000, 1_000],
]);

/** @type {readonly [lineCount: number, patchCount: number][]} */
const MAPPED_SIZES = [
  [1_000, 100],
  [5_000, 500],
];

/**
 * @param {Workload} workload
 * @param {Record<string, Engine>} engines
 * @returns {Contenders}
 */
function contendersFor(workload, engines) {
  /** @type {Contenders} */
  const contenders = {};
  let unifiedDiff = '';
  for (const [backend, engine] of Object.entries(engines)) {
    for (const [task, run] of Object.entries(tasksFor(engine, workload))) {
      contenders[`${backend} ${task}`] = run;
    }
    const patched = engine
      .freeze(workload.text)
      .apply(engine.batch(JSON.stringify(workload.patches)));
    unifiedDiff = patched.unifiedDiff({ context: 3 });
  }
  return { ...contenders, ...peersFor(workload, unifiedDiff) };
}

/**
 * @param {Workload} workload
 * @param {Contenders} contenders
 */
function requireEqualBytes(workload, contenders) {
  const expected = Buffer.from(workload.expected);
  const wrong = Object.entries(contenders)
    .filter(([, run]) => !expected.equals(Buffer.from(/** @type {string | Uint8Array} */ (run()))))
    .map(([name]) => name);
  if (wrong.length === 0) return;
  console.error(`bench: not byte-equal at ${workload.name}: ${wrong.join(', ')}`);
  process.exit(1);
}

const [file] = process.argv.slice(2);
if (!file || !globalThis.gc) {
  console.error('usage: node --expose-gc bench/js/bench.mjs FILE');
  process.exit(2);
}

const engines = {
  addon: await loadEngine({ backend: 'native' }),
  wasm: await loadEngine({ backend: 'wasm' }),
};
/** @type {Record<string, number[]>} */
const measurements = {};
/** @type {Record<string, string>} */
const fingerprints = {};
for (const [lineCount, patchCount] of SIZES) {
  const workload = makeWorkload(lineCount, patchCount);
  const contenders = contendersFor(workload, engines);
  requireEqualBytes(workload, contenders);
  fingerprints[workload.name] = engines.addon.freeze(workload.expected).fingerprint;
  for (const [name, rounds] of Object.entries(await roundsOf(contenders))) {
    measurements[`${name} ${workload.name}`] = rounds;
  }
}
for (const size of MAPPED_SIZES) {
  const workload = makeWorkload(...size);
  for (const [name, rounds] of Object.entries(await roundsOf(mapContenders(workload, engines)))) {
    measurements[`${name} ${workload.name}`] = rounds;
  }
}
for (const contenders of contendersForPairs(engines)) {
  Object.assign(measurements, await roundsOf(contenders, 1));
}
Object.assign(measurements, treeRounds());
writeFileSync(file, JSON.stringify({ fingerprints, measurements }));
