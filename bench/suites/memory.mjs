// @ts-check
// What contenders in Node take of memory: each in a process of its own, which does nothing else.

import process from 'node:process';
import { root, run } from './suite.mjs';

/** @import { Suite } from './suite.mjs' */

/** The same text is made each time. */
const MOST_ROUNDS = 5;

/** Blocks of any size that counts are the system's again as soon as they are freed. */
const MALLOC = ['MALLOC_MMAP_THRESHOLD_=131072', 'MALLOC_TRIM_THRESHOLD_=131072'];

/** @type {Suite} */
export const memory = {
  name: 'memory',
  measure: (names, { rounds }) => {
    /** @type {Record<string, number[]>} */
    const measured = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
      for (const name of names) {
        const flags = ['--expose-gc', '--single-threaded-gc'];
        const program = [process.execPath, ...flags, `${root}bench/js/peak-memory.mjs`, name];
        const [grown, output] = JSON.parse(run('env', [...MALLOC, ...program]));
        measured[name]?.push(grown / output);
      }
    }
    return { rounds: measured, facts: {} };
  },
};
