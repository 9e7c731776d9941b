// @ts-check
// How everything here is timed: contenders take turns, round after round.

import { do_not_optimize, measure } from 'mitata';

/** @typedef {Record<string, () => unknown>} Contenders */

const ROUNDS = 7;
const SAMPLING = {
  // A collection just before would hand the memory back to the system, and the first calls would
  // time page faults that a running program does not have.
  gc: false,
  min_cpu_time: 30e6, // Nanoseconds for one contender in one round.
  min_samples: 5,
  // Shorter calls are timed 32 at once: the clock's own cost would show.
  batch_threshold: 5_000,
  batch_samples: 32,
};

/**
 * @param {Contenders} contenders
 * @param {number} [minSamples] Fewer, for contenders that take seconds.
 * @returns {Promise<Record<string, number[]>>} Nanoseconds: the median of each round.
 */
export async function roundsOf(contenders, minSamples = SAMPLING.min_samples) {
  /** @type {Record<string, number[]>} */
  const rounds = {};
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      const stats = await measure(() => do_not_optimize(run()), {
        ...SAMPLING,
        min_samples: minSamples,
      });
      rounds[name] ??= [];
      if (round > 0) rounds[name].push(stats.p50);
    }
  }
  return rounds;
}
