// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { onBothBackends, refusal, utf8, wrong } from './backends.mjs';

await onBothBackends('a diff of two texts', (engine) => {
  it('is the batch that turns one into the other, and expects the first', () => {
    const before = engine.freeze('one\ntwo\nthree\n');
    const batch = engine.diff(before, 'one\n2\nthree\nfour\n');
    assert.equal(before.apply(batch).text(), 'one\n2\nthree\nfour\n');
    const { base, patches } = batch.toJSON();
    assert.deepEqual(base, { fingerprint: before.fingerprint, lineCount: 3 });
    assert.deepEqual(patches, [
      { op: 'replace', line: 2, lines: ['2'], expect: 'two' },
      { op: 'insert', line: 4, lines: ['four'] },
    ]);
    refusal('snapshot_mismatch', () => engine.freeze('one\n').apply(batch));
  });

  it('takes snapshots, strings and bytes, and leaves what it was given alive', () => {
    const [before, after] = ['a\nb\n', 'a\r\nb'];
    const frozen = engine.freeze(before);
    for (const one of [before, utf8(before), frozen]) {
      for (const two of [after, utf8(after), engine.freeze(after)]) {
        assert.equal(frozen.apply(engine.diff(one, two)).text(), after);
      }
    }
    assert.equal(engine.diff(frozen, frozen).patchCount, 0);
    assert.equal(frozen.lineCount, 2);
  });

  it('goes by the algorithm and slides by the rule that are asked for', () => {
    const before = 'f {\n  a\n}\n';
    const after = 'f {\n  a\n}\nf {\n  a\n}\n';
    const lines = (/** @type {import('@firn/engine').DiffOptions} */ options) =>
      engine.diff(before, after, options).toJSON().patches[0]?.line;
    for (const algorithm of /** @type {const} */ (['histogram', 'myers', 'minimal'])) {
      assert.equal(lines({ algorithm, slide: 'down' }), 4);
    }
    assert.equal(lines({}), lines({ slide: 'indent' }));
  });

  it('refuses wrong arguments by name', async () => {
    for (const value of [undefined, null, 3, {}, engine.batch([])]) {
      refusal('invalid_argument', () => engine.diff(wrong(value), ''), /engine\.diff: before/);
      refusal('invalid_argument', () => engine.diff('', wrong(value)), /engine\.diff: after/);
    }
    refusal('malformed_text', () => engine.diff('a', '\udc00'), /engine\.diff: after/);
    const diff = (/** @type {unknown} */ options) => () => engine.diff('', '', wrong(options));
    refusal('invalid_argument', diff({ algorithm: 'patience' }), /histogram, myers, minimal/);
    refusal('invalid_argument', diff({ slide: 'up' }), /one of none, down, indent/);
    refusal('invalid_argument', diff({ algoritm: 'myers' }), /unknown option "algoritm"/);
    const other = await loadEngine({ backend: 'wasm' });
    refusal('invalid_argument', () => engine.diff('', other.freeze('')), /another engine/);
  });
});
