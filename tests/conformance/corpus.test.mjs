// @ts-check
/** The corpus itself: it keeps to its schema, no name is used twice, and the oracle agrees with every case. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { readCorpus } from './corpus.mjs';
import { apply, check, splitLines, utf8 } from './oracle.mjs';
import { readBatch } from './oracle-json.mjs';
import { checkVerbCase } from './verbs-oracle.mjs';

/** @typedef {import('./run-case.mjs').Case} Case */
/** @typedef {import('./run-verb.mjs').VerbCase} VerbCase */

/** @param {string | undefined} text @param {string | undefined} base64 */
const binary = (text, base64) =>
  text === undefined ? Buffer.from(base64 ?? '', 'base64').toString('latin1') : utf8(text);

/** @param {Case} test */
const jsonOf = ({ batch, batchText, batchBase64 }) =>
  batch === undefined ? binary(batchText, batchBase64) : utf8(JSON.stringify(batch));

/** As data that has been JSON, without messages: the oracle knows none. @param {unknown} value */
const plain = (value) =>
  JSON.parse(JSON.stringify(value ?? null), (key, each) => (key === 'message' ? undefined : each));

/** The fingerprints of all texts, by one run of a program that is not ours. @param {string[]} texts */
function fingerprintsOf(texts) {
  const folder = mkdtempSync(path.join(tmpdir(), 'firn-corpus-'));
  try {
    const names = texts.map((text, at) => {
      const name = path.join(folder, String(at));
      writeFileSync(name, text, 'latin1');
      return name;
    });
    const output = execFileSync('xxh128sum', names, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const lines = output.split('\n');
    return new Map(texts.map((text, at) => [text, lines[at]?.slice(0, 32) ?? '']));
  } catch (cause) {
    throw new Error('the corpus is checked with xxh128sum (Debian package xxhash)', { cause });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const corpus = readCorpus();
const all = corpus.flatMap(({ cases }) => cases);
/** @param {Case | VerbCase} test @returns {test is VerbCase} */
const isVerbCase = (test) => 'verb' in test;
const applyCases = all.flatMap((test) => (isVerbCase(test) ? [] : [test]));
const fingerprints = fingerprintsOf(
  applyCases.flatMap(({ base, baseBase64, expect }) => [
    binary(base, baseBase64),
    binary(expect.text, expect.textBase64),
  ]),
);

/** @param {string} text */
const fingerprintOf = (text) => fingerprints.get(text) ?? '';

/** Asks the oracle everything that the case says. @param {Case} test */
function askOracle(test) {
  const { expect, options = {}, limits } = test;
  const text = binary(test.base, test.baseBase64);
  const frozen = { text, fingerprint: fingerprintOf(text) };
  const lines = splitLines(text).map(({ content }) => content);
  const { snapshot } = expect;
  if (snapshot) {
    assert.equal(snapshot.fingerprint ?? frozen.fingerprint, frozen.fingerprint);
    assert.equal(snapshot.lineCount ?? lines.length, lines.length);
    assert.equal(snapshot.byteLength ?? text.length, text.length);
    assert.deepEqual(snapshot.lines?.map(utf8) ?? lines, lines);
  }
  if (!('batch' in test || 'batchText' in test || 'batchBase64' in test)) return;

  const read = readBatch(jsonOf(test), limits);
  if ('errors' in read) {
    assert.deepEqual(plain(expect.errors), plain(read.errors));
    return;
  }
  const checked = plain(check(frozen, read.batch, options));
  for (const [key, value] of Object.entries(plain(expect.check ?? {}))) {
    assert.deepEqual(value, checked[key], `check.${key}`);
  }
  const applied = plain(apply(frozen, read.batch, options));
  if (expect.errors) {
    assert.deepEqual(plain(expect.errors), applied.errors);
    return;
  }
  if (expect.text === undefined && expect.textBase64 === undefined) return;
  assert.equal(applied.errors, undefined, 'the oracle refuses the batch');
  assert.equal(binary(expect.text, expect.textBase64), applied.text);
  assert.equal(expect.revision ?? applied.revision, applied.revision);
  assert.equal(expect.lineCount ?? applied.lines.length, applied.lines.length);
  assert.equal(expect.byteLength ?? applied.text.length, applied.text.length);
  const fingerprint = fingerprintOf(applied.text);
  assert.equal(expect.fingerprint ?? fingerprint, fingerprint);
  for (const [key, value] of Object.entries(plain(expect.report ?? {}))) {
    assert.deepEqual(value, applied.report[key], `report.${key}`);
  }
  for (const key of /** @type {const} */ (['changes', 'mapLine', 'unmapLine'])) {
    if (expect[key]) assert.deepEqual(expect[key], applied[key], key);
  }
  for (const { from, to, is } of expect.lines ?? []) {
    assert.deepEqual(is.map(String).map(utf8), applied.lines.slice(from - 1, to), 'lines');
  }
  for (const { from, to, is } of expect.provenance ?? []) {
    assert.deepEqual(is, applied.provenance.slice(from - 1, to), 'provenance');
  }
}

describe('the corpus', () => {
  const read = (/** @type {string} */ name) =>
    JSON.parse(readFileSync(path.join(import.meta.dirname, name), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, strictRequired: false });
  const schemas = ['schema.json', 'verbs.schema.json'];
  for (const schema of schemas) ajv.addSchema(read(schema), `../${schema}`);

  for (const { name } of corpus) {
    it(`${name} keeps to the schema it names`, () => {
      const file = read(`cases/${name}`);
      assert.ok(ajv.validate(file.$schema, file), ajv.errorsText(ajv.errors));
    });
  }

  it('uses no name twice', () => {
    const names = all.map((test) => test.name);
    const twice = names.filter((name, at) => names.indexOf(name) !== at);
    assert.deepEqual(twice, []);
  });

  it('tests every error code and warning that its schema knows', () => {
    const { error, warning } = read('schema.json').$defs;
    const text = JSON.stringify(all);
    for (const { code } of [error.properties, warning.properties]) {
      for (const value of code.enum) assert.ok(text.includes(`"code":"${value}"`), value);
    }
  });
});

for (const { name, cases } of corpus) {
  describe(`the oracle agrees with ${name}`, () => {
    for (const test of cases) {
      it(test.name, () => (isVerbCase(test) ? checkVerbCase(test) : askOracle(test)));
    }
  });
}
