// @ts-check
// Times contenders in turns, in the page. One call is a turn: each of them takes frames, not microseconds.

import { loadEngine } from '@firn/engine';
import { makeWorkload, sizeOf } from '../js/workload.mjs';
import { contenders } from './contenders.mjs';

/** @import { Inputs } from './contenders.mjs' */

/** @param {string} size @returns {Promise<Inputs>} */
async function inputsOf(size) {
  const numbers = sizeOf(size);
  if (!numbers) throw new Error(`${size} is no size`);
  const workload = makeWorkload(numbers);
  const encoder = new TextEncoder();
  const firn = await loadEngine({ wasm: '/engine/firn.wasm' });
  const rest = firn.batch(JSON.stringify(workload.patches.slice(1)));
  return {
    baseline: encoder.encode(workload.text),
    json: encoder.encode(workload.json),
    patched: encoder.encode(workload.expected),
    without: firn.freeze(workload.text).apply(rest).bytes(),
  };
}

/**
 * @param {string[]} names "who what size", of one size.
 * @param {number} rounds
 * @returns {Promise<Record<string, number[]>>} Nanoseconds.
 */
export async function measure(names, rounds) {
  /** @type {Record<string, number[]>} */
  const measured = Object.fromEntries(names.map((name) => [name, []]));
  const size = names[0]?.split(' ').at(-1) ?? '';
  const inputs = await inputsOf(size);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const make = contenders[name.replace(` ${size}`, '')];
      if (!make) throw new Error(`there is no ${name}`);
      const contender = await make(inputs);
      const start = performance.now();
      await contender.run();
      const elapsed = performance.now() - start;
      if (contender.shownLines() < 10) throw new Error(`${name} shows nothing`);
      contender.clear();
      // The first round loads the engine, and lets every compiler see the code.
      if (round > 0) measured[name]?.push(elapsed * 1e6);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return measured;
}

Object.assign(globalThis, { measure });
