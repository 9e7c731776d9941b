// @ts-check
/** The JSON Schema that ships: what it takes the engine reads, and what it refuses the engine refuses. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { batchSchema } from '../../../js/engine/dist/batch-schema.js';

const require = createRequire(import.meta.url);
const path = require.resolve('@firn/engine/schema/firn.batch.schema.json');
const schema = JSON.parse(readFileSync(path, 'utf8'));
const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
const engine = await loadEngine();

const one = (/** @type {object} */ patch) => ({ patches: [patch] });
const HEX = '99aa06d3014798d86001c324468d497f';

const TAKEN = [
  { patches: [] },
  { schema: 'firn.batch/1', id: 'b', file: 'f', base: {}, revision: 0, patches: [] },
  { base: { fingerprint: HEX.toUpperCase(), lineCount: 0, 'x-a': [] }, 'x-b': null, patches: [] },
  { revision: Number.MAX_SAFE_INTEGER, patches: [] },
  one({ op: 'delete', line: 1 }),
  one({ op: 'delete', line: 1, endLine: 1, id: 'a', expect: '', 'x-c': { d: 1 } }),
  one({ op: 'replace', line: 1, endLine: 9, text: 'a\nb' }),
  one({ op: 'replace', line: 1, lines: [] }),
  one({ op: 'insert', line: 1, lines: ['', 'a\r', 'é\0'] }),
  one({ op: 'insert', line: Number.MAX_SAFE_INTEGER, text: '' }),
];

const REFUSED = [
  {},
  { patches: {} },
  { patches: [], schema: 'firn.batch/2' },
  { patches: [], id: '' },
  { patches: [], file: '' },
  { patches: [], id: 1 },
  { patches: [], extra: 1 },
  { patches: [], base: [] },
  { patches: [], base: { fingerprint: HEX.slice(1) } },
  { patches: [], base: { fingerprint: `${HEX.slice(1)}g` } },
  { patches: [], base: { lineCount: -1 } },
  { patches: [], base: { sha256: '' } },
  { patches: [], revision: -1 },
  { patches: [], revision: 2 ** 53 },
  { patches: [1] },
  one({ line: 1 }),
  one({ op: 'delete' }),
  one({ op: 'remove', line: 1 }),
  one({ op: 'delete', line: 0 }),
  one({ op: 'delete', line: 1.5 }),
  one({ op: 'delete', line: '1' }),
  one({ op: 'delete', line: 2 ** 53 }),
  one({ op: 'delete', line: 1, text: '' }),
  one({ op: 'delete', line: 1, lines: [] }),
  one({ op: 'delete', line: 1, id: '' }),
  one({ op: 'delete', line: 1, expect: null }),
  one({ op: 'replace', line: 1 }),
  one({ op: 'replace', line: 1, text: '', lines: [] }),
  one({ op: 'replace', line: 1, lines: ['a\nb'] }),
  one({ op: 'replace', line: 1, lines: 'a' }),
  one({ op: 'insert', line: 1 }),
  one({ op: 'insert', line: 1, endLine: 1, text: '' }),
  one({ op: 'insert', line: 1, text: '', extra: 1 }),
];

/** @param {object} batch */
const isRead = (batch) => {
  try {
    engine.batch(JSON.stringify(batch)).dispose();
    return true;
  } catch (error) {
    assert.equal(/** @type {{ code?: string }} */ (error).code, 'malformed_batch');
    return false;
  }
};

describe('the schema of a batch', () => {
  it('is what its source says; if not, run js/engine/scripts/write-schema.mjs', () => {
    assert.deepEqual(schema, batchSchema);
  });

  it('takes what the engine reads', () => {
    for (const batch of TAKEN) {
      assert.deepEqual([validate(batch), isRead(batch)], [true, true], JSON.stringify(batch));
    }
  });

  it('refuses what the engine refuses', () => {
    for (const batch of REFUSED) {
      assert.deepEqual([validate(batch), isRead(batch)], [false, false], JSON.stringify(batch));
    }
  });

  it('takes what the engine writes', () => {
    for (const batch of TAKEN) {
      const written = JSON.parse(JSON.stringify(engine.batch(JSON.stringify(batch))));
      assert.ok(validate(written), JSON.stringify([written, validate.errors]));
    }
  });

  it("can be the input of an agent's tool: an object, with every field described", () => {
    assert.equal(schema.type, 'object');
    /** @type {string[]} */
    const missing = [];
    const visit = (/** @type {any} */ node, /** @type {string} */ place) => {
      for (const [name, field] of Object.entries(node.properties ?? {})) {
        const { description, type } = /** @type {any} */ (field);
        if (!description && !('const' in /** @type {any} */ (field)) && type !== 'array') {
          missing.push(`${place}.${name}`);
        }
        visit(field, `${place}.${name}`);
      }
      for (const part of [node.items, ...(node.oneOf ?? [])]) if (part) visit(part, place);
    };
    visit(schema, '');
    assert.deepEqual(missing, []);
  });
});
