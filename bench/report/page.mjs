// @ts-check
// The report as one page: no script, no network, light or dark as the reader's system is.

import { amountChart } from './amount-chart.mjs';
import { warningOf } from './environment.mjs';
import { STYLE } from './page-style.mjs';
import { ratioChart } from './ratio-chart.mjs';
import { element, escaped } from './svg.mjs';
import { seriesIn, timeChart } from './time-chart.mjs';
import { duration } from './words.mjs';

/** @import { Measurements } from '../measure.mjs' */
/** @import { Section } from '../rows/row.mjs' */
/** @import { Environment } from './environment.mjs' */
/** @import { Result } from './result.mjs' */
/** @import { Measured } from './text.mjs' */

const READINGS = {
  times: 'Times as long as the other takes: shorter is better. The tick is the bound.',
  faster: 'Times faster than the other: longer is better. The tick is the bound.',
  amount: 'Less is better. The tick is the bound.',
};

/** @param {Environment} environment */
function environmentPart(environment) {
  const { commit, date, machine, system, versions } = environment;
  const warning = warningOf(environment);
  const parts = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    element('p', {}, escaped(`${commit}, ${date}. ${machine}; ${system}.`)),
    element('p', { class: 'versions' }, escaped(parts.join(' · '))),
    warning ? element('p', { class: 'warning' }, escaped(warning)) : '',
  ].join('');
}

/** @param {Measured[]} report */
function summary(report) {
  const verdicts = report.flatMap(({ results }) => results.map(({ verdict }) => verdict));
  const count = (/** @type {Result['verdict']} */ wanted) =>
    verdicts.filter((verdict) => verdict === wanted).length;
  const all = verdicts.filter((verdict) => verdict !== undefined).length;
  const least = count('least');
  const atLeast = least > 0 ? `, ${least} come within 1.3 of the least there can be` : '';
  return element(
    'p',
    { class: 'summary' },
    element('b', {}, `${count('met')} of ${all}`),
    escaped(` bounds are met${atLeast}; ${count('missed')} are not.`),
  );
}

/** @param {Measurements['rounds']} rounds @param {'node' | 'chromium'} suite @param {string} place */
function timePart(rounds, suite, place) {
  const series = seriesIn(rounds, suite);
  if (series.length === 0) return '';
  const title = `A frozen text and a parsed batch to the patched text, ${place}`;
  return element(
    'section',
    {},
    element('h2', {}, escaped(title)),
    element('p', {}, 'Median time of a call against the size of the text; both axes multiply.'),
    element('figure', {}, timeChart(series, title)),
  );
}

/** @param {Section} section @param {Result} result */
function tableRow({ kind }, { row, own, other }) {
  const cells =
    kind === 'amount'
      ? [row.work, row.against]
      : [row.work, row.against, duration(own), duration(other)];
  return element('tr', {}, ...cells.map((cell) => element('td', {}, escaped(cell))));
}

/** @param {Measured} measured */
function sectionPart({ section, results }) {
  const { title, kind } = section;
  const chart = kind === 'amount' ? amountChart(section, results) : ratioChart(section, results);
  const times =
    kind === 'amount'
      ? ''
      : element(
          'details',
          {},
          element('summary', {}, 'Times'),
          element(
            'table',
            {},
            element(
              'tr',
              {},
              ...['', 'against', 'Firn', 'the other'].map((head) => element('th', {}, head)),
            ),
            ...results.map((result) => tableRow(section, result)),
          ),
        );
  return element(
    'section',
    {},
    element('h2', {}, escaped(title)),
    element('p', {}, READINGS[kind]),
    element('figure', {}, chart),
    times,
  );
}

/**
 * @param {Environment} environment
 * @param {Measured[]} report
 * @param {Measurements['rounds']} rounds
 */
export function reportPage(environment, report, rounds) {
  const body = [
    element('h1', {}, 'Firn: how fast'),
    summary(report),
    environmentPart(environment),
    timePart(rounds, 'node', 'in Node'),
    timePart(rounds, 'chromium', 'in Chromium'),
    ...report.map(sectionPart),
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Firn: how fast</title>',
    `<style>${STYLE}</style>`,
    element('main', {}, ...body),
    '</html>\n',
  ].join('\n');
}
