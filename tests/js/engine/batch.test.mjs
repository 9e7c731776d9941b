// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onBothBackends, refusal, utf8, wrong } from './backends.mjs';

/** @typedef {import('@firn/engine').BatchInput} BatchInput */

/** @type {BatchInput} */
const INPUT = {
  schema: 'firn.batch/1',
  id: 'b-17',
  file: 'src/Cart.jsx',
  base: { lineCount: 3 },
  revision: 7,
  patches: [
    { id: 'p1', op: 'replace', line: 2, endLine: 3, lines: ['é', ''], expect: 'two\nthree' },
    { op: 'delete', line: 1 },
  ],
};

await onBothBackends('a batch', (engine) => {
  it('is read from JSON as text, as bytes, as an object, and as a bare array', () => {
    const json = JSON.stringify(INPUT);
    for (const input of [json, utf8(json), Buffer.from(json), INPUT]) {
      const batch = engine.batch(input);
      assert.deepEqual([batch.id, batch.file, batch.patchCount], ['b-17', 'src/Cart.jsx', 2]);
    }
    const bare = engine.batch(INPUT.patches);
    assert.deepEqual([bare.id, bare.file, bare.patchCount], [undefined, undefined, 2]);
  });

  it('whose texts are not UTF-8 does not come out as data with other texts', () => {
    const before = Uint8Array.of(0x78, 0x0a, 0x79, 0x0a);
    const after = Uint8Array.of(0x78, 0x0a, 0xe9, 0x0a);
    const batch = engine.diff(before, after);
    assert.deepEqual([...engine.freeze(before).apply(batch).bytes()], [...after]);
    const error = refusal('malformed_text', () => batch.toJSON());
    assert.deepEqual(error.patch, { index: 0 });
  });

  it('comes out as data that reads back to the same', () => {
    const batch = engine.batch(INPUT);
    const again = engine.batch(JSON.stringify(batch));
    assert.deepEqual(again.toJSON(), batch.toJSON());
    assert.deepEqual(batch.toJSON().base, { lineCount: 3 });
    assert.equal(batch.toJSON(), batch.toJSON(), 'parsed once');
    assert.throws(() => Object.assign(batch.toJSON().patches[0] ?? {}, { line: 99 }), TypeError);
    assert.equal(engine.batch(wrong(batch)).patchCount, 2);
  });

  it('keeps ids as they are: a byte order mark, NUL, and what is not ASCII', () => {
    for (const id of ['\ufeffx', '\0', 'é', '漢字', '🙂', 'a long id, longer than sixteen bytes']) {
      assert.equal(engine.batch({ id, patches: [] }).id, id);
    }
  });

  it('says where JSON breaks off', () => {
    const error = refusal('malformed_json', () => engine.batch('[\n  {"op": ]'));
    assert.deepEqual(error.position, { byteOffset: 11, line: 2, byteColumn: 10 });
    assert.deepEqual(error.violations, []);
    refusal('malformed_json', () => engine.batch(utf8('')));
    refusal('malformed_json', () => engine.batch(Uint8Array.of(0x22, 0xff, 0x22)));
  });

  it('says which patch is no patch', () => {
    const error = refusal('malformed_batch', () => engine.batch('[{"op":"delete","line":0}]'));
    assert.deepEqual(error.patch, { index: 0 });
    assert.equal(error.found, '0');
    refusal('malformed_batch', () => engine.batch(wrong([{ op: 'delete', line: Number.NaN }])));
    refusal('malformed_batch', () => engine.batch(wrong({})));
  });

  it('refuses JSON text with a lone surrogate, and an object that has no JSON', () => {
    refusal('malformed_text', () => engine.batch('["\ud800"]'), /UTF-16 offset 2 of 5/);
    refusal('malformed_text', () => engine.batch({ id: '\ud800', patches: [] }), /batch: id has/);
    const text = '\\ud800 \udc00';
    const patches = /** @type {const} */ ([{ op: 'insert', line: 1, text }]);
    refusal(
      'malformed_text',
      () => engine.batch({ patches }),
      /: patches\[0\]\.text has .* U\+DC00/,
    );
    refusal('malformed_text', () => engine.batch(patches), /: \[0\]\.text has /);
    refusal(
      'malformed_text',
      () => engine.batch(wrong({ '\udfff': 1 })),
      /a key of the batch has /,
    );
    assert.equal(engine.batch([{ op: 'insert', line: 1, text: '\\ud800' }]).patchCount, 1);
    /** @type {unknown[]} */
    const cyclic = [];
    cyclic.push(cyclic);
    for (const value of [cyclic, [1n], { toJSON: () => undefined }]) {
      refusal('invalid_argument', () => engine.batch(wrong(value)), /has no JSON/);
    }
    for (const value of [undefined, null, 3, true, () => 0, new Int8Array(1), new ArrayBuffer(1)]) {
      refusal('invalid_argument', () => engine.batch(wrong(value)), /needs JSON/);
    }
  });

  it('gives some of its patches as what a batch of just those would be', () => {
    const patches = /** @type {BatchInput['patches']} */ ([
      { op: 'replace', line: 2, text: 'B\nBB', id: 'b', expect: 'b' },
      { op: 'delete', line: 4 },
      { op: 'insert', line: 1, lines: ['x'], id: 'x' },
      { op: 'replace', line: 5, text: 'E', verbatim: true },
      { op: 'insert', line: 6, text: '' },
    ]);
    const head = { id: 'all', file: 'a.txt', base: { lineCount: 5 }, revision: 3 };
    const snapshot = engine.freeze('a\nb\r\nc\nd\ne');
    for (let subset = 0; subset < 1 << patches.length; subset += 1) {
      const whole = engine.batch({ ...head, patches });
      // Descending, so that the order is that of the places and not that of the batch.
      const places = [4, 3, 2, 1, 0].filter((place) => subset & (1 << place));
      const selection = whole.select(places);
      const again = selection.select(places.map((_, place) => place).reverse());
      whole.dispose();
      const chosen = /** @type {typeof patches} */ (places.map((place) => patches[place]));
      for (const [some, asked] of /** @type {const} */ ([
        [selection, chosen],
        [again, [...chosen].reverse()],
      ])) {
        const right = engine.batch({ ...head, patches: asked });
        assert.deepEqual(some.toJSON(), right.toJSON());
        const [made, wanted] = [some, right].map((batch) => snapshot.apply(batch));
        assert.equal(made?.text(), wanted?.text());
        assert.deepEqual(made?.changes(), wanted?.changes());
        assert.deepEqual(made?.report.counts, wanted?.report.counts);
        assert.deepEqual(made?.invert().toJSON(), wanted?.invert().toJSON());
      }
    }
  });

  it('selects no patch that is not there, and none twice', () => {
    const batch = engine.batch(INPUT);
    const error = refusal('invalid_argument', () => batch.select([2]), /no patch at place 2/);
    assert.equal(error.limit, 2);
    refusal('invalid_argument', () => batch.select([0, 1, 0]), /place 0 is selected twice/);
    for (const place of [-1, 0.5, 2 ** 32, NaN, '0', 0n, Symbol('0'), null].map(wrong)) {
      refusal('invalid_argument', () => batch.select([0, place]), /places\[1\] must be a whole/);
    }
    for (const places of [undefined, null, 1, '01', {}, new Uint32Array(1)].map(wrong)) {
      refusal('invalid_argument', () => batch.select(places), /needs an array of places/);
    }
    assert.equal(batch.select([]).patchCount, 0);
  });

  it('holds no more than its limits, each of which can be moved', () => {
    const json = JSON.stringify(INPUT);
    for (const limits of [{ batchBytes: 10 }, { patches: 1 }, { textLines: 1 }, { nesting: 1 }]) {
      const error = refusal('limit_exceeded', () => engine.batch(json, { limits }));
      assert.deepEqual(error.limit, Object.values(limits)[0]);
    }
    assert.equal(engine.batch(json, { limits: { batchBytes: json.length + 1 } }).patchCount, 2);
    assert.equal(engine.batch([], { limits: { patches: 0, textLines: 0 } }).patchCount, 0);
  });

  it('refuses limits and options that mean nothing', () => {
    const read = (/** @type {unknown} */ options) => () => engine.batch([], wrong(options));
    refusal(
      'invalid_argument',
      read({ limits: { patches: -1 } }),
      /limits\.patches must be a whole/,
    );
    refusal('invalid_argument', read({ limits: { patches: 1.5 } }));
    refusal('invalid_argument', read({ limits: { patch: 1 } }), /unknown option "patch"/);
    refusal('invalid_argument', read({ limit: {} }), /unknown option "limit"/);
    refusal('invalid_argument', read({ limits: 3 }), /must be an object, not 3/);
    refusal('invalid_argument', read(null), /must be an object, not null/);
  });
});
