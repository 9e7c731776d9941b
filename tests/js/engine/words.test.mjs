// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onBothBackends, refusal, wrong } from './backends.mjs';

await onBothBackends('the changed words of a line', (engine) => {
  /** @param {string} before @param {string} after */
  const marked = (before, after) =>
    engine
      .words(before, after)
      .map((change) => [
        before.slice(change.before.from, change.before.to),
        after.slice(change.after.from, change.after.to),
      ]);

  it('are pieces of both strings, to be cut with slice', () => {
    assert.deepEqual(engine.words('let x = 1;', 'let y = 1;'), [
      { before: { from: 4, to: 5 }, after: { from: 4, to: 5 } },
    ]);
    assert.deepEqual(marked('const size = 10;', 'const sizes = 100;'), [
      ['size', 'sizes'],
      ['10', '100'],
    ]);
    assert.deepEqual(marked('a', 'a b'), [['', ' b']]);
    assert.deepEqual(marked('same', 'same'), []);
  });

  it('count in UTF-16 code units', () => {
    assert.deepEqual(marked('🙂 = é + old', '🙂 = é + new'), [['old', 'new']]);
    assert.deepEqual(marked('🙂', '🙃'), [['🙂', '🙃']]);
  });

  it('leave equal what they do not name', () => {
    const [before, after] = ['if (a && b) { run(a); }', 'if (a || !b) { run(a, b); }'];
    const rest = (/** @type {string} */ text, /** @type {'before' | 'after'} */ side) => {
      let at = 0;
      let equal = '';
      for (const { [side]: range } of engine.words(before, after)) {
        equal += text.slice(at, range.from);
        at = range.to;
      }
      return equal + text.slice(at);
    };
    assert.equal(rest(before, 'before'), rest(after, 'after'));
  });

  it('are asked of two strings', () => {
    for (const value of [undefined, null, 3, {}, new Uint8Array(1)]) {
      refusal('invalid_argument', () => engine.words(wrong(value), ''), /words: before must be/);
      refusal('invalid_argument', () => engine.words('', wrong(value)), /words: after must be/);
    }
    refusal('malformed_text', () => engine.words('\ud800', ''), /words: before has a lone/);
    const { words } = engine;
    refusal('invalid_argument', () => words('', ''), /not on the Engine/);
  });
});
