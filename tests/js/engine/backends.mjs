// @ts-check
import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { FirnError, loadEngine } from '@firn/engine';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {import('@firn/engine').ErrorCode} ErrorCode */

/** Where the built package lies. */
export const DIST = new URL('../../../js/engine/dist/', import.meta.url);

/**
 * One suite, both backends: they are to be told apart by `engine.backend` alone.
 * @param {string} name @param {(engine: Engine) => void} suite
 */
export async function onBothBackends(name, suite) {
  for (const backend of /** @type {const} */ (['native', 'wasm'])) {
    const engine = await loadEngine({ backend });
    describe(`${name} (${backend})`, () => suite(engine));
  }
}

/**
 * The FirnError that `act` throws.
 * @param {ErrorCode} code @param {() => unknown} act @param {RegExp} [message]
 */
export function refusal(code, act, message = /./) {
  /** @type {unknown} */
  let thrown;
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  assert.ok(thrown instanceof FirnError, `no FirnError but ${thrown}`);
  assert.equal(thrown.code, code);
  assert.match(thrown.message, message);
  return thrown;
}

/** A wrong argument on purpose, past the type checker. @param {unknown} value @returns {any} */
export const wrong = (value) => value;

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
export const list = (bytes) => Array.from(bytes);
