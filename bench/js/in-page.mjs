// @ts-check
// Measures contenders in a page. suites/chromium.mjs bundles it, tells it the time, and
// calls what it leaves behind.

import { loadEngine } from '@firn/engine';
import { measure } from './contenders.mjs';

/** @import { Measured } from '../suites/suite.mjs' */
/** @import { Timing } from './rounds.mjs' */

/** @param {string[]} names @param {Pick<Timing, 'rounds' | 'milliseconds'>} effort @returns {Promise<Measured>} */
async function measureInPage(names, effort) {
  const engines = { wasm: await loadEngine({ wasm: '/engine/firn.wasm' }) };
  return measure(names, engines, {
    ...effort,
    now: () => Reflect.get(globalThis, 'processorTime')(),
    versionsOf: (name) => {
      throw new Error(`a page has no published files: ${name}`);
    },
  });
}

Object.assign(globalThis, { measureInPage });
