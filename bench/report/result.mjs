// @ts-check
// What measurements say about a row.

import { WITHIN_LEAST } from '../rows/row.mjs';

/** @import { Measurements } from '../measure.mjs' */
/** @import { Row, Section } from '../rows/row.mjs' */

/**
 * @typedef {'met' | 'least' | 'missed'} Verdict "least": the bound is missed, but nobody can do
 *   much better here.
 *
 * @typedef {object} Result A row, measured.
 * @property {Row} row
 * @property {number} own The median of the subject: nanoseconds, or an amount.
 * @property {number} other That of the yardstick; 1 if there is none.
 * @property {number} ratio The median of the rounds' ratios.
 * @property {[number, number]} spread Their quartiles.
 * @property {number} [overLeast] How many times as long as the least there can be.
 * @property {Verdict} [verdict] Of rows with a bound.
 */

/**
 * @param {number[]} numbers
 * @param {number} share
 */
function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
}

/** @param {number[]} numbers */
export const median = (numbers) => quantile(numbers, 0.5);

/** Round by round. @param {number[]} numbers @param {number[]} divisors */
const ratios = (numbers, divisors) =>
  numbers
    .slice(0, divisors.length)
    .map((number, round) => number / (divisors[round] ?? Number.NaN));

/** @param {Section['kind']} kind @param {number} ratio @param {number} bound */
export const reaches = (kind, ratio, bound) =>
  kind === 'faster' ? ratio >= bound : ratio <= bound;

/**
 * @param {Section['kind']} kind
 * @param {Row} row
 * @param {Measurements} measurements
 * @returns {Result}
 */
export function resultOf(kind, row, { rounds }) {
  const roundsOf = (/** @type {string} */ name) => {
    const found = rounds[name];
    if (!found) throw new Error(`nothing measured ${name}`);
    return found;
  };
  const own = roundsOf(row.subject);
  const other = row.yardstick === '' ? own.map(() => 1) : roundsOf(row.yardstick);
  const all = kind === 'faster' ? ratios(other, own) : ratios(own, other);
  const ratio = median(all);
  const overLeast = row.least && median(ratios(own, roundsOf(row.least)));
  return {
    ...{ row, own: median(own), other: median(other), ratio },
    spread: [quantile(all, 0.25), quantile(all, 0.75)],
    ...(typeof overLeast === 'number' && { overLeast }),
    ...(row.bound !== undefined && {
      verdict: verdictOf(reaches(kind, ratio, row.bound), overLeast),
    }),
  };
}

/** @param {boolean} reached @param {number | string | undefined} overLeast @returns {Verdict} */
function verdictOf(reached, overLeast) {
  if (reached) return 'met';
  return typeof overLeast === 'number' && overLeast <= WITHIN_LEAST ? 'least' : 'missed';
}
