// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { Owned } from '../../../js/engine/dist/owned.js';
import { DIST, onBothBackends, refusal, wrong } from './backends.mjs';
import { collectUntil } from './gc.mjs';
import { withMaximum } from './small-memory.mjs';

await onBothBackends('disposing', (engine) => {
  const make = () => {
    const snapshot = engine.freeze('one\ntwo\n');
    const batch = engine.batch([{ op: 'delete', line: 1 }]);
    const diff = engine.parseDiff('--- a\n+++ b\n@@ -1 +0,0 @@\n-one\n');
    return { snapshot, batch, patched: snapshot.apply(batch), diff };
  };

  it('makes every use an error, by name, whatever was asked before', () => {
    const { snapshot, batch, patched, diff } = make();
    const [file] = diff.files;
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
      () => patched.bytesInto(new Uint8Array(99)),
      () => patched.text(),
      () => patched.line(1),
      () => patched.lines(1, 1),
      () => patched.changes(),
      () => patched.provenance(1, 1),
      () => patched.mapLine(1),
      () => patched.unmapLine(1),
      () => patched.unifiedDiff(),
      () => patched.unifiedDiffBytes(),
      () => snapshot.textEdits([]),
      () => engine.diff(snapshot, 'x'),
      () => engine.diff('x', snapshot),
      () => engine.merge(snapshot, 'x', 'x'),
      () => engine.merge('x', 'x', snapshot),
      () => batch.invert(make().snapshot),
      () => make().batch.invert(snapshot),
      () => batch.compose(make().batch, make().snapshot),
      () => engine.batch([]).compose(batch, make().snapshot),
      () => batch.rebase(make().snapshot, make().snapshot),
      () => make().batch.rebase(make().snapshot, snapshot),
      () => patched.invert(),
      () => patched.compose(engine.freeze('two\n').apply(engine.batch([]))),
      () => engine.freeze('one\ntwo\n').apply(engine.batch([])).compose(patched),
      () => patched.rebase(make().snapshot),
      () => make().patched.rebase(snapshot),
      () => diff.files,
      () => file?.place(make().snapshot),
      () => make().diff.files[0]?.place(snapshot),
    ];
    for (const use of uses) use();
    for (const value of [snapshot, batch, patched, diff]) value.dispose();
    for (const use of uses)
      refusal('disposed', use, /this (snapshot|batch|patched text|diff) was disposed/);
  });

  it('is no error the second time', () => {
    for (const value of Object.values(make())) {
      value.dispose();
      value.dispose();
    }
  });

  it('is what `using` calls', () => {
    const { snapshot, batch, patched, diff } = make();
    for (const value of [snapshot, batch, patched, diff]) value[Symbol.dispose]();
    refusal('disposed', () => diff.files);
    refusal('disposed', () => snapshot.lineCount);
    refusal('disposed', () => batch.id);
    refusal('disposed', () => patched.lineCount);
  });

  it('leaves alone what is no handle of its kind', () => {
    const { snapshot, batch, patched, diff } = make();
    const merged = engine.merge('a\n', 'b\n', 'c\n');
    const values = [snapshot, batch, patched, diff, ...diff.files, merged];
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
    const { freeze, batch, freezeFile, parseDiff, diff, merge } = engine;
    refusal('invalid_argument', () => freeze('x'), /called on undefined, not on the Engine/);
    refusal('invalid_argument', () => batch([]));
    refusal('invalid_argument', () => parseDiff(''));
    refusal('invalid_argument', () => diff('', ''));
    refusal('invalid_argument', () => merge('', '', ''));
    await assert.rejects(freezeFile('x'), { code: 'invalid_argument' });
  });

  it('constructors make nothing', () => {
    const { diff, ...others } = make();
    const merged = engine.merge('', '', '');
    for (const value of [engine, diff, ...diff.files, merged, ...Object.values(others)]) {
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
  const own = (/** @type {ReturnType<typeof fake>} */ handle, owner = {}) =>
    new Owned(owner, handle, 'fake', wrong({}));

  it('is freed once by the finalizer', async () => {
    const handles = Array.from({ length: 100 }, fake);
    for (const handle of handles) own(handle);
    await collectUntil(() => handles.every(({ deleted }) => deleted > 0));
    assert.deepEqual([...new Set(handles.map(({ deleted }) => deleted))], [1]);
  });

  it('is not freed again when it was disposed', async () => {
    const handles = Array.from({ length: 100 }, fake);
    const forgotten = fake();
    for (const handle of handles) own(handle).dispose();
    own(forgotten);
    await collectUntil(() => forgotten.deleted > 0);
    assert.deepEqual([...new Set(handles.map(({ deleted }) => deleted))], [1]);
  });

  it('is kept as long as its owner is', async () => {
    const owner = {};
    const [kept, forgotten] = [fake(), fake()];
    const owned = own(kept, owner);
    own(forgotten);
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

  it('is not forgotten as long as a file of its diff is held', async () => {
    for (const backend of /** @type {const} */ (['native', 'wasm'])) {
      const engine = await loadEngine({ backend });
      const [file] = engine.parseDiff('--- a\n+++ b\n@@ -1 +0,0 @@\n-one\n').files;
      const forgotten = fake();
      own(forgotten);
      await collectUntil(() => forgotten.deleted > 0);
      assert.equal(file?.place(engine.freeze('one\n')).batch.patchCount, 1);
    }
  });
});
