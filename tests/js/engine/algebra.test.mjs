// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { onBothBackends, refusal, wrong } from './backends.mjs';

await onBothBackends('the algebra of batches', (engine) => {
  const base = engine.freeze('one\ntwo\nthree\n');
  const first = engine.batch({
    ...{ file: 'count.txt', revision: 3 },
    patches: [{ id: 'p', op: 'replace', line: 2, lines: ['2', '2½'] }],
  });
  const second = engine.batch([{ op: 'delete', line: 1 }]);

  it('takes a batch back', () => {
    const patched = base.apply(first);
    for (const back of [
      patched.invert(),
      first.invert(base),
      first.invert(base, { revision: 3 }),
    ]) {
      const text = engine.freeze(patched.bytes());
      assert.equal(text.apply(back).text(), 'one\ntwo\nthree\n');
      assert.equal(back.file, 'count.txt');
      refusal('snapshot_mismatch', () => base.apply(back));
    }
    refusal('stale_revision', () => first.invert(base, { revision: 4 }));
  });

  it('puts two batches together', () => {
    const patched = base.apply(first);
    const then = engine.freeze(patched.bytes()).apply(second);
    for (const both of [patched.compose(then), first.compose(second, base)]) {
      assert.equal(base.apply(both).text(), '2\n2½\nthree\n');
    }
    const error = refusal('snapshot_mismatch', () => then.compose(patched));
    assert.deepEqual([error.expected, error.found], [then.fingerprint, base.fingerprint]);
  });

  it('composes at the revisions that follow each other', () => {
    const next = engine.batch({ revision: 4, patches: [{ op: 'delete', line: 1 }] });
    assert.equal(base.apply(first.compose(next, base, { revision: 3 })).lineCount, 3);
    refusal('stale_revision', () => first.compose(first, base, { revision: 3 }));
    const ties = engine.batch([
      { op: 'insert', line: 1, text: 'a' },
      { op: 'insert', line: 1, text: 'b' },
    ]);
    refusal('overlap', () => ties.compose(ties, base));
    const four = ties.compose(ties, base, { ties: 'keep-order' });
    assert.deepEqual(base.apply(four).lines(1, 4), ['a', 'b', 'a', 'b']);
  });

  it('carries a batch over to another text, patch by patch', () => {
    const old = engine.freeze('a\nb\nc\nd\n-\ne\n');
    const batch = engine.batch([
      { id: 'moved', op: 'replace', line: 2, text: 'B' },
      { id: 'there', op: 'replace', line: 4, text: 'D' },
      { id: 'fight', op: 'replace', line: 6, text: 'E' },
    ]);
    const fresh = engine.freeze('0\na\nb\nc\nD\n-\neee\n');
    for (const rebased of [old.apply(batch).rebase(fresh), batch.rebase(old, fresh)]) {
      assert.equal(fresh.apply(rebased.batch).text(), '0\na\nB\nc\nD\n-\neee\n');
      assert.deepEqual(
        rebased.patches.map(({ patch, carried }) => [patch.id, carried]),
        [
          ['moved', 'moved'],
          ['there', 'upstream'],
          ['fight', 'conflict'],
        ],
      );
      assert.deepEqual(rebased.moved, [
        {
          ...{ patch: { index: 0, id: 'moved' }, carried: 'moved' },
          ...{ from: { from: 2, to: 2 }, to: { from: 3, to: 3 } },
        },
      ]);
      assert.equal(rebased.upstream[0], rebased.patches[1]);
      const [fight] = rebased.conflicts;
      assert.deepEqual([fight?.base, fight?.ours, fight?.theirs], ['e\n', 'E\n', 'eee\n']);
      assert.equal(JSON.stringify(rebased.batch.toJSON().base).includes(fresh.fingerprint), true);
      assert.throws(() => Object.assign(rebased, { patches: [] }), TypeError);
      assert.throws(() => Object.assign(rebased.moved, { 0: 1 }), TypeError);
    }
  });

  it('leaves what it was given alive', () => {
    const { lineCount } = base;
    first.invert(base);
    first.compose(second, base);
    first.rebase(base, base);
    assert.equal(base.lineCount, lineCount);
    assert.equal(second.patchCount, 1);
  });

  it('refuses wrong arguments by name', async () => {
    const patched = base.apply(first);
    for (const value of [undefined, null, 3, 'text', {}]) {
      const given = wrong(value);
      refusal('invalid_argument', () => first.invert(given), /batch\.invert: needs a Snapshot/);
      refusal('invalid_argument', () => first.compose(given, base), /compose: needs a Batch/);
      refusal('invalid_argument', () => first.compose(second, given), /needs a Snapshot/);
      refusal('invalid_argument', () => first.rebase(given, base), /rebase: needs a Snapshot/);
      refusal('invalid_argument', () => first.rebase(base, given), /rebase: needs a Snapshot/);
      refusal('invalid_argument', () => patched.compose(given), /compose: needs a Patched/);
      refusal('invalid_argument', () => patched.rebase(given), /patched\.rebase: needs a Snapshot/);
    }
    refusal('invalid_argument', () => first.invert(base, wrong({ polcy: 1 })), /unknown option/);
    refusal('invalid_argument', () => first.compose(second, base, wrong(3)), /must be an object/);
    const other = await loadEngine({ backend: 'wasm' });
    const stranger = other.freeze('one\ntwo\nthree\n');
    const theirs = stranger.apply(other.batch([]));
    refusal('invalid_argument', () => first.invert(stranger), /snapshot belongs to another engine/);
    refusal('invalid_argument', () => patched.compose(theirs), /patched text belongs to another/);
  });
});
