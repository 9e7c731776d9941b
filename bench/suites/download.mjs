// @ts-check
// What a page downloads for the engine, compressed.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { root } from './suite.mjs';

/** @import { Suite } from './suite.mjs' */

/** @param {string} file @returns {number} Kilobytes: 1,024 bytes. */
const compressed = (file) =>
  gzipSync(readFileSync(`${root}js/engine/dist/${file}`), { level: 9 }).length / 1_024;

/** @type {Suite} */
export const download = {
  name: 'download',
  measure: () => ({
    rounds: { 'module and glue': [compressed('firn.wasm') + compressed('firn.mjs')] },
    facts: {},
  }),
};
