// @ts-check
/** When `make bench-gate` says that a ratio has fallen; measured is nothing here. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { judge } from '../../../bench/judge.mjs';

/** @typedef {import('../../../bench/rows/row.mjs').Row} Row */
/** @typedef {import('../../../bench/rows/row.mjs').Section} Section */

/** @param {string} work @param {Section['kind']} [kind] */
function gated(work, kind = 'faster') {
  const subject = `suite:${work}`;
  const row = { work, subject, against: 'a peer', yardstick: 'suite:peer', least: 'suite:least' };
  return { section: { title: '', kind, rows: [row] }, row, name: work, floor: 4 };
}

/**
 * A machine on which the peer takes 100, the least there can be takes 1, and others what they take each time, the last time again
 * and again. `asked` is what was measured together.
 * @param {Record<string, number[]>} times
 */
function machine(times) {
  /** @type {string[][]} */
  const asked = [];
  /** @type {Map<string, number>} */
  const tries = new Map();
  /** @param {Row[]} rows */
  const measure = async (rows) => {
    asked.push(rows.map(({ work }) => work));
    const rounds = rows.map(({ work, subject }) => {
      const all = times[work] ?? [];
      const nth = tries.get(work) ?? 0;
      tries.set(work, nth + 1);
      return [subject, [all[Math.min(nth, all.length - 1)] ?? Number.NaN]];
    });
    return {
      rounds: { ...Object.fromEntries(rounds), 'suite:peer': [100], 'suite:least': [1] },
      facts: {},
    };
  };
  return { asked, measure };
}

describe('a ratio', () => {
  it('that holds is measured once', async () => {
    const { asked, measure } = machine({ one: [20], two: [25] });
    const judged = await judge([gated('one'), gated('two')], measure);
    assert.deepEqual(
      judged.map(({ ratios, holds }) => [ratios, holds]),
      [
        [[5], true],
        [[4], true],
      ],
    );
    assert.deepEqual(asked, [['one', 'two']]);
  });

  it('past its floor is measured again by itself, and holds when it does then', async () => {
    const { asked, measure } = machine({ one: [20], two: [50, 40, 20] });
    const [, two] = await judge([gated('one'), gated('two')], measure);
    assert.deepEqual([two?.ratios, two?.holds], [[2, 2.5, 5], true]);
    assert.deepEqual(asked, [['one', 'two'], ['two'], ['two']]);
  });

  it('that stays past its floor has fallen, after four times', async () => {
    const { asked, measure } = machine({ one: [50] });
    const [one] = await judge([gated('one')], measure);
    assert.deepEqual([one?.ratios, one?.holds], [[2, 2, 2, 2], false]);
    assert.equal(asked.length, 4);
  });

  it('of a count has fallen at once: it is the same in every run', async () => {
    const { asked, measure } = machine({ count: [500] });
    const [count] = await judge([gated('count', 'amount')], measure);
    assert.deepEqual([count?.ratios, count?.holds], [[5], false]);
    assert.equal(asked.length, 1);
  });

  it('holds where nobody can do much better', async () => {
    const row = { ...gated('one').row, bound: 200 };
    const { measure } = machine({ one: [1.2] });
    const [one] = await judge([{ ...gated('one'), row, floor: 160 }], measure);
    assert.equal(one?.holds, true);
  });
});
