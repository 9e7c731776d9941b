// @ts-check
/**
 * Patches that are data already cross packed, without JSON. Whatever is given, the answer is that of
 * its JSON: the same batch, or the same error, to the last letter of its message.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import fc from 'fast-check';
import { packBatch } from '../../../js/engine/dist/packed-batch.js';
import { utf8 } from '../../conformance/oracle.mjs';
import { sample } from './arbitraries.mjs';
import { checkProperty } from './check-property.mjs';
import { attempt } from './handles.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */

/** A wrong argument on purpose, past the type checker. @param {unknown} value @returns {any} */
const wrong = (value) => value;

/** Who states a limit, even the one that holds anyway, has the batch read as JSON. */
const AS_JSON = { limits: { nesting: 32 } };

/** The batch as the engine has it, or why it has none. @param {Engine} engine @param {unknown} data @param {{}} [options] */
function readBy(engine, data, options) {
  return attempt(() => {
    const batch = engine.batch(wrong(data), options);
    const { id, file, patchCount } = batch;
    const read = { id, file, patchCount, data: batch.toJSON() };
    batch.dispose();
    return read;
  });
}

/** The patched text, or why there is none, without `engine.patch`. @param {Engine} engine @param {string | Uint8Array} text @param {unknown} data @param {{}} options */
function patchedStepByStep(engine, text, data, options) {
  return attempt(() => {
    const snapshot = engine.freeze(text);
    const batch = engine.batch(wrong(data), AS_JSON);
    const patched = snapshot.apply(batch, options);
    return typeof text === 'string' ? patched.text() : [...patched.bytes()];
  });
}

class Patch {
  op = 'delete';
  line = 1;
}

/** Values where they do not belong, each made anew: some keep count of who looks at them. */
const STRANGE = [
  ...[undefined, null, true, 0, -0, -1, 1, 2, 1.5, 1e21, 2 ** 53 - 1, 2 ** 53, Number.NaN],
  ...['', 'x', '7', 'a\nb', 'é', '🙂', '\ud800', '\udc00', '\ufeff', 'i'.repeat(1025), 'replace'],
  ...['0123456789abcdef0123456789ABCDEF', 'firn.batch/1', 7n, Symbol('s'), () => 1],
  ...[{}, [], ['a', 'b'], ['a', undefined], ['a\n'], ['\ud83d', '\ude42'], new Array(2), [['a']]],
  ...[{ lineCount: 1 }, { fingerprint: 'no' }, { lineCount: 1, 'x-note': [[[1]]] }],
  ...[new String('a'), new Number(2), new Date(0), new Map(), new Uint8Array(2), /x/],
  ...[{ toJSON: () => 'replace' }, Object.assign(['a'], { toJSON: () => ['b'] })],
  ...[Object.create({ op: 'delete', line: 1 }), Object.assign(Object.create(null), new Patch())],
  ...[new Patch(), Object.defineProperty({ op: 'delete' }, 'line', { value: 1 })],
];

const KEYS = [
  ...['op', 'line', 'endLine', 'text', 'lines', 'id', 'expect', 'verbatim', 'type', 'lineNumber'],
  ...[
    'patches',
    'schema',
    'base',
    'revision',
    'file',
    'x-note',
    'note',
    'toJSON',
    '__proto__',
    '0',
  ],
];

const change = fc.record({
  place: fc.nat(),
  key: fc.constantFrom(...KEYS),
  value: fc.constantFrom(...STRANGE),
  how: fc.constantFrom('set', 'set', 'set', 'take', 'get', 'hide'),
});

/** Every object and array in `data`, itself included. @param {unknown} data @returns {any[]} */
function objectsIn(data) {
  if (typeof data !== 'object' || data === null) return [];
  return [data, ...Object.values(data).flatMap(objectsIn)];
}

/** @param {any} object @param {typeof change extends fc.Arbitrary<infer T> ? T : never} change */
function alter(object, { place, key, value, how }) {
  const own = Array.isArray(object) ? String(place % (object.length + 1)) : key;
  const rest = { enumerable: how !== 'hide', configurable: true };
  if (how === 'take') delete object[own];
  else if (how === 'get') Object.defineProperty(object, own, { get: () => value, ...rest });
  else Object.defineProperty(object, own, { value, writable: true, ...rest });
}

const altered = fc
  .record({ sample, isBare: fc.boolean(), changes: fc.array(change, { maxLength: 3 }) })
  .map(({ sample: { batch }, isBare, changes }) => {
    const data = structuredClone(isBare ? batch.patches : batch);
    const objects = objectsIn(data);
    for (const each of changes) alter(objects[each.place % objects.length], each);
    return data;
  });

