// @ts-check
/** A diagnostic points at a patch in the batch: what it finds there is that patch, however the JSON is written. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { JsonPlaces } from '../../../js/cli/dist/json/locate.js';

/** Blanks between tokens, any that JSON allows. */
const blank = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

/** JSON of a value with blanks strewn in. @param {unknown} value @param {() => string} next @returns {string} */
function written(value, next) {
  const around = (/** @type {string} */ token) => `${next()}${token}${next()}`;
  if (Array.isArray(value)) {
    return around(`[${value.map((item) => written(item, next)).join(',') || next()}]`);
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([key, item]) => `${around(escaped(key))}:${written(item, next)}`,
    );
    return around(`{${members.join(',') || next()}}`);
  }
  return around(JSON.stringify(value));
}

/** A key with its first letter as an escape, as JSON may have it. @param {string} key */
function escaped(key) {
  const first = key.charCodeAt(0);
  if (!(first < 0x80)) return JSON.stringify(key);
  return `"\\u${first.toString(16).padStart(4, '0')}${JSON.stringify(key.slice(1)).slice(1)}`;
}

/** The value that begins at `offset` and goes on to `end` at most. @param {Buffer} json @param {number | undefined} offset */
function valueAt(json, offset) {
  assert.ok(offset !== undefined);
  // The shortest prefix that is JSON, with a number not cut short.
  const text = json.subarray(offset).toString();
  for (let end = 1; end <= text.length; end += 1) {
    if (/[-+.eE\d]/.test(text[end] ?? ' ') && /[-+.eE\d]/.test(text[end - 1] ?? '')) continue;
    try {
      return JSON.parse(text.slice(0, end));
    } catch {
      // Longer, then.
    }
  }
  return assert.fail('no value there');
}

const patch = fc.record({
  id: fc.string({ unit: 'grapheme' }),
  line: fc.nat(),
  'x-note': fc.jsonValue({ maxDepth: 3 }),
});
const batch = fc.record({
  id: fc.string(),
  base: fc.record({ lineCount: fc.nat(), fingerprint: fc.string() }),
  'x-patches': fc.jsonValue(),
  patches: fc.array(patch, { maxLength: 5 }),
  revision: fc.nat(),
});

describe('places in a batch', () => {
  it('are those of the values', () => {
    fc.assert(
      fc.property(batch, fc.array(blank, { minLength: 1 }), (given, blanks) => {
        let turn = 0;
        const next = () => blanks[turn++ % blanks.length] ?? '';
        const normal = JSON.parse(JSON.stringify(given));
        for (const form of [normal, normal.patches]) {
          const json = Buffer.from(written(form, next));
          assert.deepEqual(JSON.parse(json.toString()), form, 'the test writes JSON');
          const places = new JsonPlaces(json);
          for (const [index, expected] of normal.patches.entries()) {
            assert.deepEqual(valueAt(json, places.patch(index)), expected);
          }
          assert.equal(places.patch(normal.patches.length), undefined);
          const has = form === normal;
          for (const keys of [['revision'], ['base', 'lineCount'], ['base', 'fingerprint']]) {
            const place = places.value(...keys);
            const expected = keys.reduce((value, key) => value[key], normal);
            if (has) assert.deepEqual(valueAt(json, place), expected);
            else assert.equal(place, undefined);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('end with the input, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (bytes, offset) => {
        const places = new JsonPlaces(bytes);
        const end = places.tokenEnd(Math.min(offset, bytes.length));
        assert.ok(end <= bytes.length);
        places.isKey(offset);
      }),
    );
  });
});
