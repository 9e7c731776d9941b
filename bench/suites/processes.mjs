// @ts-check
// Whole processes, each made of what is under test as it is installed, in a folder that is gone afterwards.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pairs } from '@firn/test-pairs';
import { buildProcesses } from '../processes/build.mjs';
import { bundleProcesses } from '../processes/bundle.mjs';
import { oneFileProcesses } from '../processes/one-file.mjs';
import { processRounds } from '../processes/process.mjs';
import { treeProcesses } from '../processes/tree.mjs';

/** @import { Process } from '../processes/process.mjs' */
/** @import { Suite } from './suite.mjs' */

/** Processes take long enough for few rounds to tell. */
const MOST_ROUNDS = 5;

/** What is asked for, by the last word of its name: a pair of files; by the first: a tree. @param {string} folder @param {string[]} names */
async function processesFor(folder, names) {
  /** @type {Record<string, Process>} */
  const processes = {};
  for (const pair of pairs) {
    if (!names.some((name) => name.endsWith(` ${pair.name}`))) continue;
    const own = mkdtempSync(path.join(folder, 'pair-'));
    Object.assign(processes, oneFileProcesses(own, pair));
  }
  if (names.some((name) => name.startsWith('tree '))) {
    Object.assign(processes, treeProcesses(mkdtempSync(path.join(folder, 'tree-'))));
  }
  if (names.some((name) => name.startsWith('build '))) {
    Object.assign(processes, buildProcesses(mkdtempSync(path.join(folder, 'build-'))));
  }
  if (names.some((name) => name.startsWith('bundle '))) {
    Object.assign(processes, await bundleProcesses(mkdtempSync(path.join(folder, 'bundle-'))));
  }
  return processes;
}

/** @type {Suite} */
export const processes = {
  name: 'processes',
  measure: async (names, { rounds }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'firn-bench-'));
    try {
      const all = await processesFor(folder, names);
      const asked = names.map((name) => {
        const found = all[name];
        if (!found) throw new Error(`there is no process ${name}`);
        return /** @type {const} */ ([name, found]);
      });
      return {
        rounds: processRounds(Object.fromEntries(asked), Math.min(rounds, MOST_ROUNDS)),
        facts: {},
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
