// @ts-check
// What stands in the repository: every row in bench/RESULTS.md, and a line for each peer in the README.

import { readFileSync, writeFileSync } from 'node:fs';
import { root } from '../suites/suite.mjs';
import { boundIn, ratioIn, verdictIn } from './words.mjs';

/** @import { Section } from '../rows/row.mjs' */
/** @import { Environment } from './environment.mjs' */
/** @import { Result } from './result.mjs' */
/** @import { Measured } from './text.mjs' */

const BEGIN = '<!-- bench: written by make bench-full -->';
const END = '<!-- bench: end -->';

/** @param {Section} section @param {string} numbers */
const read = ({ kind }, numbers) =>
  ({ amount: numbers, times: `takes ${numbers}`, faster: `${numbers} faster` })[kind];

/** In Markdown, a name in angle brackets is a tag. @param {string} text */
const escaped = (text) => text.replaceAll('<', '&lt;');

/** @param {Section} section @param {Result} result */
function lineOf(section, result) {
  const { row, ratio } = result;
  const bound = row.bound === undefined ? '' : boundIn(section, row.bound);
  const numbers = read(section, ratioIn(section, ratio));
  return `| ${row.work} | ${row.against} | ${numbers} | ${bound} | ${verdictIn(result)} |`;
}

/** @param {Measured} measured */
const linesOf = ({ section, results }) => [
  `| **${escaped(section.title)}** | | | | |`,
  ...results.map((result) => lineOf(section, result)),
];

/** One line for all rows that have the same peer and the same bound. @param {Measured} measured */
function summaryOf({ section, results }) {
  const groups = new Map();
  for (const result of results.filter(({ row }) => row.headline)) {
    const { against, bound } = result.row;
    const key = `${against}\n${bound}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].map((/** @type {Result[]} */ group, at) =>
    summaryLine(at === 0 ? section.title : '', section, group),
  );
}

/** @param {string} title @param {Section} section @param {Result[]} group */
function summaryLine(title, section, group) {
  const [{ row }] = /** @type {[Result]} */ (group);
  const ratios = group.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  const ends = [
    ...new Set([ratios.at(0) ?? 0, ratios.at(-1) ?? 0].map((r) => ratioIn(section, r))),
  ];
  const bound = row.bound === undefined ? '' : boundIn(section, row.bound);
  const met = group.filter(({ verdict }) => verdict === 'met' || verdict === 'least').length;
  const verdict = row.bound === undefined ? '' : `${met} of ${group.length}`;
  return `| ${escaped(title)} | ${row.against} | ${read(section, ends.join(' to '))} | ${bound} | ${verdict} |`;
}

/** @param {Environment} environment */
function measuredAt({ commit, date, machine, versions }) {
  const { 'C++ compiler': compiler, Node: node, Chromium: browser } = versions;
  return `Measured at ${commit} on ${date}: ${machine}; ${compiler}, Node ${node}, Chromium ${browser}.`;
}

/** @param {string} name @param {string[]} lines */
function putBetweenMarkers(name, lines) {
  const file = `${root}${name}`;
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${name} lacks ${BEGIN} or ${END}`);
  const parts = [text.slice(0, begin + BEGIN.length), ...lines, text.slice(end)];
  writeFileSync(file, parts.join('\n'));
}

/** Renews both tables. @param {Environment} environment @param {Measured[]} report */
export function updateTables(environment, report) {
  putBetweenMarkers('README.md', [
    '| work | against | ratio | bound | met |',
    '|---|---|---|---|---|',
    ...report.flatMap(summaryOf),
    '',
    measuredAt(environment),
  ]);
  putBetweenMarkers('bench/RESULTS.md', [
    '| work | against | ratio | bound | |',
    '|---|---|---|---|---|',
    ...report.flatMap(linesOf),
    '',
    measuredAt(environment),
  ]);
}
