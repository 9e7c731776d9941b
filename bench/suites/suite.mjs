// @ts-check
// What measures: one suite for each place where code runs.

import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Effort How long to measure.
 * @property {number} rounds Turns of each contender.
 * @property {number} milliseconds Of each turn.
 *
 * @typedef {object} Measured
 * @property {Record<string, number[]>} rounds By name: a number a round, nanoseconds or an amount.
 * @property {Record<string, string>} facts What was run, and what it made: two suites that state one
 *   fact must agree, or they have not measured the same.
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {(names: string[], effort: Effort) => Measured | Promise<Measured>} measure Measures the
 *   names in turns, round after round: A B C, A B C. Whatever else the machine does meets them
 *   alike, and a ratio is taken within each round. Throws when an output is not byte-equal.
 */

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number[]} [statuses] What it may exit with.
 * @returns {string} What it prints.
 */
export function run(command, args, statuses = [0]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error) throw error;
  if (status === null || !statuses.includes(status)) {
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
  return stdout;
}
