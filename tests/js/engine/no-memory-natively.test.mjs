// @ts-check
/**
 * The addon where memory ends at the n-th allocation, for every n: each verb says so or does all of its work, and nothing of
 * either is left. Node's own memory never ends here: it would end the process.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Engine } from '../../../js/engine/dist/engine.js';
import { FirnError } from '../../../js/engine/dist/error.js';
import { maker } from '../../../js/engine/dist/owned.js';
import { everyVerb } from './every-verb.mjs';
import { collectUntil } from './gc.mjs';

/**
 * @typedef {object} Scarce tests/node/no_memory_addon.cpp
 * @property {import('../../../js/engine/dist/binding.js').EngineBinding} binding
 * @property {(granted: number, lasts: boolean) => void} beginScarcity
 * @property {() => boolean} endScarcity
 * @property {() => number} liveBlockCount
 */

const built = new URL('../../../build/native/tests/node/no_memory.node', import.meta.url);
/** Getters of numbers and texts, and what has its memory already. */
const NEED_NONE = ['getters', 'names', 'bytesInto'];
const skip = existsSync(built) ? false : 'make test-native builds the addon for it';

/** @returns {Scarce} */
function load() {
  return createRequire(import.meta.url)(fileURLToPath(built));
}

/**
 * Whether the verb met the end of memory; and if so, that it said so or did its work all the same.
 * @param {Scarce} scarce @param {string} name @param {() => unknown} verb @param {unknown} expected
 * @param {number} granted @param {boolean} lasts
 */
function isMet(scarce, name, verb, expected, granted, lasts) {
  scarce.beginScarcity(granted, lasts);
  /** @type {unknown} */
  let found;
  /** @type {unknown} */
  let thrown;
  try {
    found = verb();
  } catch (cause) {
    thrown = cause;
  }
  const wasMet = scarce.endScarcity();
  const where = `${name}, allocation ${granted}`;
  if (thrown === undefined) {
    assert.deepEqual(found, expected, where);
  } else {
    assert.ok(thrown instanceof FirnError, `${where}: ${String(thrown)}`);
    assert.equal(thrown.code, 'limit_exceeded', `${where}: ${thrown.message}`);
    assert.ok(wasMet, `${where}: ${thrown.message}`);
  }
  return wasMet;
}

it('the addon refuses or does its work wherever memory ends, and keeps none', {
  skip,
}, async () => {
  const scarce = load();
  const host = { readFile: () => assert.fail(), complete: () => assert.fail() };
  // Its constructor is nobody's but the loader's, and not in its types.
  /** @type {Engine} */
  const engine = Reflect.construct(Engine, [maker, scarce.binding, 'native', [], host]);
  const all = everyVerb(engine);
  for (const [name, verb] of Object.entries(all)) {
    const expected = verb();
    await collectUntil(() => false, 2);
    const before = scarce.liveBlockCount();
    let times = 0;
    for (const lasts of [false, true]) {
      for (let granted = 0; isMet(scarce, name, verb, expected, granted, lasts); granted += 1) {
        times += 1;
      }
    }
    assert.equal(times === 0, NEED_NONE.includes(name), `${name} met the end ${times} times`);
    assert.deepEqual(verb(), expected, `${name}, afterwards`);
    await collectUntil(() => scarce.liveBlockCount() <= before);
    assert.ok(
      scarce.liveBlockCount() <= before,
      `${name} lost ${scarce.liveBlockCount() - before} blocks in ${times} refusals`,
    );
  }
});
