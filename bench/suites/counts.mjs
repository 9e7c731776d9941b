// @ts-check
// Not times but counts, the same in every run: instructions by Callgrind, allocations, memory.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pairs } from '@firn/test-pairs';
import { root, run } from './suite.mjs';

/** @import { Suite } from './suite.mjs' */

const binary = `${root}build/native/bench/counts/firn_bench_counts`;
/** The published file that is compared, merged and placed. */
const PAIR = 'lodash';

function input() {
  const pair = pairs.find(({ name }) => name === PAIR);
  if (!pair) throw new Error(`there is no pair of files named ${PAIR}`);
  return `${PAIR}=${pair.older}=${pair.newer}`;
}

/** Callgrind writes a file a verb, which names what it was written for. @param {string} file */
function readDump(file) {
  const text = readFileSync(file, 'utf8');
  const [, verb] = /^desc: Trigger: Client Request: (.+)$/m.exec(text) ?? [];
  const [, total] = /^totals: (\d+)$/m.exec(text) ?? [];
  return verb && total ? { verb, instructions: Number(total) } : undefined;
}

/** @returns {Record<string, number>} */
function countInstructions() {
  const folder = mkdtempSync(path.join(tmpdir(), 'firn-callgrind-'));
  try {
    const out = `--callgrind-out-file=${path.join(folder, 'out')}`;
    run('valgrind', ['--tool=callgrind', '--instr-atstart=no', out, binary, input()]);
    const dumps = readdirSync(folder).map((file) => readDump(path.join(folder, file)));
    return Object.fromEntries(
      dumps.flatMap((dump) => (dump ? [[`instructions ${dump.verb}`, dump.instructions]] : [])),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countAll() {
  /** @type {Record<string, number>} */
  const heap = JSON.parse(run(binary, [input()]));
  const all = Object.entries({ ...heap, ...countInstructions() });
  const valgrind = run('valgrind', ['--version']).trim().replace('valgrind-', '');
  return {
    rounds: Object.fromEntries(all.map(([name, number]) => [name, [number]])),
    facts: { Valgrind: valgrind },
  };
}

/** @type {ReturnType<typeof countAll> | undefined} */
let counted;

/** One run counts everything, and another one would count the same. @type {Suite} */
export const counts = {
  name: 'counts',
  measure: () => {
    counted ??= countAll();
    return counted;
  },
};
