// @ts-check
// The packages and their JavaScript peers in Node, each group in a process of its own.

import process from 'node:process';
import { root, run } from './suite.mjs';

/** @import { Suite } from './suite.mjs' */

/** @type {Suite} */
export const node = {
  name: 'node',
  measure: (names, effort) => {
    const args = [JSON.stringify(effort), ...names];
    const stdout = run(process.execPath, [`${root}bench/js/in-node.mjs`, ...args]);
    return JSON.parse(stdout);
  },
};
