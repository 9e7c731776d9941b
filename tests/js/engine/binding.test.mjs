// @ts-check
/** What lies below the wrapper: two suppliers of one interface. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadWasm } from '../../../js/engine/dist/load-wasm.js';
import { DIST, utf8, wrong } from './backends.mjs';

/** @typedef {import('../../../js/engine/dist/binding.js').EngineBinding} EngineBinding */
/** @typedef {import('../../../js/engine/dist/binding.js').SnapshotHandle} SnapshotHandle */
/** @typedef {import('../../../js/engine/dist/binding.js').BatchHandle} BatchHandle */
/** @typedef {import('../../../js/engine/dist/binding.js').PatchedHandle} PatchedHandle */
/** @typedef {import('../../../js/engine/dist/binding.js').DiffHandle} DiffHandle */
/** @typedef {import('../../../js/engine/dist/binding.js').PartsHandle} PartsHandle */
/** @typedef {import('../../../js/engine/dist/binding.js').HistoryHandle} HistoryHandle */
/** @typedef {import('../../../js/engine/dist/binding.js').BatchListHandle} BatchListHandle */

/** @type {EngineBinding} */
const addon = createRequire(import.meta.url)(fileURLToPath(new URL('firn.node', DIST)));
const wasm = /** @type {EngineBinding} */ (
  await loadWasm(readFileSync(new URL('firn.wasm', DIST)), () => assert.fail())
);
/** @param {EngineBinding} binding */
function handlesOf(binding) {
  const snapshot = /** @type {SnapshotHandle} */ (binding.freezeText('one\ntwo\n'));
  const batch = /** @type {BatchHandle} */ (
    binding.readBatchText('[{"op":"delete","line":1}]', -1, -1, -1, -1)
  );
  const patched = /** @type {PatchedHandle} */ (snapshot.apply(batch, 0, 0, -1));
  const hunk = '--- a\n+++ b\n@@ -1 +0,0 @@\n-one\n';
  const diff = /** @type {DiffHandle} */ (binding.readDiffText(hunk, false, false));
  const parts = /** @type {PartsHandle} */ (diff.place(0, snapshot, ...EXACTLY));
  const batchList = /** @type {BatchListHandle} */ (binding.batchList());
  const history = /** @type {HistoryHandle} */ (snapshot.history(0));
  return { snapshot, batch, patched, diff, parts, batchList, history };
}

/** How hunks are placed: in no special way. @type {[number, number, number, boolean, boolean, number]} */
const EXACTLY = [0, 2, 0, false, false, 0];

/** @param {object} handle */
function methodsOf(handle) {
  const names = new Set();
  for (let level = handle; level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const name of Object.getOwnPropertyNames(level)) names.add(name);
  }
  return [...names].filter((name) => typeof wrong(handle)[name] === 'function').sort();
}

describe('the two bindings', () => {
  it('have the same functions and the same methods', () => {
    // Trees of files are the addon's alone.
    const functions = Object.keys(addon)
      .filter((name) => name !== 'trees')
      .sort();
    assert.deepEqual(functions, [
      ...['batchList', 'changedWords', 'freezeBytes', 'freezeText', 'patchText', 'readBatchBytes'],
      ...['readBatchText', 'readDiffBytes', 'readDiffText', 'readPackedBatch', 'version'],
    ]);
    for (const name of functions) assert.equal(typeof wrong(wasm)[name], 'function', name);
    const [native, web] = [handlesOf(addon), handlesOf(wasm)];
    const kinds = /** @type {(keyof typeof native)[]} */ (Object.keys(native));
    for (const kind of kinds) {
      assert.deepEqual(methodsOf(native[kind]), methodsOf(web[kind]), kind);
    }
  });
});

