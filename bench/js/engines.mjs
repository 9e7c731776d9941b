// @ts-check
// Firn as users get it: the built package, either backend, the crossing into it and back included.

/** @import { Engine } from '@firn/engine' */
/** @import { Workload } from './workload.mjs' */

/**
 * What is asked of an engine. "bytes" and "text" begin with a frozen snapshot and a parsed batch;
 * the cold ones with nothing but strings.
 * @param {Engine} engine
 * @param {Workload} workload
 * @returns {Record<string, () => string | Uint8Array>}
 */
export function tasksFor(engine, { text, patches }) {
  const json = JSON.stringify({ patches });
  const jsonBytes = Buffer.from(json);
  const snapshot = engine.freeze(text);
  const batch = engine.batch(json);

  /**
   * @template T
   * @param {import('@firn/engine').Batch} what
   * @param {(patched: import('@firn/engine').Patched) => T} take
   */
  const applied = (what, take, frozen = snapshot) => {
    const patched = frozen.apply(what);
    const result = take(patched);
    patched.dispose();
    return result;
  };
  const cold = (/** @type {Parameters<Engine['batch']>[0]} */ input) => {
    const frozen = engine.freeze(text);
    const read = engine.batch(input);
    const result = applied(read, (patched) => patched.text(), frozen);
    read.dispose();
    frozen.dispose();
    return result;
  };
  return {
    bytes: () => applied(batch, (patched) => patched.bytes()),
    text: () => applied(batch, (patched) => patched.text()),
    'json-bytes': () => {
      const read = engine.batch(jsonBytes);
      const result = applied(read, (patched) => patched.bytes());
      read.dispose();
      return result;
    },
    'cold json-text': () => cold(json),
    'cold array': () => cold(/** @type {import('@firn/engine').PatchInput[]} */ (patches)),
  };
}
