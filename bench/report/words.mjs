// @ts-check
// Numbers and verdicts as people read them.

import { WITHIN_LEAST } from '../rows/row.mjs';

/** @import { Section } from '../rows/row.mjs' */
/** @import { Result } from './result.mjs' */

/** Three digits, as many as a measurement has. @param {number} number */
export function digits(number) {
  if (number >= 1_000) return Math.round(number).toLocaleString('en');
  return number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0);
}

/** @param {number} nanoseconds */
export function duration(nanoseconds) {
  if (nanoseconds < 1e3) return `${digits(nanoseconds)} ns`;
  if (nanoseconds < 1e6) return `${digits(nanoseconds / 1e3)} µs`;
  if (nanoseconds < 1e9) return `${digits(nanoseconds / 1e6)} ms`;
  return `${digits(nanoseconds / 1e9)} s`;
}

/** @param {Section} section @param {number} ratio */
export const ratioIn = ({ kind, unit = '' }, ratio) =>
  kind === 'amount' ? `${digits(ratio)} ${unit}`.trim() : `${digits(ratio)}x`;

/** @param {Section} section @param {number} bound */
export const boundIn = ({ kind }, bound) =>
  `${kind === 'faster' ? '≥' : '≤'} ${bound.toLocaleString('en')}${kind === 'amount' ? '' : 'x'}`;

const VERDICTS = { met: 'met', least: 'met', missed: 'NOT MET' };

/** @param {Result} result */
export function verdictIn({ verdict, overLeast }) {
  if (verdict === undefined) return '';
  if (verdict !== 'least') return VERDICTS[verdict];
  return `at the least there can be (${digits(overLeast ?? 0)}x of it, ≤ ${WITHIN_LEAST}x)`;
}

/** How the ratio is to be read. @param {Section} section */
export const readingOf = ({ kind }) =>
  ({ times: 'takes', faster: 'faster', amount: 'amount' })[kind];
