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
const ROUNDS_AT_A_TIME = 1_000;
const WINDOWS = 8;

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

/**
 * The least that the process grew by in a window of so many values, once it is warm: a heap grows now and then by itself, what
 * leaks grows in every window. @param {() => number} makeSome @param {number} values
 */
async function leastGrowth(makeSome, values) {
  /** @type {number[]} */
  const sizes = [];
  for (let window = 0; window <= WINDOWS; window += 1) {
    for (let made = 0; made < values; ) {
      for (let round = 0; round < ROUNDS_AT_A_TIME; round += 1) made += makeSome();
      collect();
      // Finalizers run between turns.
      await turn();
    }
    sizes.push(process.memoryUsage.rss());
  }
  return Math.min(...sizes.slice(1).map((size, at) => size - (sizes[at] ?? 0)));
}

await onBothBackends('disposing what was made', (engine) => {
  // The least that malloc knows is 16 bytes: left behind by each value, 2 MiB a window.
  it('gives all of its memory back: snapshots, batches and patched texts', async () => {
    const grown = await leastGrowth(() => applyOnce(engine), 125_000);
    assert.ok(grown < MIB, `${grown / MIB} MiB in every window`);
  });

  it('gives all of its memory back: every other verb, and refusals', async () => {
    const grown = await leastGrowth(() => useOthersOnce(engine), 13_000);
    assert.ok(grown < MIB / 8, `${grown / MIB} MiB in every window`);
  });
});
