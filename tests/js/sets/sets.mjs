// @ts-check
/** Sets for the tests: made from texts, with the fingerprints that belong in their manifests. */
import assert from 'node:assert/strict';

import { FirnSetError, parseSetManifest, patchSet, printSetManifest } from '@firn/sets';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {import('@firn/engine').BatchInput['patches']} Patches */
/** @typedef {import('@firn/sets').PatchEntry} PatchEntry */

/** @param {Engine} engine @param {string} text */
export function fingerprint(engine, text) {
  const snapshot = engine.freeze(text);
  try {
    return snapshot.fingerprint;
  } finally {
    snapshot.dispose();
  }
}

/**
 * What the patches make of the text: lines with LF, spliced from the last patch to the first.
 * @param {string} text @param {Patches} patches
 */
export function spliced(text, patches) {
  const lines = text.split('\n').slice(0, -1);
  for (const patch of [...patches].sort((a, b) => b.line - a.line)) {
    const added = patch.op === 'delete' ? [] : (patch.lines ?? [patch.text]);
    const end = patch.op === 'insert' ? patch.line - 1 : (patch.endLine ?? patch.line);
    lines.splice(patch.line - 1, end - patch.line + 1, ...added);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * One patch of a set to be.
 * @typedef {object} Made
 * @property {string} id
 * @property {string} base text
 * @property {string} result text
 * @property {string} content of its file
 * @property {Partial<PatchEntry>} [entry]
 */

/** A batch over a text. @param {string} id @param {string} base @param {Patches} patches @param {Partial<PatchEntry>} [entry] @returns {Made} */
export const made = (id, base, patches, entry = {}) => ({
  id,
  base,
  result: spliced(base, patches),
  content: JSON.stringify({ schema: 'firn.batch/1', patches }),
  entry,
});

/** @param {Engine} engine @param {string} id @param {readonly Made[]} patches */
export function setOf(engine, id, patches) {
  const { manifest, files } = filesOfSet(engine, id, patches);
  return patchSet(manifest, files, { path: `patches/${id}` });
}

/** What lies in the folder of a set. @param {Engine} engine @param {string} id @param {readonly Made[]} patches */
export function filesOfSet(engine, id, patches) {
  const entries = patches.map(({ id: patch, base, result, entry }) => ({
    id: patch,
    file: 'a.txt',
    patch: `${patch}.json`,
    order: 10,
    base: fingerprint(engine, base),
    result: fingerprint(engine, result),
    ...entry,
  }));
  const manifest = JSON.stringify({ schema: 'firn.set/1', id, patches: entries });
  const files = entries.map(({ patch }, index) => {
    const content = Buffer.from(patches[index]?.content ?? '');
    return /** @type {const} */ ([patch, content]);
  });
  return { manifest, files: new Map(files) };
}

/** The FirnSetError that `act` throws. @param {import('@firn/sets').SetErrorCode} code @param {() => unknown} act @param {RegExp} [message] */
export function setRefusal(code, act, message = /./) {
  /** @type {unknown} */
  let thrown;
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  assert.ok(thrown instanceof FirnSetError, `no FirnSetError but ${thrown}`);
  assert.equal(thrown.code, code, thrown.message);
  assert.match(thrown.message, message);
  return thrown;
}

/** Whole numbers below an end, the same for a seed. @param {number} seed */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** @template T @param {readonly T[]} list @param {(end: number) => number} random */
export function shuffled(list, random) {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = random(i + 1);
    [out[i], out[j]] = [/** @type {T} */ (out[j]), /** @type {T} */ (out[i])];
  }
  return out;
}

const { FIRN_SEED } = process.env;

/** What a run can be repeated by. */
export const SEED = Number(FIRN_SEED ?? 20_261_121);

/** A manifest of patches whose fingerprints are of no text. @param {string} id @param {string[]} patches names of their files */
export const unprovedManifest = (id, ...patches) =>
  parseSetManifest(
    JSON.stringify({
      schema: 'firn.set/1',
      id,
      patches: patches.map((patch, i) => ({
        id: `p${i}`,
        file: 'a.txt',
        patch,
        order: 10,
        base: 'a'.repeat(32),
        result: 'b'.repeat(32),
      })),
    }),
  );

/** The same as it is printed. @param {string} id @param {string[]} patches */
export const manifestText = (id, ...patches) => printSetManifest(unprovedManifest(id, ...patches));
