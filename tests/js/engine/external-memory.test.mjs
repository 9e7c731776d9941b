// @ts-check
import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import { loadEngine } from '@firn/engine';

const MIB = 1 << 20;
const ROUNDS = 300;

describe('values that are forgotten, not disposed', async () => {
  const engine = await loadEngine({ backend: 'native' });

  /** The most MiB that the process grew by while `make` was called again and again. @param {() => unknown} make */
  async function growth(make) {
    const before = process.memoryUsage.rss();
    let most = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      make();
      // Finalizers run between turns.
      await turn();
      most = Math.max(most, process.memoryUsage.rss() - before);
    }
    return most / MIB;
  }

  // Each round holds 8 MiB: 2.4 GiB, unless the collector is told to hurry.

  it('are collected for the text they expect', async () => {
    const expect = 'x'.repeat(8 * MIB);
    const json = Buffer.from(JSON.stringify([{ op: 'delete', line: 1, expect }]));
    const most = await growth(() => engine.batch(json));
    assert.ok(most < 1024, `${most} MiB`);
  });

  it('are collected for text with line ends of their own', async () => {
    const snapshot = engine.freeze('one\r\n');
    const text = 'x'.repeat(8 * MIB);
    const batch = engine.batch([{ op: 'insert', line: 1, text }]);
    const most = await growth(() => snapshot.apply(batch));
    assert.ok(most < 1024, `${most} MiB`);
  });
});
