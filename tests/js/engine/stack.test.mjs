// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { onBothBackends, refusal, wrong } from './backends.mjs';

await onBothBackends('a stack of batches', (engine) => {
  const snapshot = engine.freeze('one\ntwo\nthree\nfour\n');
  const low = engine.batch({ id: 'low', patches: [{ id: 'a', op: 'delete', line: 4 }] });
  const high = engine.batch([{ id: 'b', op: 'replace', line: 1, text: '1' }]);
  const clash = engine.batch({ id: 'clash', patches: [{ op: 'delete', line: 3, endLine: 4 }] });

  it('is one batch, whatever the order of those in it', () => {
    const [one, other] = [snapshot.stack([low, high]), snapshot.stack([high, low])];
    assert.ok(one.batch && other.batch);
    assert.deepEqual(one.batch.toJSON(), other.batch.toJSON());
    assert.equal(snapshot.apply(one.batch).text(), '1\ntwo\nthree\n');
    assert.deepEqual(one.sources, [
      { batch: 1, patch: 0 },
      { batch: 0, patch: 0 },
    ]);
    assert.deepEqual(
      one.batch.toJSON().patches.map(({ id }) => id),
      ['b', 'low/a'],
    );
    assert.deepEqual([one.collisions, one.collisionCount, one.refused], [[], 0, []]);
    assert.equal(snapshot.stack([]).batch?.patchCount, 0);
  });

  it('tells which patches of which batches collide, and where', () => {
    const { batch, collisions, collisionCount } = snapshot.stack([low, high, clash]);
    assert.equal(batch, undefined);
    assert.equal(collisionCount, 1);
    const [{ message, ...facts } = wrong({})] = collisions;
    assert.match(message, /4/);
    assert.deepEqual(facts, {
      first: { batch: 0, batchId: 'low', patch: { index: 0, id: 'a' } },
      second: { batch: 2, batchId: 'clash', patch: { index: 0 } },
      lines: { from: 4, to: 4 },
    });
    const counted = snapshot.stack([low, clash], { maxCollisions: 0 });
    assert.deepEqual([counted.collisions, counted.collisionCount], [[], 1]);
    assert.throws(() => Object.assign(collisions, { 0: undefined }), TypeError);
  });

  it('tells which batches are not lawful even alone', () => {
    const lost = engine.batch([{ op: 'delete', line: 9 }]);
    const { batch, refused } = snapshot.stack([high, lost]);
    assert.equal(batch, undefined);
    assert.deepEqual([refused.length, refused[0]?.batch], [1, 1]);
    assert.equal(refused[0]?.violations[0]?.code, 'line_out_of_range');
    const late = engine.batch({ revision: 3, patches: [{ op: 'delete', line: 1 }] });
    assert.ok(snapshot.stack([late, low]).batch);
    const stale = snapshot.stack([late, low], { revision: 4 }).refused[0];
    assert.equal(stale?.violations[0]?.code, 'stale_revision');
  });

  it('refuses wrong arguments by name', async () => {
    for (const value of [undefined, null, 3, 'text', {}, low]) {
      refusal('invalid_argument', () => snapshot.stack(wrong(value)), /stack: needs an array/);
      if (value === low) continue;
      refusal('invalid_argument', () => snapshot.stack([low, wrong(value)]), /needs a Batch/);
    }
    const stack = (/** @type {unknown} */ options) => () => snapshot.stack([], wrong(options));
    refusal('invalid_argument', stack({ maxCollisions: -1 }), /maxCollisions must be a whole/);
    refusal('invalid_argument', stack({ revision: 0.5 }), /revision must be a whole/);
    refusal('invalid_argument', stack({ policy: 'atomic' }), /unknown option "policy"/);
    const other = await loadEngine({ backend: 'wasm' });
    refusal('invalid_argument', () => snapshot.stack([other.batch([])]), /another engine/);
  });
});
