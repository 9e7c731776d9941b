// @ts-check
/** Texts longer than a string, than 2 GiB, than WebAssembly's memory: what fits works, what does not is `limit_exceeded`. */
import assert from 'node:assert/strict';
import { constants } from 'node:buffer';
import { it } from 'node:test';

import { onBothBackends, refusal } from '../js/engine/backends.mjs';

const GIB = 2 ** 30;
const HEAD = 'one\ntwo\n';
const TAIL = '\nfour\nfive\n';

/** Two lines, one that is nearly all of the text, two lines. @param {number} size */
function longText(size) {
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode(HEAD));
  bytes.set(new TextEncoder().encode(TAIL), size - TAIL.length);
  return bytes;
}

/** @param {Uint8Array} bytes */
const endOf = (bytes) => new TextDecoder().decode(bytes.subarray(-TAIL.length));

await onBothBackends('large texts', (engine) => {
  const patches = engine.batch([
    { op: 'delete', line: 1 },
    { op: 'replace', line: 5, text: 'FIVE' },
  ]);

  /** What a long line does not stand in the way of. @param {number} size */
  function tryAllButTheLongLine(size) {
    const snapshot = engine.freeze(longText(size));
    assert.deepEqual([snapshot.lineCount, snapshot.byteLength], [5, size]);
    assert.deepEqual(snapshot.lines(4, 5), ['four', 'five']);
    const patched = snapshot.apply(patches);
    assert.equal(patched.lineCount, 4);
    assert.deepEqual([patched.line(1), patched.line(4)], ['two', 'FIVE']);
    assert.deepEqual([patched.mapLine(4), patched.mapLine(5)], [3, null]);
    assert.match(patched.unifiedDiff({ context: 0 }), /^-five\n\+FIVE\n/m);
    const shorter = size - 'one\n'.length;
    if (shorter > constants.MAX_LENGTH) {
      refusal('limit_exceeded', () => patched.bytes(), /not enough memory for a copy of the bytes/);
    } else {
      const bytes = patched.bytes();
      assert.deepEqual([bytes.length, endOf(bytes)], [shorter, '\nfour\nFIVE\n']);
    }
    patched.dispose();
    snapshot.dispose();
  }

  function worksAsBefore() {
    const snapshot = engine.freeze('one\ntwo\nthree\nfour\nfive\n');
    const patched = snapshot.apply(patches);
    assert.equal(patched.text(), 'two\nthree\nfour\nFIVE\n');
    patched.dispose();
    snapshot.dispose();
  }

  it('refuses to make a string of what is longer than any, and does the rest', () => {
    const size = constants.MAX_STRING_LENGTH + 2 ** 20;
    tryAllButTheLongLine(size);
    const snapshot = engine.freeze(longText(size));
    const patched = snapshot.apply(patches);
    const tooLong = /has 5\d{8} bytes, more than a string can hold here/;
    refusal('limit_exceeded', () => snapshot.line(3), tooLong);
    refusal('limit_exceeded', () => snapshot.lines(2, 4), /^lines 2-4 has/);
    refusal('limit_exceeded', () => patched.line(2), /^line 2 has/);
    refusal('limit_exceeded', () => patched.lines(1, 2), tooLong);
    refusal('limit_exceeded', () => patched.text(), tooLong);
    refusal('limit_exceeded', () => patched.unifiedDiff(), tooLong);
    patched.dispose();
    snapshot.dispose();
    worksAsBefore();
  });

  // Under WebAssembly a block is 1 GiB at most; what ends just below 4 GiB wrapped round once.
  const large =
    engine.backend === 'native'
      ? [2 * GIB + 2 ** 20, 4 * GIB]
      : [GIB, 2 * GIB + 2 ** 20, 4 * GIB - 2 ** 28, 4 * GIB - 2 ** 20, 4 * GIB];
  for (const size of large) {
    it(`freezes ${size / GIB} GiB, or says that there is no memory for them`, () => {
      if (engine.backend === 'native') {
        tryAllButTheLongLine(size);
      } else {
        const message = new RegExp(`not enough memory for a copy of the bytes \\(${size} bytes\\)`);
        const { limit } = refusal('limit_exceeded', () => engine.freeze(longText(size)), message);
        assert.equal(limit, size);
      }
      worksAsBefore();
    });
  }
});