const data = fc.oneof(
  { weight: 30, arbitrary: altered },
  { weight: 1, arbitrary: fc.constantFrom(...STRANGE) },
);

for (const backend of /** @type {const} */ (['native', 'wasm'])) {
  const engine = await loadEngine({ backend });
  describe(`a batch that is data (${backend})`, () => {
    it('is the batch that its JSON is, or refused in the same words', () => {
      const same = (/** @type {unknown} */ given) =>
        assert.deepEqual(readBy(engine, given), readBy(engine, given, AS_JSON));
      checkProperty(data, same, { runs: 4_000 });
    });

    it('patches a text as freezing and applying do, or is refused in the same words', () => {
      const same = (/** @type {import('./arbitraries.mjs').Sample} */ given) => {
        const { text, batch } = given;
        const { policy, ...options } = given.options;
        const strict = policy === 'best-effort' ? options : { ...options, policy };
        const bytes = Buffer.from(text, 'latin1');
        const texts = [bytes.toString('utf8'), new Uint8Array(bytes)];
        for (const each of texts) {
          const patched = attempt(() => engine.patch(wrong(each), wrong(batch), strict));
          if ('made' in patched && typeof each !== 'string')
            patched.made = wrong([...patched.made]);
          assert.deepEqual(patched, patchedStepByStep(engine, each, batch, strict));
        }
      };
      checkProperty(sample, same, { runs: 2_000 });
    });
  });
}

describe('what crosses packed', () => {
  it('is every batch of plain objects and arrays', () => {
    checkProperty(
      sample,
      ({ batch }) => {
        assert.ok(packBatch(batch));
        assert.ok(packBatch(batch.patches));
      },
      { runs: 1_000 },
    );
  });

  it('is its numbers, and its texts with LF between them', () => {
    const patches = [
      { op: 'replace', line: 2, endLine: 3, lines: ['é', ''], id: 'p' },
      { op: 'delete', line: 5, expect: '🙂', verbatim: true },
    ];
    const base = { lineCount: 9 };
    const { numbers, texts } = packBatch({ id: 'b', file: 'f', base, revision: 4, patches }) ?? {};
    assert.equal(texts, 'b\nf\np\né\n\n🙂\n');
    assert.deepEqual(
      [...(numbers ?? [])].slice(0, numbers?.[0]),
      [24, 4, 9, 1, 1, -1, 0, 2, 3, 0, 1, -1, -1, 2, 1, 0, 1, 5, -1, 1, -1, 2, -1, -1],
    );
  });

  it('is nothing that JSON reads otherwise', () => {
    const patch = { op: 'delete', line: 1 };
    const others = [
      ...[undefined, null, 'x', 7, { patches: {} }, {}, [null], [[]], new Array(1)],
      ...[
        [new Patch()],
        [{ ...patch, note: 1 }],
        [{ ...patch, 'x-note': 1 }],
        [{ type: 'delete_line' }],
      ],
      ...[[{ ...patch, toJSON: () => 1 }], Object.assign([patch], { toJSON: () => [] })],
      ...[[{ ...patch, id: '\ud800' }], [{ ...patch, line: 0 }], [{ ...patch, endLine: -1 }]],
    ];
    for (const other of others) assert.equal(packBatch(other), undefined);
    const throwing = Object.defineProperty({ ...patch }, 'id', {
      enumerable: true,
      get: () => assert.fail('a getter'),
    });
    assert.equal(packBatch([throwing]), undefined);
  });

  it('is nothing while all objects have more than their own', () => {
    const patches = [{ op: 'delete', line: 1 }];
    for (const name of ['toJSON', 'text']) {
      Object.defineProperty(Object.prototype, name, {
        value: 'x',
        enumerable: name === 'text',
        configurable: true,
      });
      try {
        assert.equal(packBatch(patches), undefined);
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    }
    assert.ok(packBatch(patches));
  });

  it('is as long as it must be', () => {
    const line = 'x'.repeat(40);
    const patches = Array.from({ length: 3000 }, (_, at) => ({
      op: 'insert',
      line: at + 1,
      lines: [line, utf8('é'), line],
    }));
    const packed = packBatch(patches);
    assert.equal(packed?.numbers[0], 6 + 3000 * 11);
    assert.equal(packed?.texts.length, 3000 * (41 + 3 + 41));
    assert.equal(packBatch(patches)?.numbers, packed?.numbers, 'the memory of the one before');
  });
});
