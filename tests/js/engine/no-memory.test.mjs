// @ts-check
/**
 * A WebAssembly module without any memory left: each verb says so or does all of its work, wherever in it the memory ends, and
 * the module is as good as new when there is some again.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';

import { FirnError, loadEngine } from '@firn/engine';

import { DIST } from './backends.mjs';
import { withMaximum } from './small-memory.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {{ dispose(): void }} Handle */

const MEBIBYTES = 24;
/** Every block is filled with texts of these sizes, the largest first. */
const FILLINGS = [1 << 20, 1 << 16, 1 << 12, 1 << 8, 1 << 4];
const LEFT_OVER = 1 << 12;

const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
const text = `${lines.join('\n')}\n`;
const [ours, theirs] = [
  text.replace('line 7\n', 'ours\nmore\n'),
  text.replace('line 30', 'theirs'),
];

/** What each verb makes, as data; it frees what it made. @param {Engine} engine @returns {Record<string, () => unknown>} */
function verbs(engine) {
  const [a, b, c] = [text, ours, theirs].map((each) => engine.freeze(each));
  assert.ok(a && b && c);
  const batch = engine.diff(a, b);
  const patched = a.apply(batch);
  const unified = patched.unifiedDiff();
  const diff = engine.parseDiff(unified);
  const [file] = diff.files;
  assert.ok(file);
  const history = engine.history(a);
  /** @type {import('@firn/engine').PatchInput[]} */
  const patches = [{ op: 'replace', line: 3, text: 'x\ny', expect: 'line 2', id: 'p' }];
  const json = JSON.stringify(patches);
  /** @template {Handle} H @param {H} handle @param {(handle: H) => unknown} look */
  const freed = (handle, look) => {
    try {
      return look(handle);
    } finally {
      handle.dispose();
    }
  };
  return {
    freeze: () => freed(engine.freeze(text), ({ fingerprint }) => fingerprint),
    batch: () => freed(engine.batch(json), (made) => made.toJSON()),
    packed: () => freed(engine.batch(patches), (made) => made.toJSON()),
    select: () => freed(batch.select([0]), (made) => made.toJSON()),
    patch: () => engine.patch(text, patches),
    apply: () => freed(a.apply(batch), (made) => made.text()),
    check: () => a.check(batch),
    lines: () => patched.lines(1, 20),
    changes: () => [patched.changes(), patched.provenance(1, 20)],
    unifiedDiff: () => patched.unifiedDiff(),
    sourceMap: () => patched.sourceMap({ hires: 'boundary' }),
    diff: () => freed(engine.diff(b, c), (made) => made.toJSON()),
    merge: () => engine.merge(a, b, c).text(),
    parseDiff: () => freed(engine.parseDiff(unified), ({ files }) => files[0]?.newName),
    place: () => freed(file.place(c, { placement: 'fuzzy' }).batch, (made) => made.toJSON()),
    invert: () => freed(patched.invert(), (made) => made.toJSON()),
    rebase: () => freed(patched.rebase(c).batch, (made) => made.toJSON()),
    textEdits: () => {
      const position = { line: 2, character: 1 };
      const edits = [{ range: { start: position, end: position }, newText: 'new' }];
      return freed(a.textEdits(edits), (made) => made.toJSON());
    },
    append: () => {
      const { history: longer, patched: made } = history.append(batch);
      made.dispose();
      return freed(longer, ({ revisions }) => revisions);
    },
    words: () => engine.words('one two three', 'one 2 three'),
  };
}

/** Takes all memory there is. @param {Engine} engine */
function filled(engine) {
  /** @type {Map<number, Handle[]>} */
  const fillings = new Map();
  for (const size of FILLINGS) {
    const content = 'x'.repeat(size);
    const taken = [];
    try {
      for (;;) taken.push(engine.freeze(content));
    } catch (error) {
      if (!(error instanceof FirnError) || error.code !== 'limit_exceeded') throw error;
    }
    fillings.set(size, taken);
  }
  return fillings;
}

it('a module without memory refuses what needs some, does the rest, and recovers', async () => {
  const wasm = withMaximum(readFileSync(new URL('firn.wasm', DIST)), MEBIBYTES);
  const engine = await loadEngine({ backend: 'wasm', wasm });
  const all = verbs(engine);
  const expected = Object.fromEntries(Object.entries(all).map(([name, verb]) => [name, verb()]));
  const fillings = filled(engine);
  const refused = new Set();
  const done = new Set();
  const spare = fillings.get(LEFT_OVER) ?? [];
  assert.ok(spare.length > 0, 'nothing is left to give back in small pieces');
  for (let left = 0; left < 40; left += 1) {
    for (const [name, verb] of Object.entries(all)) {
      try {
        assert.deepEqual(verb(), expected[name], name);
        done.add(name);
      } catch (error) {
        if (!(error instanceof FirnError)) throw error;
        assert.equal(error.code, 'limit_exceeded', `${name}: ${error.message}`);
        refused.add(name);
      }
    }
    spare.pop()?.dispose();
  }
  assert.ok(refused.size > Object.keys(all).length / 2, `only ${[...refused]} found no memory`);
  for (const filling of [...fillings.values()].flat()) filling.dispose();
  for (const [name, verb] of Object.entries(all)) assert.deepEqual(verb(), expected[name], name);
  assert.equal(engine.freeze('x'.repeat(8 << 20)).byteLength, 8 << 20);
  assert.ok(done.size > 0);
});
