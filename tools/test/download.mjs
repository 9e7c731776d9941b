// @ts-check
// What a page downloads for the engine: the WebAssembly, and what starts it and speaks to it, as a bundler leaves it.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { buildSync } from 'esbuild';

/** @param {Uint8Array} bytes */
const compressed = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** @param {string} folder js/engine/dist, wherever it is. Bytes, compressed. */
export function downloadOf(folder) {
  const { outputFiles = [] } = buildSync({
    entryPoints: [path.join(folder, 'load-wasm.js')],
    ...{ bundle: true, minify: true, format: 'esm', write: false },
  });
  const wasm = (/** @type {string} */ name) => compressed(readFileSync(path.join(folder, name)));
  return {
    glue: compressed(outputFiles[0]?.contents ?? new Uint8Array()),
    whole: wasm('firn.wasm'),
    page: wasm('firn.page.wasm'),
    rest: wasm('firn.rest.wasm'),
  };
}
