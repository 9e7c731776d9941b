// @ts-check
// What a row of the report is.

/**
 * What is measured beside what. A measurement is named "suite:name"; suites/all.mjs lists the suites.
 *
 * @typedef {object} Row
 * @property {string} work What is done, and to what.
 * @property {string} subject The measurement of Firn.
 * @property {string} against The other, in words.
 * @property {string} yardstick Its measurement. Where `kind` is "amount", the measurement that the
 *   subject is divided by, or "" if by nothing.
 * @property {number} [bound] What the ratio must reach. Rows without one are in the full set only.
 * @property {string} [least] The measurement of what no engine can beat here. Who comes within
 *   WITHIN_LEAST of it has reached the bound, too.
 * @property {boolean} [headline] It counts in the README's table.
 *
 * "times" rows say how many times as long as the yardstick the subject takes: less is better.
 * "faster" rows say how many times faster it is: more is better. "amount" rows are no times at all,
 * but exact: instructions, allocations, bytes. Less is better.
 *
 * @typedef {object} Section
 * @property {string} title
 * @property {'times' | 'faster' | 'amount'} kind
 * @property {string} [unit] Of an amount.
 * @property {Row[]} rows
 */

export const WITHIN_LEAST = 1.3;

/**
 * A row says only what applies: what is undefined is left out.
 * @param {Omit<Row, 'bound' | 'least' | 'headline'> & { bound?: number | undefined, least?: string | undefined, headline?: boolean | undefined }} fields
 * @returns {Row}
 */
export function row({ bound, least, headline, ...fields }) {
  return {
    ...fields,
    ...(bound !== undefined && { bound }),
    ...(least !== undefined && { least }),
    ...(headline && { headline }),
  };
}

/** How a row is named in floors.mjs, and when it is missed. @param {Section} section @param {Row} row */
export const nameOf = (section, { work, against }) => `${section.title}: ${work}, ${against}`;

/** The JavaScript engines that Node runs. */
export const BACKENDS = { addon: 'addon', wasm: 'WASM in Node' };
