// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { onBothBackends, refusal, wrong } from './backends.mjs';

/** @typedef {import('@firn/engine').PatchInput} PatchInput */

/** @type {PatchInput[]} */
const CLASHING = [
  { op: 'delete', line: 9 },
  { id: 'a', op: 'delete', line: 1 },
  { id: 'b', op: 'delete', line: 1 },
];

await onBothBackends('applying', (engine) => {
  const snapshot = engine.freeze('one\ntwo\n');
  const clashing = engine.batch(CLASHING);

  it('stops at the first violation under fail-fast, which is the default', () => {
    for (const options of [undefined, {}, { policy: undefined }, { policy: 'fail-fast' }]) {
      const error = refusal('line_out_of_range', () => snapshot.apply(clashing, wrong(options)));
      assert.deepEqual([error.law, error.line, error.limit], [1, 9, 2]);
      assert.deepEqual(error.patch, { index: 0 });
      assert.equal(error.violations.length, 1);
      assert.equal(error.violations[0]?.message, error.message);
    }
  });

  it('names who is in the way of all by index, once the report has quoted enough', () => {
    const id = 'x'.repeat(1024);
    /** @type {PatchInput[]} */
    const patches = [{ id, op: 'delete', line: 1 }];
    for (let i = 0; i < 1025; i += 1) patches.push({ op: 'delete', line: 1 });
    const batch = engine.batch(patches);
    const { violations } = refusal('overlap', () => snapshot.apply(batch, { policy: 'atomic' }));
    assert.deepEqual(violations[1023]?.other, { index: 0, id });
    assert.deepEqual(violations[1024]?.other, { index: 0 });
  });

  it('throws every violation under atomic', () => {
    const error = refusal('line_out_of_range', () =>
      snapshot.apply(clashing, { policy: 'atomic' }),
    );
    const codes = error.violations.map(({ code }) => code);
    assert.deepEqual(codes, ['line_out_of_range', 'overlap']);
    assert.deepEqual(error.violations[1]?.other, { index: 1, id: 'a' });
  });

  it('applies what is lawful under best-effort, and reports the rest', () => {
    const patched = snapshot.apply(clashing, { policy: 'best-effort' });
    assert.equal(patched.text(), 'two\n');
    assert.deepEqual(patched.report.applied, [{ index: 1, id: 'a' }]);
    assert.deepEqual(
      patched.report.failed.map(({ code, law }) => [code, law]),
      [
        ['line_out_of_range', 1],
        ['overlap', 5],
      ],
    );
  });

  it('checks without applying, and finds all there is', () => {
    const { counts, violations, warnings } = snapshot.check(clashing);
    assert.equal(counts.delete, 3);
    assert.deepEqual(
      violations.map(({ code }) => code),
      ['line_out_of_range', 'overlap'],
    );
    assert.deepEqual(warnings, []);
    const nothing = engine.batch([{ op: 'replace', line: 1, text: 'one' }]);
    assert.equal(snapshot.check(nothing).warnings[0]?.code, 'no_effect');
  });

  it('keeps the order of inserts at one line when asked to', () => {
    const ties = engine.batch([
      { op: 'insert', line: 1, text: 'a' },
      { op: 'insert', line: 1, text: 'b' },
      { op: 'delete', line: 1 },
    ]);
    refusal('overlap', () => snapshot.apply(ties));
    assert.equal(snapshot.apply(ties, { ties: 'keep-order' }).text(), 'a\nb\ntwo\n');
    assert.equal(snapshot.check(ties, { ties: 'keep-order' }).violations.length, 0);
  });

  it('moves the revision by one, and refuses a batch made for another', () => {
    const batch = engine.batch({ revision: 7, patches: [{ op: 'delete', line: 1 }] });
    assert.equal(snapshot.apply(batch).revision, 8);
    assert.equal(snapshot.apply(batch, { revision: 7 }).revision, 8);
    const error = refusal('stale_revision', () => snapshot.apply(batch, { revision: 8 }));
    assert.deepEqual([error.law, error.expected, error.found], [6, '7', '8']);
    assert.equal(snapshot.apply(engine.batch([]), { revision: 0 }).revision, 0);
    const last = Number.MAX_SAFE_INTEGER;
    assert.equal(snapshot.apply(engine.batch([]), { revision: last }).revision, last);
  });

  it('refuses a batch made for another text, and takes one made for this', () => {
    const patches = CLASHING.slice(1, 2);
    const { fingerprint } = snapshot;
    const right = engine.batch({ base: { fingerprint, lineCount: 2 }, patches });
    assert.equal(snapshot.apply(right).text(), 'two\n');
    const error = refusal('snapshot_mismatch', () => engine.freeze('one\n').apply(right));
    assert.equal(error.expected, fingerprint);
  });

  it('shows what the lines hold when they are not what was expected', () => {
    const batch = engine.batch([{ op: 'delete', line: 2, expect: 'zwei' }]);
    const error = refusal('expectation_failed', () => snapshot.apply(batch));
    assert.deepEqual([error.line, error.expected, error.found], [2, 'zwei', 'two']);
  });

  it('refuses options that mean nothing, by name', () => {
    const batch = engine.batch([]);
    const apply = (/** @type {unknown} */ options) => () => snapshot.apply(batch, wrong(options));
    refusal(
      'invalid_argument',
      apply({ policy: 'Atomic' }),
      /one of fail-fast, atomic, best-effort/,
    );
    refusal('invalid_argument', apply({ policy: 1 }));
    refusal('invalid_argument', apply({ ties: 'keep' }), /one of reject, keep-order, not "keep"/);
    refusal('invalid_argument', apply({ revision: -1 }), /revision must be a whole number from 0/);
    refusal('invalid_argument', apply({ revision: 2 ** 53 }));
    refusal('invalid_argument', apply({ revision: '7' }));
    refusal('invalid_argument', apply({ polcy: 'atomic' }), /unknown option "polcy"/);
    refusal('invalid_argument', apply('atomic'), /must be an object, not "atomic"/);
    refusal(
      'invalid_argument',
      () => snapshot.check(batch, wrong({ policy: 2 })),
      /snapshot\.check/,
    );
  });

  it('takes batches of its own engine only', async () => {
    for (const value of [undefined, null, 3, {}, [], snapshot, Object.create(clashing)]) {
      refusal('invalid_argument', () => snapshot.apply(wrong(value)), /needs a Batch/);
      refusal('invalid_argument', () => snapshot.check(wrong(value)), /needs a Batch/);
    }
    for (const backend of /** @type {const} */ (['native', 'wasm'])) {
      const other = await loadEngine({ backend });
      const batch = other.batch([]);
      refusal('invalid_argument', () => snapshot.apply(batch), /belongs to another engine/);
    }
  });

  it('gives errors as data, with the fields that apply and no others', () => {
    const error = refusal('line_out_of_range', () => snapshot.apply(clashing));
    assert.equal(error.name, 'FirnError');
    assert.ok(error instanceof Error);
    const { violations, ...fields } = JSON.parse(JSON.stringify(error));
    assert.deepEqual(Object.keys(fields).sort(), [
      'code',
      'law',
      'limit',
      'line',
      'message',
      'patch',
    ]);
    assert.deepEqual(violations, [fields]);
    assert.equal('expected' in error, false);
  });
});
