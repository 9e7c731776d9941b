// @ts-check
/** Which line stands in which row: held against rows that are simply listed one by one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { Layout } from '../../../js/dashboard/dist/js/worker/layout.js';
import { checkProperty } from '../properties/check-property.mjs';

/** @type {typeof checkProperty} */
const check = (samples, holds) => checkProperty(samples, holds, { runs: 2_000 });

/** @typedef {import('../../../js/dashboard/dist/js/worker/layout.js').ViewMode} ViewMode */
/** @typedef {{ kept: number, removed: number, added: number }} Step unchanged lines, then a change */

/** A text as the steps through it, and what is asked of its view. */
const view = fc.record({
  steps: fc.array(
    fc
      .record({ kept: fc.nat(30), removed: fc.nat(4), added: fc.nat(4) })
      .filter(({ removed, added }) => removed + added > 0),
    { maxLength: 8 },
  ),
  rest: fc.nat(30),
  mode: fc.constantFrom(.../** @type {ViewMode[]} */ (['patched', 'unified', 'split'])),
  context: fc.option(fc.nat(5)),
  noted: fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 3 }),
  revealed: fc.array(fc.record({ from: fc.integer({ min: 1, max: 80 }), length: fc.nat(9) }), {
    maxLength: 2,
  }),
});

/** @typedef {typeof view extends fc.Arbitrary<infer T> ? T : never} View */

/** @param {readonly Step[]} steps */
function changesOf(steps) {
  let base = 1;
  let line = 1;
  return steps.map(({ kept, removed, added }) => {
    base += kept;
    line += kept;
    const change = {
      from: line,
      to: line + added - 1,
      base: { from: base, to: base + removed - 1 },
    };
    base += removed;
    line += added;
    return change;
  });
}

/** @param {View} given */
function countsOf({ steps, rest }) {
  const kept = steps.reduce((sum, step) => sum + step.kept, rest);
  return {
    base: steps.reduce((sum, step) => sum + step.removed, kept),
    line: steps.reduce((sum, step) => sum + step.added, kept),
  };
}

/** Every row of the whole text, nothing folded, without notes. @param {View} given */
function rowsOneByOne({ steps, rest, mode }) {
  /** @type {{ base: number, line: number }[]} */
  const rows = [];
  let base = 1;
  let line = 1;
  for (const { kept, removed, added } of [...steps, { kept: rest, removed: 0, added: 0 }]) {
    for (let at = 0; at < kept; at += 1) rows.push({ base: base + at, line: line + at });
    base += kept;
    line += kept;
    const old = Array.from({ length: removed }, (_, at) => base + at);
    const fresh = Array.from({ length: added }, (_, at) => line + at);
    if (mode === 'patched') {
      rows.push(...fresh.map((number) => ({ base: 0, line: number })));
      if (added === 0 && removed > 0) rows.push({ base: 0, line: 0 });
    } else if (mode === 'unified') {
      rows.push(...old.map((number) => ({ base: number, line: 0 })));
      rows.push(...fresh.map((number) => ({ base: 0, line: number })));
    } else {
      for (let at = 0; at < Math.max(removed, added); at += 1) {
        rows.push({ base: old[at] ?? 0, line: fresh[at] ?? 0 });
      }
    }
    base += removed;
    line += added;
  }
  return rows;
}

/** @param {View} given @param {number | null} context */
function layoutOf(given, context) {
  const base = countsOf(given).base;
  const notes = given.noted.map((line) => Math.min(line, base + 1)).sort((a, b) => a - b);
  const revealed = given.revealed.map(({ from, length }) => ({ from, to: from + length }));
  return new Layout({ mode: given.mode, context, revealed }, base, changesOf(given.steps), notes);
}

/** What stands in each row, folds opened. @param {Layout} layout */
function rowsOf(layout) {
  /** @type {{ base: number, line: number }[]} */
  const rows = [];
  for (let row = 0; row < layout.rowCount; row += 1) {
    const segment = layout.segments[layout.segmentAt(row)];
    assert.ok(segment && row >= segment.row && row < segment.row + segment.rows);
    if (segment.kind === 'note') continue;
    const count = segment.kind === 'fold' ? segment.hidden : 1;
    const first = layout.linesAt(segment, row - segment.row);
    for (let at = 0; at < count; at += 1) {
      rows.push(count > 1 ? { base: first.base + at, line: first.line + at } : first);
    }
  }
  return rows;
}

describe('the rows of a view', () => {
  it('are those of the whole text, in order, when folds are opened', () => {
    check(view, (given) => {
      for (const context of [null, given.context]) {
        assert.deepEqual(rowsOf(layoutOf(given, context)), rowsOneByOne(given));
      }
    });
  });

  it('hold every line where rowOf says it is', () => {
    check(view, (given) => {
      const layout = layoutOf(given, given.context);
      const counts = countsOf(given);
      for (const side of /** @type {const} */ (['base', 'line'])) {
        for (let line = 1; line <= counts[side]; line += 1) {
          const row = layout.rowOf(side, line);
          const segment = layout.segments[layout.segmentAt(row)];
          assert.ok(segment && segment.kind !== 'note', `${side} ${line}`);
          if (segment.kind === 'fold') {
            assert.ok(line >= segment[side] && line < segment[side] + segment.hidden);
          } else if (segment.kind === 'same' || given.mode !== 'patched') {
            assert.equal(layout.linesAt(segment, row - segment.row)[side], line);
          }
        }
      }
    });
  });

  it('keep so many unchanged lines around each change, each note, and what was revealed', () => {
    check(view, (given) => {
      const { context } = given;
      if (context === null) return;
      const layout = layoutOf(given, context);
      const folded = layout.segments.filter((segment) => segment.kind === 'fold');
      const near = changesOf(given.steps).map(({ base }) => [
        base.from - context,
        base.to + context,
      ]);
      const revealed = given.revealed.map(({ from, length }) => [from, from + length]);
      for (const { base, hidden } of folded) {
        assert.ok(hidden >= 4, 'a fold that saves no room');
        for (const [from = 0, to = 0] of [...near, ...revealed]) {
          assert.ok(to < base || from >= base + hidden, `${from} to ${to} in a fold at ${base}`);
        }
      }
    });
  });

  it('have every note, above its line', () => {
    check(view, (given) => {
      const notes = layoutOf(given, given.context).segments.filter(({ kind }) => kind === 'note');
      assert.equal(notes.length, given.noted.length);
    });
  });
});
