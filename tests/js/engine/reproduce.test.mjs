// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onBothBackends, refusal, utf8, wrong } from './backends.mjs';

const TEXT = '\ufeffone\ntwo\r\nthree 🙂';
const PATCHES = [{ op: 'replace', line: 2, text: 'zwei' }];
const RESULT = '\ufeffone\nzwei\r\nthree 🙂';

await onBothBackends('engine.reproduce', (engine) => {
  /** @param {string} text */
  const fingerprintOf = (text) => {
    const snapshot = engine.freeze(text);
    const { fingerprint } = snapshot;
    snapshot.dispose();
    return fingerprint;
  };
  const recorded = { base: fingerprintOf(TEXT), result: fingerprintOf(RESULT) };
  /** @param {object} [more] of the batch */
  const json = (more) => utf8(JSON.stringify({ ...more, patches: PATCHES }));

  it('gives the text when all is as it was recorded', () => {
    assert.equal(engine.reproduce(TEXT, json(), recorded), RESULT);
    assert.equal(engine.reproduce(TEXT, json({ file: 'a' }), { ...recorded, file: 'a' }), RESULT);
    assert.equal(engine.reproduce(TEXT, json({ file: 'a' }), recorded), RESULT);
    assert.equal(engine.reproduce(TEXT, json(), { ...recorded, file: 'a' }), RESULT);
  });

  it('gives nothing when anything is not', () => {
    const of = (/** @type {string} */ text) => fingerprintOf(text);
    /** @type {[what: string, text: string, json: Uint8Array, recorded: import('@firn/engine').Recorded][]} */
    const others = [
      ['another text', TEXT.slice(1), json(), recorded],
      ['another base', TEXT, json(), { ...recorded, base: of('x') }],
      ['another result', TEXT, json(), { ...recorded, result: of('x') }],
      ['another file', TEXT, json({ file: 'b' }), { ...recorded, file: 'a' }],
      ['another batch', TEXT, utf8('[]'), recorded],
      ['no JSON', TEXT, utf8('['), recorded],
      ['no batch', TEXT, utf8('{"patches":[{"op":"keep"}]}'), recorded],
      ['a line that is not there', TEXT, utf8('[{"op":"delete","line":9}]'), recorded],
      ['a text that UTF-8 cannot spell', '\ud800', json(), recorded],
    ];
    for (const [what, ...args] of others) assert.equal(engine.reproduce(...args), undefined, what);
  });

  it('refuses what it cannot be asked', () => {
    const named = /^engine\.reproduce: /;
    refusal('invalid_argument', () => engine.reproduce(wrong(7), json(), recorded), named);
    refusal('invalid_argument', () => engine.reproduce(TEXT, wrong('[]'), recorded), named);
    refusal('invalid_argument', () => engine.reproduce(TEXT, wrong(7), recorded), named);
    refusal('invalid_argument', () => engine.reproduce(TEXT, json(), wrong(undefined)), named);
  });
});
