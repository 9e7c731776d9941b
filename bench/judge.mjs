// @ts-check
// Whether ratios hold their floors, on a machine that others use.
//
// Counts are the same in every run. A time is not, though only a processor's counts: who runs beside a
// benchmark takes its caches. So a row that is past its floor is measured again, by itself and for longer,
// and falls when it stays there.

import { reaches, resultOf } from './report/result.mjs';

/** @import { Measurements } from './measure.mjs' */
/** @import { Row, Section } from './rows/row.mjs' */
/** @import { Effort } from './suites/suite.mjs' */

const EFFORT = { rounds: 7, milliseconds: 10 };
const ALONE = { rounds: 15, milliseconds: 20 };
const MORE_TRIES = 3;

/**
 * @typedef {object} Gated A row that has a floor.
 * @property {Section} section
 * @property {Row} row
 * @property {string} name
 * @property {number} floor
 *
 * @typedef {Gated & { ratios: number[], holds: boolean }} Judged `ratios`: one for each time that it was measured.
 */

/**
 * @param {readonly Gated[]} gated
 * @param {(rows: Row[], effort: Effort) => Promise<Measurements>} measure
 * @returns {Promise<Judged[]>}
 */
export async function judge(gated, measure) {
  /** @type {Judged[]} */
  const all = gated.map((one) => ({ ...one, ratios: [], holds: false }));
  await judgeOnce(all, EFFORT, measure);
  for (const one of all.filter(({ section }) => !isCounted(section))) {
    for (let tries = 0; tries < MORE_TRIES && !one.holds; tries += 1) {
      await judgeOnce([one], ALONE, measure);
    }
  }
  return all;
}

/** @param {Section} section */
const isCounted = ({ kind }) => kind === 'amount';

/** @param {Judged[]} judged @param {Effort} effort @param {(rows: Row[], effort: Effort) => Promise<Measurements>} measure */
async function judgeOnce(judged, effort, measure) {
  const rows = judged.map(({ row }) => row);
  const measurements = await measure(rows, effort);
  for (const one of judged) {
    const { ratio, verdict } = resultOf(one.section.kind, one.row, measurements);
    one.ratios.push(ratio);
    // Nobody can be asked for more than the least there can be.
    one.holds = verdict === 'least' || reaches(one.section.kind, ratio, one.floor);
  }
}
