// @ts-check
/** That the checks are there: what passes them proves nothing otherwise. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { checkedModule } from './checked.mjs';

const imports = {
  firn: { now: () => 0, out_of_memory: () => assert.fail('there is memory') },
  env: { emscripten_notify_memory_growth: () => {} },
};

/** A function of a fresh instance. @param {string} name */
async function started(name) {
  const { instance } = await WebAssembly.instantiate(readFileSync(checkedModule), imports);
  const call = (/** @type {string} */ export_, /** @type {number[]} */ ...numbers) => {
    const crossing = instance.exports[export_];
    assert.ok(typeof crossing === 'function', export_);
    return crossing(...numbers);
  };
  call('_initialize');
  return { call: (/** @type {number[]} */ ...numbers) => call(name, ...numbers), instance };
}

/** @param {string} where A function on the stack. */
const endsIn = (where) => (/** @type {unknown} */ error) =>
  error instanceof WebAssembly.RuntimeError && (error.stack ?? '').includes(where);

describe('the module with checks', () => {
  it('ends a call that reads where nothing is', async () => {
    const { call } = await started('snapshot_line_count');
    assert.throws(() => call(0), endsIn('segfault'));
  });

  it('ends a call that reads behind all that was allocated', async () => {
    const { call, instance } = await started('snapshot_line_count');
    const { memory } = instance.exports;
    assert.ok(memory instanceof WebAssembly.Memory);
    // Inside the memory, so that the ordinary module would read there.
    assert.throws(() => call(memory.buffer.byteLength - 4096), endsIn('segfault'));
  });

  it('ends a call that reads at an address that is not aligned', async () => {
    const { call, instance } = await started('snapshot_line_count');
    const { left } = instance.exports;
    assert.ok(typeof left === 'function');
    assert.throws(() => call(left() + 1), endsIn('alignfault'));
  });
});
