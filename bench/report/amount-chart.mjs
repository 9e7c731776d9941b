// @ts-check
// Amounts beside their bounds: a bar as long as the part of its bound that an amount takes.

import { element, label, line, round } from './svg.mjs';
import { boundIn, ratioIn, verdictIn } from './words.mjs';

/** @import { Section } from '../rows/row.mjs' */
/** @import { Result } from './result.mjs' */

const WIDTH = 960;
const ROW = 24;
const TOP = 8;
const PLOT = { left: 380, bound: 660, right: 720 };

/** @param {Section} section @param {Result[]} results */
export function amountChart(section, results) {
  const bars = results.map((result, at) => {
    const { row, ratio, verdict } = result;
    const y = TOP + at * ROW;
    const middle = y + ROW / 2;
    const bound = row.bound ?? ratio;
    // Of a bound of 0 any amount takes all there is room for.
    const share = bound === 0 ? (ratio === 0 ? 0 : 2) : ratio / bound;
    const width = Math.min(PLOT.right - PLOT.left, share * (PLOT.bound - PLOT.left));
    const what = [row.work, row.against].filter(Boolean).join(' · ');
    const words = [ratioIn(section, ratio), row.bound === undefined ? '' : boundIn(section, bound)];
    return element(
      'g',
      {},
      element('title', {}, what),
      label(PLOT.left - 12, middle + 4, what, { 'text-anchor': 'end' }),
      element('rect', {
        ...{ x: PLOT.left, y: y + 5, height: ROW - 10, rx: 2 },
        width: round(Math.max(1, width)),
        class: `bar ${verdict ?? 'unjudged'}`,
      }),
      line(PLOT.bound, y + 2, PLOT.bound, y + ROW - 2, 'bound'),
      label(PLOT.right + 12, middle + 4, words.filter(Boolean).join('  '), { class: 'number' }),
      label(PLOT.right + 130, middle + 4, verdictIn(result), { class: `verdict ${verdict ?? ''}` }),
    );
  });
  const height = TOP + results.length * ROW + 4;
  return element(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': section.title },
    ...bars,
  );
}
