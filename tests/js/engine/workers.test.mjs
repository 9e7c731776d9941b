// @ts-check
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';

import { loadEngine } from '@firn/engine';

const SOURCE = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { loadEngine } from '${import.meta.resolve('@firn/engine')}';
  const firn = await loadEngine({ backend: workerData.backend });
  const snapshot = firn.freeze('one\\ntwo\\n'.repeat(1000));
  do {
    const batch = firn.batch([{ op: 'delete', line: 1 }]);
    const patched = snapshot.apply(batch);
    parentPort.postMessage([firn.backend, patched.lineCount, patched.fingerprint]);
    await null;
  } while (workerData.forever);
`;

/** @param {object} workerData */
const start = (workerData) =>
  new Worker(new URL(`data:text/javascript,${encodeURIComponent(SOURCE)}`), { workerData });

for (const backend of /** @type {const} */ (['native', 'wasm'])) {
  describe(`worker threads (${backend})`, () => {
    it('each have an engine of their own, which says the same', async () => {
      const engine = await loadEngine({ backend });
      const patched = engine
        .freeze('one\ntwo\n'.repeat(1000))
        .apply(engine.batch([{ op: 'delete', line: 1 }]));
      const workers = Array.from({ length: 4 }, () => start({ backend }));
      const answers = await Promise.all(
        workers.map(async (worker) => {
          const ended = once(worker, 'exit');
          const [answer] = await once(worker, 'message');
          assert.deepEqual(await ended, [0]);
          return answer;
        }),
      );
      for (const answer of answers) {
        assert.deepEqual(answer, [backend, 1999, patched.fingerprint]);
      }
    });

    it('can be ended in the middle of their work', async () => {
      const workers = Array.from({ length: 3 }, () => start({ backend, forever: true }));
      await Promise.all(workers.map((worker) => once(worker, 'message')));
      await Promise.all(workers.map((worker) => worker.terminate()));
      const engine = await loadEngine({ backend });
      assert.equal(engine.freeze('still here').lineCount, 1);
    });
  });
}
