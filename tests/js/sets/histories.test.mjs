// @ts-check
/** Sets that are worked on: whatever is recorded, amended and taken out, in whatever order, stays proved. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import {
  amendPatch,
  applyFile,
  carryFollowers,
  carryPatches,
  checkFile,
  recordEdit,
} from '@firn/sets';

import { onBothBackends } from '../engine/backends.mjs';
import { randomNumbers, SEED } from './sets.mjs';

/** @typedef {import('@firn/sets').SetPatch} SetPatch */

const RUNS = 40;
const STEPS = 10;

/** Few different lines, so that places are not told by one line alone. @param {(end: number) => number} random */
function randomText(random) {
  const lineEnd = random(4) === 0 ? '\r\n' : '\n';
  const lines = Array.from({ length: 5 + random(20) }, () => `line ${random(6)}`);
  return `${lines.join(lineEnd)}${random(3) === 0 ? '' : lineEnd}`;
}

/** @param {string} text @param {(end: number) => number} random */
function randomlyEdited(text, random) {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/(?<=\n)/);
  for (let left = 1 + random(2); left > 0; left -= 1) {
    const added = Array.from({ length: random(3) }, () => `new ${random(5)}${lineEnd}`);
    lines.splice(random(lines.length + 1), random(3), ...added);
  }
  return lines.join('');
}

await onBothBackends('a set that is worked on', (engine) => {
  /** @type {Record<string, number>} */
  const counts = {};
  const count = (/** @type {string} */ what) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  /** @param {number} seed */
  function work(seed) {
    const random = randomNumbers(seed);
    const text = randomText(random);
    const baseline = engine.freeze(text);
    /** @type {SetPatch[]} */
    let patches = [];
    const patched = () => {
      const built = applyFile(engine, baseline, patches);
      try {
        return Buffer.from(built.patched.bytes()).toString();
      } finally {
        built.dispose();
      }
    };
    const anyPatch = () => /** @type {SetPatch} */ (patches[random(patches.length)]);

    const record = (/** @type {number} */ step) => {
      const after = randomlyEdited(patched(), random);
      const id = `p${step}`;
      const draft = {
        id,
        set: 's',
        label: `s/${id}`,
        file: 'a',
        patch: `${id}.json`,
        path: '',
        order: 10,
      };
      const recorded = recordEdit(engine, baseline, patches, engine.freeze(after), draft);
      if ('touches' in recorded) return;
      patches = [...patches, recorded.patch];
      assert.equal(patched(), after);
      count(recorded.follows ? 'following' : 'independent');
    };

    const amend = () => {
      const after = randomlyEdited(patched(), random);
      const amended = amendPatch(engine, baseline, patches, anyPatch(), engine.freeze(after));
      if ('touches' in amended) return;
      const changed = new Map(amended.changed.map((patch) => [patch.id, patch]));
      patches = patches
        .filter((patch) => !amended.dropped.includes(patch))
        .map((patch) => changed.get(patch.id) ?? patch);
      assert.equal(patched(), after);
      count('amended');
    };

    const remove = () => {
      const target = anyPatch();
      const carried = carryFollowers(engine, baseline, patches, target);
      if (carried.some(({ renewed, status }) => !renewed && status !== 'upstream')) return;
      const renewed = new Map(carried.map((one) => [one.patch, one.renewed]));
      const left = patches.filter((patch) => patch !== target);
      const next = left.flatMap((patch) =>
        renewed.has(patch) ? (renewed.get(patch) ?? []) : patch,
      );
      const { built, problems } = checkFile(engine, baseline, next);
      built?.dispose();
      const mayBe = ['set_collision', 'set_ambiguous_base', 'set_base_mismatch'];
      assert.deepEqual(
        problems.filter(({ code }) => !mayBe.includes(code)),
        [],
      );
      if (built) patches = next;
      if (built) count('removed');
    };

    const carryNowhere = () => {
      const carried = carryPatches(engine, baseline, engine.freeze(text), patches);
      const texts = carried.map(({ patch, renewed }) => [patch.id, renewed?.base, renewed?.result]);
      const same = carried.map(({ patch: { id, base, result } }) => [id, base, result]);
      assert.deepEqual(texts, same, 'carried to the same text, patches are what they were');
      assert.equal(carried.length, patches.length);
    };

    for (let step = 0; step < STEPS; step += 1) {
      const deed = random(10);
      if (deed < 5 || patches.length === 0) record(step);
      else if (deed < 7) amend();
      else remove();
      carryNowhere();
    }
  }

  it('makes what was edited, and nothing else, after every step', () => {
    for (let run = 0; run < RUNS; run += 1) {
      try {
        work(SEED + run);
      } catch (error) {
        throw new Error(`FIRN_SEED=${SEED + run}`, { cause: error });
      }
    }
    for (const what of ['independent', 'following', 'amended', 'removed']) {
      assert.ok((counts[what] ?? 0) > 20, `${what}: ${counts[what]}`);
    }
  });
});
