// @ts-check
// The least that a cold call takes, wherever the engine runs in Node: the text goes in, the patched
// text comes out, and both are strings. Who splices in JavaScript need not cross; who has an engine
// must, whatever the engine is. Left out is all that a better engine might do better: to read the
// patches, to find the lines, to look at what it copies.

import { createRequire } from 'node:module';
import { patching } from './patching.mjs';

/** @import { Field } from './field.mjs' */
/** @import { Workload } from './workload.mjs' */

const ADDON = '../../build/native/bench/least/least.node';

/** @param {Workload} workload */
function throughAddon({ text, expected }) {
  const { prepare } = createRequire(import.meta.url)(ADDON);
  const patch = prepare(text, expected);
  return () => patch(text);
}

const PAGE_BYTES = 65_536;
const encoder = new TextEncoder();

/** No call into the module at all: only its memory is written and read. @param {Workload} workload */
function throughWasm({ text, expected }) {
  const bytes = encoder.encode(text).length;
  const readyBytes = encoder.encode(expected).length;
  const { buffer } = new WebAssembly.Memory({
    initial: Math.ceil((bytes + readyBytes) / PAGE_BYTES),
  });
  const given = new Uint8Array(buffer, 0, bytes);
  const ready = Buffer.from(buffer, bytes, readyBytes);
  ready.write(expected, 'utf8');
  return () => {
    encoder.encodeInto(text, given);
    return ready.toString('latin1');
  };
}

/** @type {Field<Workload>} */
export const crossing = {
  tasks: {},
  peers: { 'least cold addon': throughAddon, 'least cold wasm': throughWasm },
  isRight: patching.isRight,
};
