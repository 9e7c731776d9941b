// @ts-check
// How JavaScript is timed, in Node and in a page.
//
// Contenders take turns, round after round, every second round in reverse. A turn is as many calls as
// fill its time, so that the clock may be coarse and the garbage a contender makes is collected on
// its own account. A few calls before it are not counted: they clear away what the one before left.
// (To collect all memory by force would shrink the heap to less than a running program has.)

/**
 * @typedef {Record<string, () => unknown>} Contenders
 *
 * @typedef {object} Timing
 * @property {number} rounds
 * @property {number} milliseconds Of a turn.
 * @property {() => number | Promise<number>} now Milliseconds of some clock.
 */

const FEWEST_ROUNDS = 3;
/** A contender that takes longer than this for a call gets the fewest rounds. */
const SLOW_MILLISECONDS = 200;

/** Holds what was made last, so that no call can be left out as useless. */
export const kept = { value: /** @type {unknown} */ (undefined) };

/** @param {() => unknown} run @param {number} calls */
function repeat(run, calls) {
  for (let call = 0; call < calls; call += 1) kept.value = run();
}

/** Milliseconds. @param {() => unknown} run @param {number} calls @param {Timing['now']} now */
async function timed(run, calls, now) {
  const start = await now();
  repeat(run, calls);
  return (await now()) - start;
}

/** Compilers are done with a function once it has run for some turns. */
const WARM_TURNS = 4;

/**
 * How many calls fill a turn, once it is warm.
 * @param {() => unknown} run @param {Timing} timing
 */
async function callsPerTurn(run, { milliseconds, now }) {
  for (let calls = 1; calls < 2 ** 30; calls *= 2) {
    const elapsed = await timed(run, calls, now);
    if (elapsed >= milliseconds * WARM_TURNS)
      return Math.max(1, Math.round((calls * milliseconds) / elapsed));
  }
  throw new Error('the clock stands still');
}

/** Lets the event loop turn, so that finalizers run. */
const idle = () => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * @param {Contenders} contenders
 * @param {Timing} timing
 * @returns {Promise<Record<string, number[]>>} Nanoseconds a call, one number a round.
 */
export async function roundsOf(contenders, timing) {
  /** @type {{ name: string, run: () => unknown, calls: number, rounds: number[] }[]} */
  const turns = [];
  for (const [name, run] of Object.entries(contenders)) {
    turns.push({ name, run, calls: await callsPerTurn(run, timing), rounds: [] });
  }
  let rounds = timing.rounds;
  for (let round = 0; round < rounds; round += 1) {
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
      await idle();
      repeat(turn.run, Math.ceil(turn.calls / 4));
      const elapsed = await timed(turn.run, turn.calls, timing.now);
      turn.rounds.push((elapsed * 1e6) / turn.calls);
      if (elapsed > SLOW_MILLISECONDS) rounds = Math.min(rounds, FEWEST_ROUNDS);
    }
  }
  return Object.fromEntries(turns.map(({ name, rounds: numbers }) => [name, numbers]));
}
