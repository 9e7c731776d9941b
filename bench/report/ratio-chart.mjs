// @ts-check
// The ratios of a section: a bar each, its quartiles, and a tick where the bound is.

import { decades, element, label, line, logScale, round } from './svg.mjs';
import { boundIn, ratioIn, verdictIn } from './words.mjs';

/** @import { Section } from '../rows/row.mjs' */
/** @import { Result } from './result.mjs' */

const WIDTH = 960;
const ROW = 24;
const TOP = 8;
const AXIS = 24;
const PLOT = { left: 380, right: 720 };

/** @param {Result[]} results Which decades the bars, their spread and their bounds need; 1 is among them. */
function domainOf(results) {
  const values = results
    .flatMap(({ ratio, spread, row }) => [ratio, ...spread, row.bound ?? 1])
    .filter((value) => value > 0 && Number.isFinite(value));
  const steps = decades(Math.min(1, ...values), Math.max(1.001, ...values));
  return /** @type {[number, number]} */ ([steps[0] ?? 0.1, steps.at(-1) ?? 10]);
}

/** @param {number} ratio */
const axisLabel = (ratio) => `${ratio.toLocaleString('en', { maximumFractionDigits: 4 })}x`;

/** @param {Section} section @param {Result[]} results */
export function ratioChart(section, results) {
  const [low, high] = domainOf(results);
  const x = logScale([low, high], [PLOT.left, PLOT.right]);
  const clamped = (/** @type {number} */ value) => x(Math.min(high, Math.max(low, value)));
  const bottom = TOP + results.length * ROW;
  const grid = decades(low, high).map(
    (ratio) =>
      line(x(ratio), TOP, x(ratio), bottom, ratio === 1 ? 'one' : 'grid') +
      label(x(ratio), bottom + 16, axisLabel(ratio), { 'text-anchor': 'middle' }),
  );
  const bars = results.map((result, at) => {
    const { row, ratio, spread, verdict } = result;
    const y = TOP + at * ROW;
    const middle = y + ROW / 2;
    const [from, to] = [x(1), clamped(ratio)].sort((a, b) => a - b);
    const bar = element('rect', {
      ...{ x: round(from ?? 0), y: y + 5, height: ROW - 10, rx: 2 },
      width: round(Math.max(1, (to ?? 0) - (from ?? 0))),
      class: `bar ${verdict ?? 'unjudged'}`,
    });
    const words = [
      ratioIn(section, ratio),
      row.bound === undefined ? '' : boundIn(section, row.bound),
    ];
    return element(
      'g',
      {},
      element('title', {}, `${row.work} against ${row.against}`),
      label(PLOT.left - 12, middle + 4, `${row.work} · ${row.against}`, { 'text-anchor': 'end' }),
      bar,
      line(clamped(spread[0]), middle, clamped(spread[1]), middle, 'spread'),
      row.bound === undefined
        ? ''
        : line(clamped(row.bound), y + 2, clamped(row.bound), y + ROW - 2, 'bound'),
      label(PLOT.right + 12, middle + 4, words.filter(Boolean).join('  '), { class: 'number' }),
      label(PLOT.right + 130, middle + 4, shortVerdict(result), {
        class: `verdict ${verdict ?? ''}`,
      }),
    );
  });
  return element(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${bottom + AXIS}`, role: 'img', 'aria-label': section.title },
    ...grid,
    ...bars,
  );
}

/** @param {Result} result */
const shortVerdict = (result) => (result.verdict === 'least' ? 'at the least' : verdictIn(result));
