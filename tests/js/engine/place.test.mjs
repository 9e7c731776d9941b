// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { onBothBackends, refusal, wrong } from './backends.mjs';

/** @param {number} line @param {string} before @param {string} old @param {string} fresh @param {string} behind */
const hunk = (line, before, old, fresh, behind) =>
  `@@ -${line},3 +${line},3 @@\n ${before}\n-${old}\n+${fresh}\n ${behind}\n`;
const HEADER = '--- a/x\n+++ b/x\n';

await onBothBackends('placing a file of a diff', (engine) => {
  /** @param {string} diff */
  const read = (diff) => {
    const [file] = engine.parseDiff(HEADER + diff).files;
    assert.ok(file);
    return file;
  };
  /** @param {string} text @param {import('@firn/engine').Batch} batch */
  const applied = (text, batch) => engine.freeze(text).apply(batch).text();
  const file = read(hunk(2, 'a', 'b', 'B', 'c'));

  it('is exact unless asked otherwise, and says where hunks lie', () => {
    const text = 'x\na\nb\nc\n';
    const placed = file.place(engine.freeze(text));
    assert.deepEqual(placed.hunks, [{ hunk: 0, line: 2, offset: 0, fuzz: 0 }]);
    assert.deepEqual(placed.rejected, []);
    assert.deepEqual(placed.rejects, new Uint8Array());
    assert.equal(applied(text, placed.batch), 'x\na\nB\nc\n');
    const error = refusal('hunk_failed', () => file.place(engine.freeze('a\nb\nc\n')));
    assert.equal(error.violations.length, 1);
  });

  it('searches, and leaves context out, when asked to', () => {
    const moved = engine.freeze('a\nb\nc\n');
    const [found] = file.place(moved, { placement: 'search' }).hunks;
    assert.deepEqual(found, { hunk: 0, line: 1, offset: -1, fuzz: 0 });
    const drifted = engine.freeze('x\n?\nb\n!\n');
    refusal('hunk_failed', () => file.place(drifted, { placement: 'search' }));
    assert.equal(file.place(drifted, { placement: 'fuzzy' }).hunks[0]?.fuzz, 1);
    refusal('hunk_failed', () => file.place(drifted, { placement: 'fuzzy', maxFuzz: 0 }));
  });

  it('takes a diff back with reverse', () => {
    const { batch } = file.place(engine.freeze('x\na\nB\nc\n'), { reverse: true });
    assert.equal(applied('x\na\nB\nc\n', batch), 'x\na\nb\nc\n');
  });

  it('overlooks white space and line ends when asked to, and says that it did', () => {
    const blanks = engine.freeze('x\na  \nb\nc\n');
    refusal('hunk_failed', () => file.place(blanks));
    const [one] = file.place(blanks, { whiteSpace: 'ignore-trailing' }).hunks;
    assert.equal(one?.ignoredWhiteSpace, true);
    const crlf = engine.freeze('x\r\na\r\nb\r\nc\r\n');
    refusal('hunk_failed', () => file.place(crlf));
    const placed = file.place(crlf, { ignoreLineEnds: true });
    assert.equal(placed.hunks[0]?.ignoredLineEnds, true);
    assert.equal(crlf.apply(placed.batch).text(), 'x\r\na\r\nB\r\nc\r\n');
  });

  it('gives the hunks that fit no place back as a diff, under best-effort', () => {
    const two = read(hunk(1, 'a', 'b', 'B', 'c') + hunk(7, 'd', 'e', 'E', 'f'));
    const text = 'a\nb\nc\n-\n-\n-\nd\nE\nf\n';
    const violations = refusal('hunk_failed', () =>
      two.place(engine.freeze('nothing\n'), { policy: 'atomic' }),
    ).violations;
    assert.equal(violations.length, 2);
    const placed = two.place(engine.freeze(text), { policy: 'best-effort' });
    assert.deepEqual(
      placed.hunks.map(({ hunk: index }) => index),
      [0],
    );
    const [rejected] = placed.rejected;
    assert.deepEqual([rejected?.hunk, rejected?.alreadyApplied], [1, true]);
    assert.equal(rejected?.error.code, 'hunk_failed');
    assert.equal(rejected?.error.alreadyApplied, true);
    const [again] = engine.parseDiff(placed.rejects).files;
    assert.equal(again?.hunks.length, 1);
    assert.equal(applied(text, placed.batch), text.replace('b', 'B'));
  });

  it('refuses two places that are as good as each other, and names both', () => {
    const snapshot = engine.freeze('a\nb\nc\n-\n-\n-\na\nb\nc\n');
    const between = read(hunk(4, 'a', 'b', 'B', 'c'));
    const error = refusal('ambiguous_placement', () =>
      between.place(snapshot, { placement: 'search' }),
    );
    const { hunk: index, diffLine, line, otherLine } = error;
    assert.deepEqual(
      { index, diffLine, line, otherLine },
      { index: 0, diffLine: 3, line: 7, otherLine: 1 },
    );
  });

  it('refuses options that mean nothing, by name', () => {
    const snapshot = engine.freeze('x\na\nb\nc\n');
    const place = (/** @type {unknown} */ options) => () => file.place(snapshot, wrong(options));
    refusal('invalid_argument', place({ placement: 'near' }), /one of exact, search, fuzzy/);
    refusal('invalid_argument', place({ maxFuzz: -1 }), /maxFuzz must be a whole number/);
    refusal('invalid_argument', place({ whiteSpace: true }), /one of compare, ignore-trailing/);
    refusal('invalid_argument', place({ ignoreLineEnds: 'yes' }), /must be true or false/);
    refusal('invalid_argument', place({ reverse: 1 }), /reverse must be true or false, not 1/);
    refusal('invalid_argument', place({ policy: 'lenient' }), /one of fail-fast/);
    refusal('invalid_argument', place({ fuzz: 2 }), /unknown option "fuzz"/);
  });

  it('takes snapshots of its own engine only', async () => {
    for (const value of [undefined, null, 'text', {}, engine.batch([])]) {
      refusal('invalid_argument', () => file.place(wrong(value)), /place: needs a Snapshot/);
    }
    const other = await loadEngine({ backend: 'wasm' });
    refusal('invalid_argument', () => file.place(other.freeze('')), /belongs to another engine/);
  });
});
