// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { DIST, refusal } from './backends.mjs';
import { withMaximum } from './small-memory.mjs';

describe('WebAssembly memory that cannot grow', async () => {
  const wasm = withMaximum(readFileSync(new URL('firn.wasm', DIST)), 24);
  const engine = await loadEngine({ backend: 'wasm', wasm });
  const large = 'x'.repeat(40 << 20);
  const MIB = 1 << 20;

  it('refuses a text, as string or as bytes, and goes on', () => {
    refusal('limit_exceeded', () => engine.freeze(large), /not enough memory/);
    refusal('limit_exceeded', () => engine.freeze(large.replace('x', 'é')));
    const error = refusal('limit_exceeded', () => engine.freeze(new Uint8Array(40 * MIB)));
    assert.equal(error.limit, 40 * MIB);
    assert.equal(engine.freeze('one\ntwo').lineCount, 2);
  });

  it('refuses an index, whose text alone would fit', () => {
    refusal('limit_exceeded', () => engine.freeze('\n'.repeat(6 * MIB)));
    assert.equal(engine.freeze('one\ntwo').lineCount, 2);
  });

  it('refuses a batch', () => {
    refusal('limit_exceeded', () => engine.batch(`[]${' '.repeat(40 * MIB)}`));
    refusal('limit_exceeded', () => engine.batch(Buffer.alloc(40 * MIB, ' ')));
    assert.equal(engine.batch([]).patchCount, 0);
  });

  it('takes back what a call had made that needs many small pieces, and goes on', async () => {
    // An engine of its own, whose memory has grown as far as it can.
    const small = await loadEngine({ backend: 'wasm', wasm });
    const patchesOf = (/** @type {number} */ count) =>
      JSON.stringify(Array.from({ length: count }, (_, at) => ({ op: 'delete', line: at + 1 })));
    const [some, many] = [patchesOf(20_000), patchesOf(160_000)];
    for (let round = 0; round < 20; round += 1) {
      const error = refusal('limit_exceeded', () => small.batch(many), /memory for this call/);
      assert.equal(error.limit, undefined);
      const batch = small.batch(some);
      const snapshot = small.freeze('x\n'.repeat(20_001));
      const patched = snapshot.apply(batch);
      assert.equal(patched.text(), 'x\n');
      for (const handle of [patched, snapshot, batch]) handle.dispose();
    }
  });

  it('keeps no text of a verb that is not loaded', async () => {
    const page = withMaximum(readFileSync(new URL('firn.page.wasm', DIST)), 24);
    const small = await loadEngine({ backend: 'wasm', wasm: page });
    const text = 'x'.repeat(MIB);
    for (let round = 0; round < 40; round += 1) {
      refusal('invalid_argument', () => small.parseDiff(text), /engine\.complete/);
      refusal('invalid_argument', () => small.parseDiff(Buffer.from(text)), /engine\.complete/);
    }
  });

  it('refuses to copy a text out, and still shows its lines', () => {
    const snapshot = engine.freeze(`one\n${'x'.repeat(9 * MIB)}\n`);
    const patched = snapshot.apply(engine.batch([{ op: 'insert', line: 1, text: 'zero' }]));
    refusal('limit_exceeded', () => patched.bytes());
    const kept = new Uint8Array(patched.byteLength);
    refusal('limit_exceeded', () => patched.bytesInto(kept));
    assert.ok(kept.every((byte) => byte === 0));
    refusal('limit_exceeded', () => patched.text());
    assert.deepEqual(patched.lines(1, 2), ['zero', 'one']);
    assert.equal(patched.byteLength, 9 * MIB + 10);
    patched.dispose();
    snapshot.dispose();
    assert.equal(engine.freeze('x'.repeat(9 * MIB)).lineCount, 1);
  });

  it('gives all of it back', () => {
    for (let round = 0; round < 50; round += 1) {
      const snapshot = engine.freeze('x\n'.repeat(MIB));
      const patched = snapshot.apply(engine.batch([{ op: 'delete', line: 1 }]));
      assert.equal(patched.bytes().length, 2 * MIB - 2);
      patched.dispose();
      snapshot.dispose();
    }
  });
});

it('an engine that an error went through in the middle of a call ends: nobody knows what of its memory still holds', async (t) => {
  const [engine, another] = [
    await loadEngine({ backend: 'wasm' }),
    await loadEngine({ backend: 'wasm' }),
  ];
  const snapshot = engine.freeze('one\ntwo\n');
  const batch = engine.batch([{ op: 'delete', line: 1 }]);
  // As a full stack does, anywhere below the call.
  const full = new RangeError('Maximum call stack size exceeded');
  const clock = t.mock.method(performance, 'now', () => {
    throw full;
  });
  assert.throws(() => snapshot.apply(batch), full);
  clock.mock.restore();
  for (const verb of [
    () => snapshot.apply(batch),
    () => snapshot.lines(1, 1),
    () => engine.freeze('one'),
    () => engine.patch('one', []),
  ]) {
    assert.throws(verb, /this engine has ended: .* load another one/);
  }
  for (const handle of [snapshot, batch]) handle.dispose();
  assert.equal(another.patch('one\ntwo\n', [{ op: 'delete', line: 1 }]), 'two\n');
});
