// @ts-check
import process from 'node:process';

import fc from 'fast-check';

/** One seed for a run, printed: another one each time at a desk, the same one in CI. FIRN_SEED repeats a run. */
const { CI, FIRN_SEED = CI ? 20_261_121 : Date.now() % 2 ** 31 } = process.env;
export const seed = Number(FIRN_SEED);
console.log(`properties: FIRN_SEED=${seed}`);

/** A text as a case of the corpus gives it. @param {string} key @param {string} binary */
function asCase(key, binary) {
  const bytes = Buffer.from(binary, 'latin1');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes)
    ? { [key]: text }
    : { [`${key}Base64`]: bytes.toString('base64') };
}

/** A failing sample, to paste into tests/conformance/cases. @param {unknown} sample */
export function paste(sample) {
  if (typeof sample !== 'object' || sample === null || !('text' in sample))
    return JSON.stringify(sample);
  const { text, ...rest } = sample;
  const name = 'a sentence that states the behaviour';
  return JSON.stringify(
    { name, ...asCase('base', String(text)), ...rest, expect: {} },
    undefined,
    2,
  );
}

/**
 * Holds a property against random samples. A failure shows the smallest sample found, as a case to paste into the corpus.
 * @template T @param {fc.Arbitrary<T>} samples @param {(sample: T) => void} holds @param {{ runs?: number }} [options]
 */
export function checkProperty(samples, holds, { runs = 10_000 } = {}) {
  const details = fc.check(fc.property(samples, holds), { numRuns: runs, seed });
  if (!details.failed) return;
  const [counterexample] = details.counterexample ?? [];
  const { errorInstance } = details;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  throw new Error(
    `FIRN_SEED=${seed}, after ${details.numRuns} samples and ${details.numShrinks} shrinks:\n${reason}\nto paste into tests/conformance/cases:\n${paste(counterexample)}`,
  );
}