for (const [name, binding] of Object.entries({ native: addon, wasm })) {
  describe(`the ${name} binding, misused`, () => {
    const all = handlesOf(binding);
    const { snapshot, batch, patched, diff, batchList, history } = all;
    const values = [undefined, null, true, 'text', 7n, {}, [], Symbol('s'), () => 0];

    it('answers a wrong argument with an error', () => {
      for (const value of values.map(wrong)) {
        assert.throws(() => snapshot.apply(value, 0, 0, -1), `apply ${String(value)}`);
        assert.throws(() => snapshot.check(value, 0, 0, -1));
        assert.throws(() => snapshot.diff(value, 0, 0));
        assert.throws(() => snapshot.merge(value, snapshot, 0, 0, 7, '', '', ''));
        assert.throws(() => snapshot.merge(snapshot, value, 0, 0, 7, '', '', ''));
        assert.throws(() => patched.bytesInto(value), TypeError);
        assert.throws(() => patched.compose(value));
        assert.throws(() => patched.rebase(value));
        assert.throws(() => diff.place(0, value, ...EXACTLY));
        assert.throws(() => batchList.add(value));
        assert.throws(() => snapshot.stack(value, -1, 1));
        assert.throws(() => history.append(value, 0, 0));
        assert.throws(() => binding.freezeBytes(value), TypeError);
        assert.throws(() => binding.readBatchBytes(value, -1, -1, -1, -1), TypeError);
        assert.throws(() => binding.readPackedBatch('', value), TypeError);
        assert.throws(() => binding.patchText('', '', value, 0, 0, -1), TypeError);
        assert.throws(() => binding.readDiffBytes(value, false, false), TypeError);
        assert.throws(() => batch.select(value), TypeError);
        if (typeof value !== 'string') {
          assert.throws(() => binding.readPackedBatch(value, new Float64Array(1)), TypeError);
          assert.throws(() => binding.freezeText(value), TypeError);
          assert.throws(() => binding.readBatchText(value, -1, -1, -1, -1), TypeError);
          assert.throws(
            () => patched.unifiedDiff(3, 0, -1, -1, -1, -1, value, '', '', ''),
            TypeError,
          );
          assert.throws(() => snapshot.textEdits(value), TypeError);
          assert.throws(() => binding.changedWords('', value), TypeError);
          assert.throws(
            () => snapshot.merge(snapshot, snapshot, 0, 0, 7, value, '', ''),
            TypeError,
          );
          assert.throws(() => binding.readDiffText(value, false, false), TypeError);
        }
        // WebAssembly takes what JavaScript makes a number of.
        if (name === 'wasm') continue;
        assert.throws(() => snapshot.apply(batch, value, 0, -1), TypeError);
        assert.throws(() => patched.mapLine(value), TypeError);
        assert.throws(() => patched.lines(1, value), TypeError);
        assert.throws(() => diff.place(value, snapshot, ...EXACTLY), TypeError);
        assert.throws(() => snapshot.diff(snapshot, value, 0), TypeError);
        assert.throws(() => snapshot.stack(batchList, value, 1), TypeError);
        assert.throws(() => snapshot.history(value), TypeError);
        assert.throws(() => history.at(value), TypeError);
        assert.throws(() => snapshot.merge(snapshot, snapshot, 0, value, 7, '', '', ''), TypeError);
        if (typeof value === 'string' || typeof value === 'boolean') continue;
        assert.throws(() => binding.readDiffText('', value, false), TypeError);
        assert.throws(() => binding.readDiffText('', false, value), TypeError);
        assert.throws(() => diff.place(0, snapshot, 0, 2, 0, value, false, 0), TypeError);
      }
      assert.throws(() => wrong(snapshot).apply());
      assert.throws(() => snapshot.apply(wrong(snapshot), 0, 0, -1));
      assert.throws(() => snapshot.apply(wrong(patched), 0, 0, -1));
      assert.throws(() => snapshot.apply(Object.create(batch), 0, 0, -1), TypeError);
      const disguised = Object.setPrototypeOf(handlesOf(binding).patched, batch);
      assert.throws(() => snapshot.apply(disguised, 0, 0, -1), TypeError);
    });

    it('answers numbers out of bounds with an error, or with "none"', () => {
      // No such line: 0, before 1, past the end, no whole number, past 2^53 - 1.
      const strange = [0, -1, -2, 0.5, 1.5, 1e8, 2 ** 53, 1e17, 2 ** 64, 1e300, Infinity, NaN];
      const refused = (/** @type {unknown} */ answer) => {
        assert.equal(typeof answer, 'string');
        assert.equal(JSON.parse(String(answer)).code, 'invalid_argument');
      };
      for (const number of [...strange, -Infinity]) {
        for (const text of [snapshot, patched]) {
          refused(text.lines(number, 1));
          if (number !== 0) refused(text.lines(1, number));
          refused(text.lines(number, number));
        }
        refused(patched.provenance(number, 1));
        if (number !== 0) refused(patched.provenance(1, number));
        assert.equal(patched.mapLine(number), 0);
        assert.equal(patched.unmapLine(number), 0);
        const place = number === 0 ? 3 : number;
        for (const verb of /** @type {const} */ (['apply', 'check'])) {
          refused(snapshot[verb](batch, place, 0, -1));
          refused(snapshot[verb](batch, 0, place, -1));
        }
        const count = number === 0 || number === 1e8 || number === -1 ? -2 : number;
        refused(snapshot.apply(batch, 0, 0, count));
        for (let at = 0; at < 6; at += 1) {
          const style = /** @type {Parameters<PatchedHandle['unifiedDiff']>} */ ([
            ...[3, 0, 0, -1, -1, -1],
            ...['x', '', '', ''],
          ]);
          style[at] = at > 1 && number === 1e8 ? 1e9 : at === 1 && number === 0 ? 5 : count;
          refused(patched.unifiedDiff(...style));
        }
        refused(snapshot.diff(snapshot, place, 0));
        refused(snapshot.diff(snapshot, 0, place));
        refused(snapshot.merge(snapshot, snapshot, place, 0, 7, '', '', ''));
        refused(snapshot.merge(snapshot, snapshot, 0, place === 3 ? 4 : place, 7, '', '', ''));
        refused(snapshot.merge(snapshot, snapshot, 0, 0, number, '', '', ''));
        refused(diff.place(number === 0 ? 1 : number, snapshot, ...EXACTLY));
        refused(snapshot.stack(batchList, count, 1));
        refused(snapshot.stack(batchList, -1, count));
        refused(snapshot.history(count));
        refused(history.append(batch, place, 0));
        refused(history.append(batch, 0, place));
        refused(history.at(count));
        refused(history.batchOf(count));
        refused(history.undo(count));
        refused(diff.place(0, snapshot, place, 2, 0, false, false, 0));
        refused(diff.place(0, snapshot, 0, count, 0, false, false, 0));
        refused(diff.place(0, snapshot, 0, 2, place, false, false, 0));
        refused(diff.place(0, snapshot, 0, 2, 0, false, false, place));
        for (const at of [0, 1, 2, 3]) {
          const limits = /** @type {[number, number, number, number]} */ ([-1, -1, -1, -1]);
          limits[at] = count;
          refused(binding.readBatchText('[]', ...limits));
          refused(binding.readBatchBytes(utf8('[]'), ...limits));
        }
      }
      refused(patched.unifiedDiff(-1, 0, -1, -1, -1, -1, '', '', '', ''));
      assert.equal(patched.mapLine(2), 1);
      assert.deepEqual(patched.lines(2, 1), new Uint8Array());
    });

    it('refuses to compose over another text, and labels of two lines', () => {
      const codeOf = (/** @type {unknown} */ answer) => JSON.parse(String(answer)).code;
      assert.equal(codeOf(patched.compose(patched)), 'snapshot_mismatch');
      const merged = snapshot.merge(snapshot, snapshot, 0, 0, 7, 'a\nb', '', '');
      assert.equal(codeOf(merged), 'invalid_argument');
    });

    it('survives what lies about its length', () => {
      const liar = Object.defineProperty(new Uint8Array(4), 'length', {
        get: () => {
          throw new Error('none of your business');
        },
      });
      for (const value of [liar, { length: -1 }, { length: NaN }, { length: 1e300 }].map(wrong)) {
        try {
          binding.freezeBytes(value);
          binding.readBatchBytes(value, -1, -1, -1, -1);
        } catch (error) {
          assert.ok(error instanceof TypeError, String(error));
        }
      }
      assert.equal(snapshot.lineCount(), 2);
    });

    it('answers a packed batch that is none with null', () => {
      const nothing = [-1, -1, -1, -1, -1];
      const counted = (/** @type {number[]} */ ...numbers) =>
        Float64Array.of(numbers.length + 1, ...numbers);
      const right = counted(...nothing, 1, 1, -1, 0, -1, -1, -1, -1);
      binding.readPackedBatch('', right)?.delete();
      assert.equal(binding.patchText('one\ntwo\n', '', right, 0, 0, -1), 'two\n');
      const strange = [-2, 0.5, 1e17, 2 ** 64, 1e300, Number.NaN, Infinity, -Infinity];
      const places = [...right.keys()];
      const broken = [
        new Float64Array(0),
        ...[0, -1, 1.5, 15, 1e300, Number.NaN].map((count) => Float64Array.of(count, ...nothing)),
        // The first five alone are a batch of no patches.
        ...places
          .filter((at) => at !== 5)
          .map((at) => counted(...right.subarray(1, at + 1)))
          .slice(0, -1),
        ...strange.flatMap((number) => places.map((at) => right.with(at, number))),
      ];
      for (const numbers of broken) {
        for (const texts of ['', '\n', 'x\n\n', 'é', '🙂🙂']) {
          const batch = binding.readPackedBatch(texts, numbers);
          assert.equal(batch, null, `[${numbers}] ${texts}`);
          assert.equal(binding.patchText('one\n', texts, numbers, 0, 0, -1), null);
        }
      }
      for (const number of strange) {
        assert.equal(binding.patchText('one\n', '', right, number, 0, -1), null);
        assert.equal(binding.patchText('one\n', '', right, 0, number, -1), null);
        assert.equal(binding.patchText('one\n', '', right, 0, 0, number), null);
      }
    });

    it('answers a wrong `this` with an error', () => {
      const handles = Object.values(all);
      for (const handle of handles) {
        const strangers = [...values, ...handles.filter((other) => other !== handle)];
        for (const method of methodsOf(handle)) {
          if (method === 'constructor') continue;
          for (const stranger of strangers) {
            // WebAssembly's handles have one `delete` for all.
            if (name === 'wasm' && method === 'delete' && handles.includes(wrong(stranger)))
              continue;
            const call = () => wrong(handle)[method].call(stranger, batch, 1, 0, -1);
            assert.throws(call, `${method} of ${String(stranger)}`);
          }
        }
      }
      assert.equal(snapshot.lineCount(), 2);
    });

    it('answers the use of a deleted handle with an error', () => {
      const gone = handlesOf(binding);
      for (const handle of Object.values(gone)) handle.delete();
      assert.throws(() => gone.snapshot.lineCount());
      assert.throws(() => gone.batch.json());
      assert.throws(() => gone.patched.bytes());
      assert.throws(() => gone.diff.files());
      assert.throws(() => gone.parts.batch());
      assert.throws(() => gone.history.revision());
      assert.throws(() => batchList.add(gone.batch));
      assert.throws(() => snapshot.stack(gone.batchList, -1, 1));
      assert.throws(() => patched.compose(gone.patched));
      assert.throws(() => snapshot.apply(gone.batch, 0, 0, -1));
    });

    it('makes no handles but through its functions', () => {
      for (const handle of Object.values(all)) {
        const make = () => Reflect.construct(handle.constructor, []);
        try {
          const made = make();
          assert.throws(
            () =>
              made.lineCount?.() ??
              made.json?.() ??
              made.files?.() ??
              made.at?.(0) ??
              made.add(batch),
          );
        } catch (error) {
          assert.notEqual(wrong(error).code, 'ERR_ASSERTION', String(error));
        }
      }
    });

    it('reads bytes where they lie', () => {
      const whole = utf8('xone\ny');
      const part = /** @type {SnapshotHandle} */ (binding.freezeBytes(whole.subarray(1, 5)));
      assert.deepEqual(part.bytes(), utf8('one\n'));
    });
  });
}
