// @ts-check
// The README's table, between its markers.

import { readFileSync, writeFileSync } from 'node:fs';
import { root } from '../suites/suite.mjs';
import { boundIn, ratioIn, readingOf, verdictIn } from './words.mjs';

/** @import { Environment } from './environment.mjs' */
/** @import { Measured } from './text.mjs' */

const BEGIN = '<!-- bench: written by make bench-full -->';
const END = '<!-- bench: end -->';

/** @param {Measured} measured */
function linesOf({ section, results }) {
  const headlines = results.filter(({ row }) => row.headline);
  if (headlines.length === 0) return [];
  const lines = headlines.map((result) => {
    const { row, ratio } = result;
    const what = `${ratioIn(section, ratio)}${section.kind === 'amount' ? '' : ` ${readingOf(section)}`}`;
    const bound = row.bound === undefined ? '' : boundIn(section, row.bound);
    return `| ${row.work} | ${row.against} | ${what} | ${bound} | ${verdictIn(result)} |`;
  });
  return [`| **${section.title}** | | | | |`, ...lines];
}

/** @param {Environment} environment @param {Measured[]} report */
function table({ commit, date, machine, versions }, report) {
  const { 'C++ compiler': compiler, Node: node, Chromium: browser } = versions;
  return [
    '| work | against | ratio | bound | |',
    '|---|---|---|---|---|',
    ...report.flatMap(linesOf),
    '',
    `Measured at ${commit} on ${date}: ${machine}; ${compiler}, Node ${node}, Chromium ${browser}.`,
  ].join('\n');
}

/** @param {Environment} environment @param {Measured[]} report */
export function updateReadme(environment, report) {
  const file = `${root}README.md`;
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md lacks ${BEGIN} or ${END}`);
  const parts = [text.slice(0, begin + BEGIN.length), table(environment, report), text.slice(end)];
  writeFileSync(file, parts.join('\n'));
}
