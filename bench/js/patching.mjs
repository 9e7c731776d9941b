// @ts-check
// Who makes the patched text: Firn as users get it, the built package, either backend, the crossing
// into it and back included; its peers; and the least that any of them must do.

import { naive, peers } from './peers.mjs';

/** @import { Batch, Engine, Patched, PatchInput, Snapshot } from '@firn/engine' */
/** @import { Field } from './field.mjs' */
/** @import { Workload } from './workload.mjs' */

const encoder = new TextEncoder();
const decoder = new TextDecoder('latin1');

/**
 * @template T
 * @param {Snapshot} snapshot
 * @param {Batch} batch
 * @param {(patched: Patched) => T} take
 */
function applied(snapshot, batch, take) {
  const patched = snapshot.apply(batch);
  const result = take(patched);
  patched.dispose();
  return result;
}

const bytesOf = (/** @type {Patched} */ patched) => patched.bytes();
const textOf = (/** @type {Patched} */ patched) => patched.text();

/** What a program sets aside that patches a text again and again. @param {Workload} workload */
const memoryFor = ({ text, expected }) =>
  new Uint8Array(2 * Math.max(text.length, expected.length));

/** @param {Engine} engine @param {string} text @param {Parameters<Engine['batch']>[0]} input */
function cold(engine, text, input) {
  const snapshot = engine.freeze(text);
  const batch = engine.batch(input);
  const result = applied(snapshot, batch, textOf);
  batch.dispose();
  snapshot.dispose();
  return result;
}

/** "bytes", "bytes-kept" and "text" begin with a frozen snapshot and a parsed batch; the cold ones with strings. */
const tasks = {
  /** @param {Engine} engine @param {Workload} workload */
  bytes: (engine, workload) => {
    const snapshot = engine.freeze(workload.text);
    const batch = engine.batch(workload.json);
    return () => applied(snapshot, batch, bytesOf);
  },
  /** @param {Engine} engine @param {Workload} workload */
  'bytes-kept': (engine, workload) => {
    const snapshot = engine.freeze(workload.text);
    const batch = engine.batch(workload.json);
    const memory = memoryFor(workload);
    const write = (/** @type {Patched} */ patched) => patched.bytesInto(memory);
    return () => memory.subarray(0, applied(snapshot, batch, write));
  },
  /** @param {Engine} engine @param {Workload} workload */
  text: (engine, workload) => {
    const snapshot = engine.freeze(workload.text);
    const batch = engine.batch(workload.json);
    return () => applied(snapshot, batch, textOf);
  },
  /** @param {Engine} engine @param {Workload} workload */
  'json-bytes': (engine, workload) => {
    const snapshot = engine.freeze(workload.text);
    const json = encoder.encode(workload.json);
    return () => {
      const batch = engine.batch(json);
      const result = applied(snapshot, batch, bytesOf);
      batch.dispose();
      return result;
    };
  },
  /** @param {Engine} engine @param {Workload} workload */
  'cold json-text':
    (engine, { text, json }) =>
    () =>
      cold(engine, text, json),
  /** @param {Engine} engine @param {Workload} workload */
  'cold array': (engine, { text, patches }) => {
    const input = /** @type {PatchInput[]} */ (patches);
    return () => engine.patch(text, input);
  },
};

/** What no engine can beat: the output is there already and is handed out as a new object. */
const least = {
  /** @param {Workload} workload */
  'least bytes': ({ expected }) => {
    const bytes = encoder.encode(expected);
    return () => bytes.slice();
  },
  /** @param {Workload} workload */
  'least bytes-kept': (workload) => {
    const bytes = encoder.encode(workload.expected);
    const memory = memoryFor(workload);
    return () => {
      memory.set(bytes);
      return memory.subarray(0, bytes.length);
    };
  },
  /** @param {Workload} workload */
  'least text': ({ expected }) => {
    const bytes = encoder.encode(expected);
    if (!globalThis.Buffer) return () => decoder.decode(bytes);
    const buffer = Buffer.from(bytes);
    return () => buffer.toString('latin1');
  },
};

/** The peers make strings; of those, too, bytes can be made in memory that is there. */
const kept = Object.fromEntries(
  Object.entries(peers).map(([peer, prepare]) => [
    `${peer} bytes-kept`,
    (/** @type {Workload} */ workload) => {
      const run = prepare(workload);
      const memory = memoryFor(workload);
      return () => memory.subarray(0, encoder.encodeInto(run(), memory).written);
    },
  ]),
);

const json = {
  /** @param {Workload} workload */
  'naive json-bytes': ({ text, json }) => {
    const bytes = encoder.encode(json);
    return () => encoder.encode(naive(text, JSON.parse(new TextDecoder().decode(bytes)).patches));
  },
};

/** @param {unknown} made */
function bytesMade(made) {
  if (typeof made === 'string') return encoder.encode(made);
  return made instanceof Uint8Array ? made : new Uint8Array();
}

/** @type {Field<Workload>} */
export const patching = {
  tasks,
  peers: { ...peers, ...kept, ...json, ...least },
  isRight: (made, { expected }) => {
    const found = bytesMade(made);
    const right = encoder.encode(expected);
    return found.length === right.length && found.every((byte, at) => byte === right[at]);
  },
};
