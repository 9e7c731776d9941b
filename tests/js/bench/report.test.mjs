// @ts-check
/** What `make bench` says of measurements; measured is nothing here. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { floorOf, LEFT_OUT, requireKnown } from '../../../bench/floors.mjs';
import { namesOf } from '../../../bench/measure.mjs';
import { reportPage } from '../../../bench/report/page.mjs';
import { resultOf } from '../../../bench/report/result.mjs';
import { nameOf } from '../../../bench/rows/row.mjs';
import { SECTIONS } from '../../../bench/rows/sections.mjs';

const bounded = SECTIONS.flatMap((section) =>
  section.rows
    .filter(({ bound }) => bound !== undefined)
    .map((row) => ({ section, row, name: nameOf(section, row) })),
);

const row = { work: 'work', subject: 'a:own', against: 'other', yardstick: 'a:other', bound: 2 };

/** @param {number[]} own @param {number[]} other @param {number[]} [least] */
const measured = (own, other, least = []) => ({
  rounds: { 'a:own': own, 'a:other': other, 'a:least': least },
  facts: {},
});

describe('a row of the report', () => {
  it('has the median of the ratios of rounds, which one bad round does not move', () => {
    const result = resultOf('faster', row, measured([1, 2, 90], [4, 8, 80]));
    assert.equal(result.ratio, 4);
    assert.equal(result.verdict, 'met');
  });

  it('is missed on the wrong side of its bound, whichever side that is', () => {
    assert.equal(resultOf('times', row, measured([3], [1])).verdict, 'missed');
    assert.equal(resultOf('times', row, measured([2], [1])).verdict, 'met');
    assert.equal(resultOf('faster', row, measured([1], [1.9])).verdict, 'missed');
  });

  it('is told apart when nobody can do much better', () => {
    const limited = { ...row, least: 'a:least' };
    assert.equal(resultOf('faster', limited, measured([13], [14], [10])).verdict, 'least');
    assert.equal(resultOf('faster', limited, measured([14], [14], [10])).verdict, 'missed');
  });

  it('has a name of its own', () => {
    assert.equal(new Set(bounded.map(({ name }) => name)).size, bounded.length);
  });
});

describe('a floor', () => {
  it('names a row that there is', () => {
    requireKnown(bounded.map(({ name }) => name));
    assert.throws(() => requireKnown([]), /names no row/);
  });

  it('is never above its bound', () => {
    for (const { section, row, name } of bounded) {
      const floor = floorOf(section.kind, row, name);
      const bound = row.bound ?? Number.NaN;
      assert.ok(section.kind === 'faster' ? floor <= bound : floor >= bound, name);
    }
  });

  it('guards most rows', () => {
    const left = bounded.filter(({ name }) =>
      Object.keys(LEFT_OUT).some((words) => name.includes(words)),
    );
    assert.ok(left.length < bounded.length / 4);
  });
});

describe('the page', () => {
  it('shows every row, with no script and nothing from elsewhere', () => {
    const names = SECTIONS.flatMap(({ rows }) => rows.flatMap(namesOf));
    const rounds = Object.fromEntries(names.map((name, at) => [name, [at + 1, at + 2, at + 3]]));
    const report = SECTIONS.map((section) => ({
      section,
      results: section.rows.map((one) => resultOf(section.kind, one, { rounds, facts: {} })),
    }));
    const where = {
      commit: '<b>',
      date: '',
      machine: '',
      system: '',
      versions: {},
      othersShare: 0,
    };
    const page = reportPage(where, report, rounds);
    const bars = page.match(/class="bar /g) ?? [];
    assert.equal(bars.length, SECTIONS.flatMap(({ rows }) => rows).length);
    assert.doesNotMatch(page, /<script|https?:|url\(|@import|NaN|Infinity|<b>,/);
  });
});
