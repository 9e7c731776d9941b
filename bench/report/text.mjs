// @ts-check
// The report on a terminal.

import { warningOf } from './environment.mjs';
import { boundIn, duration, ratioIn, readingOf, verdictIn } from './words.mjs';

/** @import { Section } from '../rows/row.mjs' */
/** @import { Environment } from './environment.mjs' */
/** @import { Result } from './result.mjs' */

/** @typedef {{ section: Section, results: Result[] }} Measured */

/** Widths; those below 0 are right-aligned. */
const COLUMNS = [46, 37, -9, -10, 17, -9, 0];

/** @param {string[]} cells */
const line = (cells) =>
  cells
    .map((cell, at) => {
      const width = COLUMNS[at] ?? 0;
      return width < 0 ? cell.padStart(-width) : cell.padEnd(width);
    })
    .join(' ')
    .trimEnd();

/** @param {Section} section @param {Result} result */
function lineOf(section, result) {
  const { row, own, ratio, spread } = result;
  return line([
    `  ${row.work}`,
    row.against,
    section.kind === 'amount' ? '' : duration(own),
    ratioIn(section, ratio),
    spread[0] === spread[1] ? '' : ` (${spread.map((edge) => ratioIn(section, edge)).join('-')})`,
    row.bound === undefined ? '' : boundIn(section, row.bound),
    verdictIn(result),
  ]);
}

/** @param {Measured} measured */
export function sectionText({ section, results }) {
  const head = line(['', 'against', 'time', readingOf(section), '', 'bound', '']);
  return ['', section.title, head, ...results.map((result) => lineOf(section, result))].join('\n');
}

/** @param {Environment} environment */
export function environmentText(environment) {
  const { commit, date, machine, system, versions } = environment;
  const parts = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const warning = warningOf(environment);
  return [
    `${commit}, ${date}: ${machine}; ${system}`,
    parts.join(', '),
    'Medians of rounds; ratios are taken round by round, their quartiles in brackets.',
    ...(warning ? [warning] : []),
  ].join('\n');
}
