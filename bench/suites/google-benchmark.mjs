// @ts-check
// The C++ benchmarks: bench/core, the engine by itself; bench/hostile, on inputs that mean harm; and
// bench/peers, libgit2 beside it.

import { pairs } from '@firn/test-pairs';
import { root, run } from './suite.mjs';

/** @import { Effort, Measured, Suite } from './suite.mjs' */

/** @type {Record<string, number>} */
const NANOSECONDS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 };

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * What counts is the processor's time: what other processes take of the clock does not.
 * @param {string} binary @param {string[]} inputs @param {string[]} names @param {Effort} effort
 * @returns {Measured}
 */
function measure(binary, inputs, names, { rounds: repetitions, milliseconds }) {
  const stdout = run(`${root}build/native/bench/${binary}/firn_bench_${binary}`, [
    ...inputs,
    `--benchmark_filter=^(${names.map(escaped).join('|')})(/manual_time)?$`,
    '--benchmark_enable_random_interleaving=true',
    `--benchmark_repetitions=${repetitions}`,
    `--benchmark_min_time=${milliseconds / 1e3}`,
    '--benchmark_format=json',
  ]);
  const { context, benchmarks } = JSON.parse(stdout);
  /** @type {Record<string, number[]>} */
  const rounds = {};
  for (const bench of benchmarks) {
    if (bench.run_type !== 'iteration') continue;
    if (bench.error_occurred) throw new Error(`${bench.name}: ${bench.error_message}`);
    const manual = bench.run_name.endsWith('/manual_time');
    const name = bench.run_name.replace('/manual_time', '');
    const time = manual ? bench.real_time : bench.cpu_time;
    rounds[name] ??= [];
    rounds[name].push(time * (NANOSECONDS[bench.time_unit] ?? Number.NaN));
  }
  return { rounds, facts: factsOf(context) };
}

const FACT = 'fact: ';

/** @param {Record<string, unknown>} context */
const factsOf = (context) =>
  Object.fromEntries(
    Object.entries(context)
      .filter(([key]) => key.startsWith(FACT))
      .map(([key, value]) => [key.slice(FACT.length), String(value)]),
  );

/** @type {Suite} */
export const core = {
  name: 'core',
  measure: (names, effort) => measure('core', [], names, effort),
};

/** @type {Suite} */
export const hostile = {
  name: 'hostile',
  measure: (names, effort) => measure('hostile', [], names, effort),
};

/** @type {Suite} */
export const peers = {
  name: 'peers',
  measure: (names, effort) => {
    const wanted = pairs.filter((pair) => names.some((name) => name.endsWith(`/${pair.name}`)));
    const inputs = wanted.map(({ name, older, newer }) => `${name}=${older}=${newer}`);
    return measure('peers', inputs, names, effort);
  },
};
