// @ts-check
// How whole processes are timed: by the clock, in turns.

import { spawnSync } from 'node:child_process';
import process from 'node:process';

/**
 * @typedef {object} Process
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 * @property {number[]} [statuses] What it may exit with; 0 alone where nothing is said.
 * @property {() => void} [prepare] Before each run, not timed.
 * @property {(stdout: string) => void} requireRight Throws unless it did what it should.
 */

// No settings of whoever runs this, and no repository around the folder.
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

/** @param {Process} what @returns {number} Nanoseconds. */
function timed({ command, args, cwd, statuses = [0], prepare, requireRight }) {
  prepare?.();
  const options = /** @type {const} */ ({ cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command, args, options);
  const end = process.hrtime.bigint();
  if (status === null || !statuses.includes(status)) {
    throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  }
  requireRight(stdout);
  return Number(end - start);
}

/**
 * The first run of each finds its files in memory for those that follow, and is not counted.
 * @param {Record<string, Process>} processes
 * @param {number} rounds
 */
export function processRounds(processes, rounds) {
  /** @type {Record<string, number[]>} */
  const numbers = {};
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, what] of Object.entries(processes)) {
      const nanoseconds = timed(what);
      numbers[name] ??= [];
      if (round > 0) numbers[name].push(nanoseconds);
    }
  }
  return numbers;
}
