// @ts-check
// What someone who means harm would send: each input beside one of half its size.

import { row } from './row.mjs';

/** @import { Section } from './row.mjs' */

/** The benchmarks of bench/hostile/hostile_bench.cpp. */
const INPUTS = {
  read_one_hunk: 'reading a hunk of 130,000 lines',
  read_many_hunks: 'reading 100,000 hunks',
  place_nowhere: 'placing a hunk that fits nowhere',
  place_many_hunks: 'placing 100,000 hunks',
  diff_equal_lines: 'diff of equal lines, more of them',
  diff_nothing_shared: 'diff of texts that share no line',
  diff_shuffled: 'diff of a shuffled text',
  merge_rewritten: 'merge of texts rewritten',
};

/** @type {Section} */
export const hostile = {
  title: 'Hostile input: twice as much of it',
  kind: 'times',
  rows: Object.entries(INPUTS).map(([name, work]) =>
    row({
      work,
      subject: `hostile:${name}/twice`,
      against: 'half of it',
      yardstick: `hostile:${name}/once`,
      bound: 2.1, // Twice the time, give or take what two runs of the same differ by.
    }),
  ),
};
