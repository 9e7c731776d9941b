// @ts-check
/** jsdiff applies what we write, and we read what it writes. It is never given hunks in descending order: it "succeeds" on them. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { applyPatch, createTwoFilesPatch, parsePatch } from 'diff';

import { onBothBackends } from '../engine/backends.mjs';
import { seed } from '../properties/check-property.mjs';
import { RandomText } from './random-text.mjs';

const ROUNDS = 400;

/** @param {RandomText} random @returns {[string, string]} */
function randomPair(random) {
  const kinds = random.oneIn(3) ? 3 : 4 + random.below(30);
  const lines = random.lines(random.below(40), kinds);
  const end = random.oneIn(4) ? '\r\n' : '\n';
  const edited = random.edited(lines, random.below(5), kinds);
  return [random.joined(lines, end), random.joined(edited, end)];
}

await onBothBackends('jsdiff', (engine) => {
  /** @param {string} before @param {string} after @param {number} context */
  function writtenByUs(before, after, context) {
    const snapshot = engine.freeze(before);
    const batch = engine.diff(snapshot, after);
    const patched = snapshot.apply(batch);
    const diff = patched.unifiedDiff({ context });
    for (const handle of [patched, batch, snapshot]) handle.dispose();
    return diff;
  }

  it('applies the diffs that we write, and reads the same hunks in them', () => {
    const random = new RandomText(seed);
    for (let round = 0; round < ROUNDS; round += 1) {
      const [before, after] = randomPair(random);
      const diff = writtenByUs(before, after, random.below(4));
      if (before === after) {
        assert.equal(diff, '');
        continue;
      }
      const where = `FIRN_SEED=${seed}, round ${round}:\n${diff}`;
      // Line ends are ours to keep, not jsdiff's to guess.
      const result = applyPatch(before, diff, { autoConvertLineEndings: false });
      assert.equal(result, after, where);

      const read = engine.parseDiff(diff);
      const theirs = parsePatch(diff)[0]?.hunks.map(({ oldLines, newLines }) => [
        oldLines,
        newLines,
      ]);
      const ours = read.files[0]?.hunks.map(({ oldCount, newCount }) => [oldCount, newCount]);
      read.dispose();
      assert.deepEqual(ours, theirs, where);
    }
  });

  it('writes diffs that we read, and they lead to the same text', () => {
    const random = new RandomText(seed);
    for (let round = 0; round < ROUNDS; round += 1) {
      const [before, after] = randomPair(random);
      if (before === after) continue;
      const context = random.below(4);
      const text = createTwoFilesPatch('a/f', 'b/f', before, after, undefined, undefined, {
        context,
      });
      const where = `FIRN_SEED=${seed}, round ${round}:\n${text}`;
      const snapshot = engine.freeze(before);
      const diff = engine.parseDiff(text);
      const { batch } = diff.files[0]?.place(snapshot) ?? assert.fail(where);
      const patched = snapshot.apply(batch);
      assert.equal(patched.text(), after, where);
      const back = engine.freeze(after);
      const reversed = diff.files[0]?.place(back, { reverse: true }) ?? assert.fail(where);
      const undone = back.apply(reversed.batch);
      assert.equal(undone.text(), before, where);
      for (const handle of [undone, reversed.batch, back, patched, batch, diff, snapshot]) {
        handle.dispose();
      }
    }
  });
});
