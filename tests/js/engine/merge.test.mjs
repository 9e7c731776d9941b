// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onBothBackends, refusal, utf8, wrong } from './backends.mjs';

const BASE = 'one\ntwo\nthree\n';
const OURS = 'one\nTWO\nthree\n';
const THEIRS = 'one\nzwei\nthree\n';

await onBothBackends('a merge', (engine) => {
  it('joins what both sides did, when it is apart', () => {
    const merged = engine.merge('a\nb\nc\nd\n', 'A\nb\nc\nd\n', 'a\nb\nc\nD\n');
    assert.equal(merged.text(), 'A\nb\nc\nD\n');
    assert.deepEqual(merged.conflicts, []);
  });

  it('gives a conflict in the text and as data', () => {
    const merged = engine.merge(BASE, engine.freeze(OURS), utf8(THEIRS));
    assert.equal(merged.text(), 'one\n<<<<<<< ours\nTWO\n=======\nzwei\n>>>>>>> theirs\nthree\n');
    const line = { from: 2, to: 2 };
    assert.deepEqual(merged.conflicts, [
      { base: line, ours: line, theirs: line, merged: { from: 2, to: 6 } },
    ]);
    assert.throws(() => Object.assign(merged.conflicts, { 0: undefined }), TypeError);
  });

  it('writes conflicts in the style, with the marks and the labels that are asked for', () => {
    const merged = engine.merge(BASE, OURS, THEIRS, {
      ...{ style: 'diff3', markerSize: 3 },
      ...{ oursLabel: 'HEAD', baseLabel: '', theirsLabel: 'été' },
    });
    assert.equal(merged.text(), 'one\n<<< HEAD\nTWO\n|||\ntwo\n===\nzwei\n>>> été\nthree\n');
  });

  it('lets one side win, or both', () => {
    const merge = (/** @type {'ours' | 'theirs' | 'both'} */ favor) =>
      engine.merge(BASE, OURS, THEIRS, { favor }).text();
    assert.equal(merge('ours'), OURS);
    assert.equal(merge('theirs'), THEIRS);
    assert.equal(merge('both'), 'one\nTWO\nzwei\nthree\n');
  });

  it('hands out bytes that are yours, and text only when it is UTF-8', () => {
    const latin1 = Uint8Array.of(0xe9, 0x0a);
    const merged = engine.merge('', latin1, latin1);
    refusal('malformed_text', () => merged.text(), /the merged text is not UTF-8/);
    merged.bytes().fill(0);
    assert.deepEqual(merged.bytes(), latin1);
  });

  it('refuses wrong arguments by name', () => {
    for (const value of [undefined, null, 3, {}]) {
      refusal('invalid_argument', () => engine.merge(wrong(value), '', ''), /merge: base/);
      refusal('invalid_argument', () => engine.merge('', wrong(value), ''), /merge: ours/);
      refusal('invalid_argument', () => engine.merge('', '', wrong(value)), /merge: theirs/);
    }
    const merge = (/** @type {unknown} */ options) => () =>
      engine.merge('', '', '', wrong(options));
    refusal('invalid_argument', merge({ style: 'git' }), /one of merge, diff3, zdiff3/);
    refusal('invalid_argument', merge({ favor: 'union' }), /one of nobody, ours, theirs, both/);
    refusal(
      'invalid_argument',
      merge({ markerSize: 0 }),
      /markerSize must be a whole number from 1/,
    );
    refusal('invalid_argument', merge({ markerSize: 1025 }), /to 1024, not 1025/);
    refusal('invalid_argument', merge({ oursLabel: 'a\nb' }), /oursLabel must be a string of one/);
    refusal('invalid_argument', merge({ baseLabel: 3 }), /baseLabel/);
    refusal('malformed_text', merge({ theirsLabel: '\ud800' }), /theirsLabel/);
    refusal('invalid_argument', merge({ label: 'x' }), /unknown option "label"/);
  });
});
