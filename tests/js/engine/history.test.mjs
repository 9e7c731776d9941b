// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { onBothBackends, refusal, wrong } from './backends.mjs';

await onBothBackends('a history', (engine) => {
  const root = engine.freeze('one\ntwo\nthree\n');
  const upper = engine.batch({ id: 'upper', patches: [{ op: 'replace', line: 1, text: 'ONE' }] });
  const longer = engine.batch([{ op: 'insert', line: 4, text: 'four' }]);
  const empty = engine.history(root);
  const { history: first, patched } = empty.append(upper);
  const { history: second } = first.append(longer);

  it('grows by a revision a batch, and each history stays what it is', () => {
    assert.deepEqual([empty.revision, first.revision, second.revision], [0, 1, 2]);
    assert.equal(patched.text(), 'ONE\ntwo\nthree\n');
    assert.equal(patched.revision, 1);
    assert.equal(first.append(engine.batch([])).history.revision, 1);
    assert.equal(engine.history(root, { revision: 7 }).append(upper).history.revision, 8);
  });

  it('gives any revision as one change of the root, and the batch that made it', () => {
    assert.equal(second.at(0).text(), 'one\ntwo\nthree\n');
    assert.equal(second.at(2).text(), 'ONE\ntwo\nthree\nfour\n');
    assert.deepEqual(second.at(2).mapLine(2), 2);
    assert.equal(second.batchOf(1).id, 'upper');
    assert.equal(second.root().fingerprint, root.fingerprint);
    assert.deepEqual(second.latest().lines(1, 4), ['ONE', 'two', 'three', 'four']);
    refusal('invalid_argument', () => second.at(3), /3/);
    refusal('invalid_argument', () => second.batchOf(0));
  });

  it('lists its revisions', () => {
    const { revisions } = second;
    assert.deepEqual(revisions, [
      { revision: 0, fingerprint: root.fingerprint, lineCount: 3 },
      { revision: 1, fingerprint: patched.fingerprint, lineCount: 3, patches: 1, batchId: 'upper' },
      { revision: 2, fingerprint: second.latest().fingerprint, lineCount: 4, patches: 1 },
    ]);
    assert.equal(second.revisions, revisions);
    assert.throws(() => Object.assign(revisions, { 0: undefined }), TypeError);
  });

  it('takes back a batch in the middle, and keeps those behind it', () => {
    const undone = second.undo(1);
    assert.deepEqual(undone.conflicts, []);
    assert.equal(undone.history.revision, 3);
    assert.equal(undone.history.at(3).text(), 'one\ntwo\nthree\nfour\n');
    assert.equal(undone.patches.length, undone.inverse.patchCount);
    const redone = undone.history.undo(3).history;
    assert.equal(redone.at(4).text(), second.at(2).text());
  });

  it('tells where later batches changed the same lines, and undoes nothing then', () => {
    const { history } = second.append(engine.batch([{ op: 'replace', line: 1, text: 'Eins' }]));
    const undone = history.undo(1);
    assert.equal(undone.history.revision, 3);
    const [conflict] = undone.conflicts;
    assert.deepEqual(
      [conflict?.base, conflict?.ours, conflict?.theirs],
      ['ONE\n', 'one\n', 'Eins\n'],
    );
  });

  it('appends as apply applies', () => {
    const clash = engine.batch([
      { op: 'delete', line: 1 },
      { op: 'delete', line: 1 },
    ]);
    refusal('overlap', () => empty.append(clash));
    const { patched: rest } = empty.append(clash, { policy: 'best-effort' });
    assert.equal(rest.report.failed.length, 1);
    const twice = engine.batch([
      { op: 'insert', line: 1, text: 'a' },
      { op: 'insert', line: 1, text: 'b' },
    ]);
    const { history } = empty.append(twice, { ties: 'keep-order' });
    assert.deepEqual(history.latest().lines(1, 2), ['a', 'b']);
    const stale = engine.batch({ revision: 5, patches: [{ op: 'delete', line: 1 }] });
    refusal('stale_revision', () => second.append(stale));
  });

  it('refuses wrong arguments by name', async () => {
    for (const value of [undefined, null, 'x', {}, -1, 0.5, Number.NaN, 2 ** 53]) {
      refusal('invalid_argument', () => second.at(wrong(value)), /history\.at: the revision/);
      refusal('invalid_argument', () => second.batchOf(wrong(value)), /history\.batchOf/);
      refusal('invalid_argument', () => second.undo(wrong(value)), /history\.undo/);
      refusal('invalid_argument', () => engine.history(wrong(value)), /needs a Snapshot/);
      refusal('invalid_argument', () => second.append(wrong(value)), /needs a Batch/);
    }
    refusal('invalid_argument', () => engine.history(root, { revision: -1 }), /revision must be/);
    refusal('invalid_argument', () => second.append(upper, wrong({ revision: 1 })), /unknown/);
    const other = await loadEngine({ backend: 'wasm' });
    refusal('invalid_argument', () => engine.history(other.freeze('')), /another engine/);
    refusal('invalid_argument', () => second.append(other.batch([])), /another engine/);
  });

  it('is freed apart from what it shares', () => {
    const { history, patched: text } = engine.history(root).append(upper);
    const { history: next } = history.append(longer);
    history.dispose();
    history.dispose();
    for (const use of [
      () => history.revision,
      () => history.revisions,
      () => history.root(),
      () => history.latest(),
      () => history.append(upper),
      () => history.at(0),
      () => history.batchOf(1),
      () => history.undo(1),
    ]) {
      refusal('disposed', use, /this history was disposed/);
    }
    assert.equal(text.lineCount, 3);
    assert.equal(next.at(1).text(), 'ONE\ntwo\nthree\n');
    for (const stranger of [{}, Object.create(next), root]) {
      const { get } = wrong(
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(next), 'revision'),
      );
      refusal('invalid_argument', () => get.call(stranger), /a method of History was called on/);
      refusal('invalid_argument', () => next.at.call(wrong(stranger), 0));
    }
    refusal('invalid_argument', () => new (wrong(next.constructor))(), /only the engine makes/);
  });
});
