// @ts-check
// node bench/run.mjs [--full] [--only WORDS]: measures Firn beside its yardsticks, prints one table of
// ratios, and writes build/bench/report.json and report.html. `make bench` builds what it needs first.
//
// Quick: the rows that have a bound. --full: all rows, for longer, and the tables of README.md and RESULTS.md are made anew.
// --only: the rows that have all these words in them.
//
// A bench is no test: a bound that is missed shows in the table. An output that is not what it
// should be ends the run.

import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureRows } from './measure.mjs';
import { environmentOf, watchOthers } from './report/environment.mjs';
import { reportPage } from './report/page.mjs';
import { resultOf } from './report/result.mjs';
import { updateTables } from './report/tables.mjs';
import { environmentText, sectionText } from './report/text.mjs';
import { nameOf } from './rows/row.mjs';
import { SECTIONS } from './rows/sections.mjs';
import { root } from './suites/suite.mjs';

/** @import { Row, Section } from './rows/row.mjs' */

const QUICK = { rounds: 7, milliseconds: 15 };
const FULL = { rounds: 15, milliseconds: 30 };

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});

/** @param {Section} section @param {Row} row */
function isAsked(section, row) {
  const name = nameOf(section, row).toLowerCase();
  const words = options.only.toLowerCase().split(' ');
  return words.every((word) => name.includes(word)) && (options.full || row.bound !== undefined);
}

const asked = SECTIONS.map((section) => ({
  section,
  rows: section.rows.filter((row) => isAsked(section, row)),
})).filter(({ rows }) => rows.length > 0);

const shareOfOthers = watchOthers();
const measurements = await measureRows(
  asked.flatMap(({ rows }) => rows),
  options.full ? FULL : QUICK,
);
const environment = environmentOf(measurements.facts, shareOfOthers());
const report = asked.map(({ section, rows }) => ({
  section,
  results: rows.map((row) => resultOf(section.kind, row, measurements)),
}));

console.log(environmentText(environment));
for (const measured of report) console.log(sectionText(measured));
const missed = report.flatMap(({ section, results }) =>
  results
    .filter(({ verdict }) => verdict === 'missed')
    .map(({ row }) => `  ${nameOf(section, row)}`),
);
console.log(missed.length === 0 ? '\nEvery bound is met.' : `\nNot met:\n${missed.join('\n')}`);

const folder = `${root}build/bench`;
mkdirSync(folder, { recursive: true });
const json = {
  environment,
  sections: report.map(({ section: { title, kind, unit }, results }) => ({
    ...{ title, kind, unit, results },
  })),
  rounds: measurements.rounds,
};
writeFileSync(`${folder}/report.json`, `${JSON.stringify(json, null, 2)}\n`);
writeFileSync(`${folder}/report.html`, reportPage(environment, report, measurements.rounds));
if (options.full && options.only === '') updateTables(environment, report);
