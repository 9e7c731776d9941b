// @ts-check
/** What a search finds in the rows of a view, and how it tells how far it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Layout } from '../../../js/dashboard/dist/js/worker/layout.js';
import { search } from '../../../js/dashboard/dist/js/worker/search.js';

/** @typedef {import('../../../js/dashboard/dist/js/worker/layout.js').ViewMode} ViewMode */

/** @param {readonly string[]} lines */
const textOf = (lines) => ({
  lines: (/** @type {number} */ from, /** @type {number} */ to) => lines.slice(from - 1, to),
});

const KEPT = 35_000;
const kept = Array.from({ length: KEPT }, () => 'same');
const SECOND = KEPT + 2;
const texts = {
  base: textOf(['was x', ...kept, 'was x', ...kept]),
  patched: textOf(['is x x', ...kept, 'is x', ...kept]),
};
const changes = [1, SECOND].map((line) => ({
  from: line,
  to: line,
  base: { from: line, to: line },
}));

/** @param {ViewMode} mode @param {string} text */
async function found(mode, text) {
  const context = mode === 'split' ? null : 3;
  const layout = new Layout({ mode, context, revealed: [] }, 2 * SECOND - 2, changes, []);
  /** @type {number[]} */
  const progress = [];
  const task = {
    signal: new AbortController().signal,
    progress: (/** @type {number} */ done) => progress.push(done),
    pause: async () => {},
  };
  const { places, isCut } = await search(texts, layout, { text, caseSensitive: true }, task);
  return { places: [...places], isCut, progress };
}

describe('a search', () => {
  it('goes through the rows in their order, lines that both sides have once, folded or not', async () => {
    const ofResult = [
      [1, 1, 3],
      [1, 1, 5],
      [1, SECOND, 3],
    ];
    const ofBoth = [[0, 1, 4], ...ofResult.slice(0, 2), [0, SECOND, 4], ...ofResult.slice(2)];
    assert.deepEqual((await found('patched', 'x')).places, ofResult.flat());
    for (const mode of /** @type {const} */ (['unified', 'split'])) {
      assert.deepEqual((await found(mode, 'x')).places, ofBoth.flat(), mode);
    }
  });

  it('says how much of all it has read, and never less than before', async () => {
    const { progress } = await found('unified', 'x');
    assert.ok(progress.length >= 2, String(progress));
    assert.deepEqual(
      progress,
      [...progress].sort((a, b) => a - b),
    );
    assert.ok(
      progress.every((done) => done > 0 && done <= 1),
      String(progress),
    );
  });

  it('ends where it has found as much as anybody looks at', async () => {
    const { places, isCut } = await found('patched', 'same');
    assert.equal(places.length, 3 * 10_000);
    assert.equal(isCut, true);
    assert.equal((await found('patched', 'x')).isCut, false);
  });
});
