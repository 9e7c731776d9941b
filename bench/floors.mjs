// @ts-check
// How far a ratio may fall before CI fails, and why.
//
// Where a bound is reached, the floor is a fifth below it (a fifth above it where less is better):
// what a noisy machine may take. Counts are the same in every run, and get a fiftieth.
//
// Where a bound is not reached, the floor is a fifth below what is measured, and stands here with
// the reason. It is raised when the row gets better, and goes when the bound is reached.

/** @import { Row, Section } from './rows/row.mjs' */

/** @typedef {{ floor: number, why: string }} Floor */

/** Rows of whole processes, and of pixels: nothing but the clock can time them, and no clock is fair in CI. */
export const THE_CLOCK_DECIDES = [
  'A patch of 5,000 files',
  'A patch of twice as many files',
  '<firn-view> in Chromium',
];

/** @type {Record<string, Floor>} */
const NOT_REACHED = {};

/** @param {Section['kind']} kind @param {number} bound */
function aFifthFrom(kind, bound) {
  if (kind === 'faster') return bound * 0.8;
  return kind === 'times' ? bound * 1.2 : bound * 1.02;
}

/** @param {Section['kind']} kind @param {Row} row @param {string} name */
export function floorOf(kind, { bound }, name) {
  const exception = NOT_REACHED[name];
  if (exception) return exception.floor;
  if (bound === undefined) throw new Error(`${name} has no bound`);
  return aFifthFrom(kind, bound);
}

/** A floor of a row that is gone would guard nothing. @param {string[]} names Of the rows with a bound. */
export function requireKnown(names) {
  const floors = Object.keys(NOT_REACHED).filter((name) => !names.includes(name));
  const starts = THE_CLOCK_DECIDES.filter((start) => !names.some((name) => name.startsWith(start)));
  const unknown = [...floors, ...starts];
  if (unknown.length > 0) throw new Error(`floors.mjs names no row: ${unknown.join('; ')}`);
}
