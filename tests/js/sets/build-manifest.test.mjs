// @ts-check
/** firn-manifest.json: one artefact id for one build, whoever made it and in whatever order. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import {
  applyFile,
  artefactId,
  buildManifest,
  parseBuildManifest,
  patchIndex,
  printBuildManifest,
} from '@firn/sets';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { made, randomNumbers, SEED, setOf, setRefusal, shuffled } from './sets.mjs';

const [native, wasm] = await Promise.all(
  /** @type {const} */ (['native', 'wasm']).map((backend) => loadEngine({ backend })),
);
assert.ok(native && wasm);

const texts = { 'a.txt': 'one\ntwo\n', 'src/b.txt': 'three\nfour\n', 10: 'x\n', 9: 'y\n' };

/** @param {import('@firn/engine').Engine} engine @param {Record<string, string>} [conditions] */
function built(engine, conditions = { env: 'production' }) {
  const patches = Object.entries(texts).map(([file, text]) =>
    made(`in-${path.basename(file)}`, text, [{ op: 'replace', line: 1, text: 'new' }], { file }),
  );
  const off = made('off', 'one\ntwo\n', [{ op: 'delete', line: 2 }], { when: { env: 'staging' } });
  const second = made('q', 'one\ntwo\n', [{ op: 'delete', line: 2 }], {
    when: { env: 'production' },
  });
  const sets = [setOf(engine, 'shop', [...patches, off]), setOf(engine, 'more', [second])];
  const index = patchIndex(sets, conditions);
  const proofs = index.files.map((file) => {
    const snapshot = engine.freeze(texts[/** @type {keyof typeof texts} */ (file)]);
    const one = applyFile(engine, snapshot, index.of(file));
    try {
      return one.proof;
    } finally {
      one.dispose();
    }
  });
  return { index, proofs };
}

describe('the index of several sets', () => {
  it('takes what every condition is met of, and no more', () => {
    const { index } = built(native);
    assert.deepEqual(index.files, ['10', '9', 'a.txt', 'src/b.txt']);
    assert.deepEqual(
      index.of('a.txt').map(({ label }) => label),
      ['shop/in-a.txt', 'more/q'],
    );
    assert.deepEqual(
      index.inactive.map(({ label }) => label),
      ['shop/off'],
    );
    assert.deepEqual(index.of('toString'), []);
    const none = built(native, Object.create({ env: 'production' })).index;
    assert.deepEqual(
      none.of('a.txt').map(({ label }) => label),
      ['shop/in-a.txt'],
    );
  });

  it('refuses two sets of one name, whatever the case, and patch files that nobody names', () => {
    const set = setOf(native, 's', []);
    const error = setRefusal('set_duplicate', () =>
      patchIndex([set, { ...set, strays: ['x.json'] }]),
    );
    assert.deepEqual(
      error.problems.map(({ code }) => code),
      ['set_duplicate', 'set_unused_patch'],
    );
    setRefusal('set_duplicate', () => patchIndex([set, { ...set, id: 'S' }]));
  });
});

describe('the manifest of a build', () => {
  const { index, proofs } = built(native);
  const manifest = buildManifest(native, index, proofs);

  it('has the same id from both backends', () => {
    const other = built(wasm);
    assert.deepEqual(buildManifest(wasm, other.index, other.proofs), manifest);
    assert.equal(artefactId(wasm, manifest), artefactId(native, manifest));
  });

  it('has the same id in whatever order files were built and keys are written', () => {
    const random = randomNumbers(SEED);
    for (let run = 0; run < 20; run += 1) {
      const again = buildManifest(native, index, shuffled(proofs, random));
      assert.equal(printBuildManifest(again), printBuildManifest(manifest), `FIRN_SEED=${SEED}`);
      const files = Object.fromEntries(shuffled(Object.entries(manifest.files), random));
      assert.equal(artefactId(native, { ...manifest, files }), manifest.id);
    }
    const conditions = { b: '2', a: '1' };
    const turned = { a: '1', b: '2' };
    assert.equal(
      artefactId(native, { ...manifest, conditions }),
      artefactId(native, { ...manifest, conditions: turned }),
    );
  });

  it('has an id that anyone can compute: the fingerprint of the text that the docs describe', () => {
    const files = Object.keys(manifest.files)
      .sort()
      .map((file) => {
        const one = manifest.files[file];
        return [file, one?.base, one?.patches, one?.result];
      });
    const text = JSON.stringify([
      'firn.build/1',
      native.version,
      ['shop', 'more'],
      [['env', 'production']],
      files,
    ]);
    assert.equal(native.freeze(text).fingerprint, manifest.id);
  });

  it('has another id for whatever differs', () => {
    const file = manifest.files['a.txt'];
    assert.ok(file);
    const others = [
      { ...manifest, engine: '0.0.1' },
      { ...manifest, sets: ['more', 'shop'] },
      { ...manifest, conditions: { env: 'staging' } },
      { ...manifest, files: { ...manifest.files, 'a.txt': { ...file, patches: [] } } },
      { ...manifest, files: { ...manifest.files, 'a.txt': { ...file, result: file.base } } },
      { ...manifest, files: {} },
    ];
    const ids = new Set([manifest, ...others].map((one) => artefactId(native, one)));
    assert.equal(ids.size, others.length + 1);
  });

  it('reads back, and keeps to its schema', () => {
    const text = printBuildManifest(manifest);
    assert.deepEqual(parseBuildManifest(wasm, text), manifest);
    const schema = new URL('../../../js/sets/schema/firn.build.schema.json', import.meta.url);
    const isValid = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')));
    assert.ok(isValid(JSON.parse(text)), JSON.stringify(isValid.errors));
    assert.ok(!isValid({ ...manifest, more: 1 }));
  });

  it('that somebody has changed is refused, and one that is none', () => {
    const text = printBuildManifest(manifest);
    const changed = text.replace('"production"', '"staging"');
    const error = setRefusal('set_artefact_mismatch', () => parseBuildManifest(native, changed));
    assert.equal(error.expected, manifest.id);
    const parse = (/** @type {object} */ change) => () =>
      parseBuildManifest(native, JSON.stringify({ ...manifest, ...change }));
    setRefusal('set_malformed', parse({ more: 1 }), /more is not known/);
    setRefusal('set_malformed', parse({ files: { a: {} } }), /files\.a has no "base"/);
    setRefusal('set_unsafe_path', parse({ files: { '../a': manifest.files['a.txt'] } }));
    setRefusal('set_malformed', parse({ sets: [1] }), /sets\[0\] must be a string, not 1/);
  });

  it('is refused when a file with patches was not built', () => {
    const some = proofs.filter(({ file }) => file !== 'a.txt');
    const error = setRefusal('set_unused_patch', () => buildManifest(native, index, some));
    assert.deepEqual(
      error.problems.map(({ set, patch }) => `${set}/${patch}`),
      ['shop/in-a.txt', 'more/q'],
    );
  });
});
