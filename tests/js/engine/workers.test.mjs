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

/** Answers with what comes of the values that it is sent. */
const STRANGER = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { loadEngine } from '${import.meta.resolve('@firn/engine')}';
  const firn = await loadEngine({ backend: workerData.backend });
  parentPort.once('message', ({ snapshot, batch, patched }) => {
    const own = firn.freeze('one\\n');
    const uses = [
      () => own.apply(batch), () => firn.diff(snapshot, own), () => firn.merge(own, own, snapshot),
      () => own.stack([batch]), () => own.apply(firn.batch([])).compose(patched),
      () => own.apply(firn.batch([])).rebase(snapshot),
    ];
    parentPort.postMessage(uses.map((use) => {
      try {
        use();
        return 'nothing';
      } catch ({ code, message }) {
        return code + ': ' + message;
      }
    }));
  });
`;

/** @param {object} workerData */
const start = (workerData, source = SOURCE) =>
  new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData });

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

    it('take no handle of another thread: what arrives is none, and they say so', async () => {
      const engine = await loadEngine({ backend });
      const snapshot = engine.freeze('one\ntwo\n');
      const batch = engine.batch([{ op: 'delete', line: 1 }]);
      const patched = snapshot.apply(batch);
      const worker = start({ backend }, STRANGER);
      const ended = once(worker, 'exit');
      worker.postMessage({ snapshot, batch, patched });
      const [answers] = await once(worker, 'message');
      assert.deepEqual(await ended, [0]);
      assert.equal(answers.length, 6);
      for (const answer of answers) assert.match(answer, /^invalid_argument: .*needs a/);
      assert.equal(patched.text(), 'two\n');
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
