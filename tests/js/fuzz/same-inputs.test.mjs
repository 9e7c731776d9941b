// @ts-check
/** Native equals WebAssembly on every input that the fuzzers begin with, in every byte, fact and error. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { allInputs } from '../../fuzz/inputs.mjs';
import { seenBy } from './seen.mjs';

const native = await loadEngine({ backend: 'native' });
const wasm = await loadEngine({ backend: 'wasm' });

/** What JSON cannot parse is no matter of either backend's. @param {() => unknown} act */
function seen(act) {
  try {
    return act();
  } catch (error) {
    if (error instanceof SyntaxError) return 'no JSON';
    throw error;
  }
}

/** Those that have a reader of their own. */
const READERS = ['place', 'read_batch', 'read_diff', 'read_text_edits'];

/** Each input once: the same texts are an input of several targets, which are all one here. */
function distinctInputs() {
  const known = new Set();
  return Array.from(allInputs(), ([target, inputs]) => {
    const reader = READERS.includes(target) ? target : '';
    const added = inputs.filter((input) => {
      const texts = reader === '' ? input.slice(input.indexOf('\x1E')) : reader + input;
      return known.size < known.add(texts).size;
    });
    return /** @type {const} */ ([target, added]);
  });
}

describe('native equals wasm', () => {
  for (const [target, inputs] of distinctInputs()) {
    // Its inputs are programs of C's calls.
    if (target === 'c_abi') continue;
    it(`on the ${inputs.length} inputs of ${target}`, () => {
      for (const input of inputs) {
        const one = seen(() => seenBy(native, target, input));
        const other = seen(() => seenBy(wasm, target, input));
        assert.deepEqual(other, one, `${target}: ${JSON.stringify(input)}`);
      }
    });
  }
});
