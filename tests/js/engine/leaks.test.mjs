// @ts-check
/** A million values made and disposed: whatever one of them left behind would be seen a million times. */
import assert from 'node:assert/strict';
import process from 'node:process';
import { it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import { onBothBackends } from './backends.mjs';
import { collect } from './gc.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */

const MIB = 1 << 20;
const VALUES = 1_000_000;
const ROUNDS_AT_A_TIME = 5_000;
// A leak of 16 bytes a value, the least that malloc knows, is 15 MiB.
const MOST_GROWTH = 8 * MIB;

/** What is made of small texts; returns how many values it made. @param {Engine} engine */
function applyOnce(engine) {
  const snapshot = engine.freeze('one\ntwo\r\nthree');
  const batch = engine.batch('[{"op":"replace","line":2,"text":"2\\n2","expect":"two","id":"p"}]');
  const patched = snapshot.apply(batch);
  assert.equal(patched.bytes().length, 15);
  const inverse = patched.invert();
  for (const value of [snapshot, batch, patched, inverse]) value.dispose();
  return 4;
}

/** The verbs that give several things, and calls that are refused. @param {Engine} engine */
function useOthersOnce(engine) {
  const [base, ours, theirs] = ['a\nb\nc\n', 'a\nB\nc\n', 'a\nb\nC\n'].map((text) =>
    engine.freeze(text),
  );
  assert.ok(base && ours && theirs);
  const batch = engine.diff(base, ours);
  const patched = base.apply(batch);
  const rebased = patched.rebase(theirs);
  const diff = engine.parseDiff(patched.unifiedDiff());
  const placed = diff.files[0]?.place(theirs, { placement: 'fuzzy' });
  const stacked = base.stack([batch]);
  const history = engine.history(base);
  const appended = history.append(batch);
  assert.equal(engine.merge(base, ours, theirs).conflicts.length, 1);
  assert.throws(() => theirs.apply(batch), { code: 'snapshot_mismatch' });
  assert.throws(() => engine.batch('[{'), { code: 'malformed_json' });
  const values = [base, ours, theirs, batch, patched, rebased.batch, diff, placed?.batch];
  const others = [stacked.batch, history, appended.history, appended.patched];
  for (const value of [...values, ...others]) value?.dispose();
  return values.length + others.length;
}

/** By how many bytes the process grew while `values` values were made, once it is warm. @param {() => number} makeSome @param {number} values */
async function growth(makeSome, values) {
  const make = async (/** @type {number} */ wanted) => {
    for (let made = 0; made < wanted; ) {
      for (let round = 0; round < ROUNDS_AT_A_TIME && made < wanted; round += 1) made += makeSome();
      collect();
      // Finalizers run between turns.
      await turn();
    }
    return process.memoryUsage.rss();
  };
  const before = await make(values / 5);
  return (await make(values)) - before;
}

await onBothBackends('disposing what was made', (engine) => {
  it('gives all of its memory back: snapshots, batches and patched texts', async () => {
    const grown = await growth(() => applyOnce(engine), VALUES);
    assert.ok(grown < MOST_GROWTH, `${grown / MIB} MiB for ${VALUES} values`);
  });

  it('gives all of its memory back: every other verb, and refusals', async () => {
    const values = VALUES / 4;
    const grown = await growth(() => useOthersOnce(engine), values);
    assert.ok(grown < MOST_GROWTH, `${grown / MIB} MiB for ${values} values`);
  });
});
