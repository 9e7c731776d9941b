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
import { everyVerb } from './every-verb.mjs';
import { withMaximum } from './small-memory.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {{ dispose(): void }} Handle */

const MEBIBYTES = 24;
/** Every block is filled with texts of these sizes, the largest first. */
const FILLINGS = [1 << 20, 1 << 16, 1 << 12, 1 << 8, 1 << 4];
const LEFT_OVER = 1 << 12;

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
  const all = everyVerb(engine);
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
  assert.deepEqual(
    ['getters', 'names'].filter((name) => refused.has(name)),
    [],
  );
  for (const filling of [...fillings.values()].flat()) filling.dispose();
  for (const [name, verb] of Object.entries(all)) assert.deepEqual(verb(), expected[name], name);
  assert.equal(engine.freeze('x'.repeat(8 << 20)).byteLength, 8 << 20);
  assert.ok(done.size > 0);
});
