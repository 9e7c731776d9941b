// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { Owned } from '../../../js/engine/dist/owned.js';
import { DIST, onBothBackends, refusal } from './backends.mjs';
import { collectUntil } from './gc.mjs';
import { withMaximum } from './small-memory.mjs';

await onBothBackends('disposing', (engine) => {
  const make = () => {
    const snapshot = engine.freeze('one\ntwo\n');
    const batch = engine.batch([{ op: 'delete', line: 1 }]);
    return { snapshot, batch, patched: snapshot.apply(batch) };
  };

  it('makes every use an error, by name, whatever was asked before', () => {
    const { snapshot, batch, patched } = make();
    const uses = [
      () => snapshot.lineCount,
      () => snapshot.byteLength,
      () => snapshot.fingerprint,
      () => snapshot.bytes(),
      () => snapshot.line(1),
      () => snapshot.lines(1, 1),
      () => snapshot.check(make().batch),
      () => snapshot.apply(make().batch),
      () => make().snapshot.apply(batch),
      () => snapshot.verify(),
      () => batch.id,
      () => batch.file,
      () => batch.patchCount,
      () => batch.toJSON(),
      () => patched.lineCount,
      () => patched.byteLength,
      () => patched.revision,
      () => patched.fingerprint,
      () => patched.report,
      () => patched.bytes(),
      () => patched.text(),
      () => patched.line(1),
      () => patched.lines(1, 1),
      () => patched.changes(),
      () => patched.provenance(1, 1),
      () => patched.mapLine(1),
      () => patched.unmapLine(1),
      () => patched.unifiedDiff(),
      () => patched.unifiedDiffBytes(),
    ];
    for (const use of uses) use();
    for (const value of [snapshot, batch, patched]) value.dispose();
    for (const use of uses)
      refusal('disposed', use, /this (snapshot|batch|patched text) was disposed/);
  });

  it('is no error the second time', () => {
    for (const value of Object.values(make())) {
      value.dispose();
      value.dispose();
    }
  });

  it('is what `using` calls', () => {
    const { snapshot, batch, patched } = make();
    for (const value of [snapshot, batch, patched]) value[Symbol.dispose]();
    refusal('disposed', () => snapshot.lineCount);
    refusal('disposed', () => batch.id);
    refusal('disposed', () => patched.lineCount);
  });

  it('leaves alone what is no handle of its kind', () => {
    const { snapshot, batch, patched } = make();
    const values = [snapshot, batch, patched];
    for (const value of values) {
      const strangers = [{}, Object.create(value), ...values.filter((other) => other !== value)];
      const prototype = Object.getPrototypeOf(value);
      for (const name of Object.getOwnPropertyNames(prototype)) {
        if (name === 'constructor') continue;
        const { get, value: method } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
        for (const stranger of strangers) {
          const act = () => (get ?? method).call(stranger, 1, 1);
          refusal('invalid_argument', act, /^a method of \w+ was called on an? /);
        }
      }
    }
  });

  it('an engine says so when its methods are taken off it', async () => {
    const { freeze, batch, freezeFile } = engine;
    refusal('invalid_argument', () => freeze('x'), /called on undefined, not on the Engine/);
    refusal('invalid_argument', () => batch([]));
    await assert.rejects(freezeFile('x'), { code: 'invalid_argument' });
  });

  it('constructors make nothing', () => {
    for (const value of [engine, ...Object.values(make())]) {
      const Kind = /** @type {new (...args: unknown[]) => unknown} */ (value.constructor);
      for (const args of [[], [{}, {}], [Symbol('maker'), {}]]) {
        refusal('invalid_argument', () => new Kind(...args), /^only the engine makes a/);
      }
    }
  });
});

describe('a forgotten handle', () => {
  const fake = () => {
    const handle = {
      deleted: 0,
      delete() {
        handle.deleted += 1;
      },
    };
    return handle;
  };

  it('is freed once by the finalizer', async () => {
    const handles = Array.from({ length: 100 }, fake);
    for (const handle of handles) new Owned({}, handle, 'fake');
    await collectUntil(() => handles.every(({ deleted }) => deleted > 0));
    assert.deepEqual([...new Set(handles.map(({ deleted }) => deleted))], [1]);
  });

  it('is not freed again when it was disposed', async () => {
    const handles = Array.from({ length: 100 }, fake);
    const forgotten = fake();
    for (const handle of handles) new Owned({}, handle, 'fake').dispose();
    new Owned({}, forgotten, 'fake');
    await collectUntil(() => forgotten.deleted > 0);
    assert.deepEqual([...new Set(handles.map(({ deleted }) => deleted))], [1]);
  });

  it('is kept as long as its owner is', async () => {
    const owner = {};
    const [kept, forgotten] = [fake(), fake()];
    const owned = new Owned(owner, kept, 'fake');
    new Owned({}, forgotten, 'fake');
    await collectUntil(() => forgotten.deleted > 0);
    assert.equal(kept.deleted, 0);
    assert.equal(owned.live, kept);
    assert.ok(owner);
  });

  it('gives its memory back to a WebAssembly engine', async () => {
    const wasm = withMaximum(readFileSync(new URL('firn.wasm', DIST)), 32);
    const engine = await loadEngine({ backend: 'wasm', wasm });
    const text = 'x'.repeat(8 << 20);
    const tryToFreeze = () => {
      try {
        return engine.freeze(text).lineCount === 1;
      } catch {
        return false;
      }
    };
    for (let round = 0; round < 12; round += 1) {
      let frozen = false;
      await collectUntil(() => {
        frozen = tryToFreeze();
        return frozen;
      });
      assert.ok(frozen, `nothing was given back in round ${round}`);
    }
  });
});
