// @ts-check
/**
 * Diagnostics, whole, as they stand on a screen. Each case is a transcript in fixtures/: read it when
 * it changes, as a user would. FIRN_UPDATE=1 writes them anew.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { describe, it } from 'node:test';

import { acting, firn, folderFor, json } from './run-firn.mjs';

const cart = `import { price } from './price.js';

export function Cart({ items }) {
  const total = items.reduce((sum, item) => sum + price(item), 0);
  const count = items.length;
\tconst label = count === 1 ? 'item' : 'items';
  return <p>{count} {label}: {total}</p>;
}
`;

const long = `${'α'.repeat(150)} here ${'β'.repeat(150)}`;
const hostile =
  'esc \u001b[31mred\u001b]0;title\u0007 c1 \u009b31m \u202etxet\u2066 zero\u200bwidth\rover\u0000';

const { FIRN_UPDATE, CI } = process.env;

/** @typedef {{ args: string, file?: string, text?: string, batch: unknown, revision?: number }} Case */

/** @type {Record<string, Case>} */
const cases = {
  overlap: {
    args: 'check cart.jsx -p batch.json',
    batch: `{
  "patches": [
    { "id": "rename", "op": "replace", "line": 5, "text": "  const n = items.length;" },
    { "op": "insert", "line": 7, "text": "  // here" },
    { "id": "drop", "op": "delete", "line": 4, "endLine": 6 },
    { "op": "insert", "line": 7, "text": "  // there" }
  ]
}
`,
  },
  'expectation-failed': {
    args: 'apply cart.jsx -p batch.json --policy atomic',
    batch: json([
      { op: 'delete', line: 5, expect: '  const count = items.size;' },
      {
        op: 'delete',
        line: 3,
        endLine: 4,
        expect: "  const count = items.length;\n\tconst label = count === 1 ? 'item' : 'items';",
      },
      {
        op: 'replace',
        line: 7,
        endLine: 8,
        text: '}',
        expect: '  return <p>{count} {label}: {total}</p>;',
      },
      { op: 'insert', line: 9, text: 'x', expect: '// end' },
    ]),
  },
  'out-of-bounds': {
    args: 'check cart.jsx -p batch.json',
    batch: json([
      { op: 'delete', line: 8, endLine: 12 },
      { id: 'tail', op: 'insert', line: 20, text: 'export default Cart;' },
    ]),
  },
  'empty-file': {
    args: 'check cart.jsx -p batch.json',
    text: '',
    batch: json([{ op: 'delete', line: 1 }]),
  },
  'another-base': {
    args: 'apply cart.jsx -p batch.json --policy atomic --revision 8',
    batch: `{
  "revision": 7,
  "base": { "fingerprint": "0123456789abcdef0123456789abcdef", "lineCount": 9 },
  "patches": []
}
`,
  },
  'fail-fast': {
    args: 'apply cart.jsx -p batch.json',
    batch: json([
      { op: 'delete', line: 9 },
      { op: 'delete', line: 10 },
    ]),
  },
  'best-effort': {
    args: 'apply cart.jsx -p batch.json --policy best-effort --diff',
    batch: json([
      { op: 'replace', line: 5, text: '  const n = items.length;' },
      { op: 'delete', line: 9 },
      { op: 'replace', line: 8, text: '}' },
    ]),
  },
  'malformed-json': {
    args: 'apply cart.jsx -p batch.json',
    batch: '{\n\t"patches": [\n\t\t{ "op": "delete", "line": 01 }\n\t]\n}\n',
  },
  'malformed-json-ends': { args: 'apply cart.jsx -p batch.json', batch: '{ "patches": [\n' },
  'malformed-batch': {
    args: 'apply cart.jsx -p batch.json',
    batch: '[\n  { "op": "insert", "line": 2, "txet": "日本語" }\n]\n',
  },
  'malformed-batch-wide': {
    args: 'apply cart.jsx -p batch.json',
    batch: '[{ "id": "日本語 👩‍👩‍👧 e\u0301", "op": "remove", "line": 2 }]',
  },
  'malformed-operation': {
    args: 'apply cart.jsx -p batch.json',
    batch: '[{ "op": "dlete", "line": 2 }]\n',
  },
  'byte-order-mark': { args: 'apply cart.jsx -p batch.json', batch: '\ufeff[]\n' },
  'long-line': {
    args: 'check cart.jsx -p batch.json',
    text: `short\n${long}\nshort again\n`,
    batch: json([{ op: 'delete', line: 2, expect: long.replace('here', 'hare') }]),
  },
  hostile: {
    args: 'check cart.jsx -p batch.json',
    text: `${hostile}\n日本語 👩‍👩‍👧 e\u0301 end\n`,
    batch: json([
      { id: hostile, op: 'delete', line: 1, expect: 'esc' },
      { op: 'delete', line: 2, expect: '日本語 👩‍👩‍👧 e\u0301 and' },
    ]),
  },
  'hostile-batch': { args: 'check cart.jsx -p batch.json', batch: `[{ "x-${hostile}": 1 }]` },
  explanation: {
    args: 'explain cart.jsx -p batch.json',
    batch: `{
  "id": "b-17",
  "file": "src/cart.jsx",
  "base": { "lineCount": 8 },
  "revision": 7,
  "patches": [
    { "id": "rename", "op": "replace", "line": 5, "text": "  const n = items.length;", "expect": "  const count = items.length;" },
    { "op": "replace", "line": 6, "endLine": 7, "lines": ["  const label = n;", "", "  return label;"], "expect": "a\\nb" },
    { "op": "insert", "line": 9, "text": "export default Cart;" },
    { "op": "replace", "line": 8, "text": "}" },
    { "op": "delete", "line": 2 }
  ]
}
`,
  },
  'explanation-of-nothing': {
    args: 'explain cart.jsx -p batch.json',
    batch: json([
      { op: 'replace', line: 1, endLine: 2, lines: [] },
      { op: 'insert', line: 5, lines: [] },
    ]),
  },
};

const fixture = (/** @type {string} */ name) => new URL(`./fixtures/${name}.txt`, import.meta.url);

describe('a diagnostic', () => {
  if (FIRN_UPDATE) {
    it('is held to its transcript, not the other way round', () => {
      assert.ok(!CI, 'FIRN_UPDATE has no business in CI');
      assert.fail('the transcripts were written anew: read them, then run without FIRN_UPDATE');
    });
  }

  for (const [name, { args, text = cart, batch }] of Object.entries(cases)) {
    it(name, (test) => {
      const folder = folderFor(test, { 'cart.jsx': text, 'batch.json': String(batch) });
      const ran = firn(args.split(' '), { cwd: folder });
      const transcript = `$ firn ${args}\n${ran.out}${ran.err}[exit ${ran.code}]\n`;
      if (FIRN_UPDATE && !CI) writeFileSync(fixture(name), transcript);
      assert.equal(transcript, readFileSync(fixture(name), 'utf8'));
      // No byte of a file reached the terminal as a command to it.
      assert.doesNotMatch(transcript, acting);
    });
  }

  it('has no transcript without a case', () => {
    const transcripts = readdirSync(new URL('./fixtures/', import.meta.url)).sort();
    assert.deepEqual(
      transcripts,
      Object.keys(cases)
        .map((name) => `${name}.txt`)
        .sort(),
    );
  });
});
