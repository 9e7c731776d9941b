// @ts-check
/** The laws of diffs, merges and the algebra of batches, through one backend. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import fc from 'fast-check';

import { binaryOf, bytesOf } from '../../conformance/oracle.mjs';
import { lawfulSample } from './arbitraries.mjs';
import { checkProperty } from './check-property.mjs';
import { chain, three, version } from './drifts.mjs';
import { dataOf, input, scoped } from './handles.mjs';

/** @typedef {import('@firn/engine').Batch} Batch */

const ALGORITHMS = /** @type {const} */ (['histogram', 'myers', 'minimal']);
const SLIDES = /** @type {const} */ (['none', 'down', 'indent']);

/** @param {'native' | 'wasm'} backend */
export async function describeAlgebra(backend) {
  const engine = await loadEngine({ backend });
  assert.equal(engine.backend, backend);

  /** @param {string} base @param {Batch} batch */
  const apply = (base, batch) => {
    return scoped((keep) => {
      const snapshot = keep(engine.freeze(bytesOf(base)));
      return binaryOf(keep(snapshot.apply(batch)).bytes());
    });
  };
  /** @param {string} before @param {string} after @param {import('@firn/engine').DiffOptions} [options] */
  const diff = (before, after, options) => engine.diff(bytesOf(before), bytesOf(after), options);
  /** @param {string[]} texts @param {import('@firn/engine').MergeOptions} [options] */
  const merge = ([base = '', ours = '', theirs = ''], options) =>
    engine.merge(bytesOf(base), bytesOf(ours), bytesOf(theirs), options);

  /**
   * @template T @param {import('fast-check').Arbitrary<T>} samples
   * @param {(sample: T, keep: import('./handles.mjs').Keep) => void} holds @param {{ runs: number }} [options]
   */
  const law = (samples, holds, options = { runs: 2_000 }) =>
    checkProperty(samples, (sample) => scoped((keep) => holds(sample, keep)), options);

  describe(`the laws of change, ${backend}`, () => {
    it('applying the diff of two texts to one gives the other, by every algorithm and slide', () => {
      law(three, ([a, b], keep) => {
        for (const algorithm of ALGORITHMS) {
          for (const slide of SLIDES) {
            const batch = keep(diff(a, b, { algorithm, slide }));
            assert.equal(apply(a, batch), b, `${algorithm}, ${slide}`);
            if (a === b) assert.equal(batch.patchCount, 0);
          }
        }
      });
    });

    it('the unified diff of a change, read and placed, is the change; reversed, it takes it back', () => {
      law(three, ([a, b], keep) => {
        if (a === b) return;
        const before = keep(engine.freeze(bytesOf(a)));
        const after = keep(engine.freeze(bytesOf(b)));
        const batch = keep(engine.diff(before, after));
        const patched = keep(before.apply(batch));
        for (const context of [0, 1, 3]) {
          const read = keep(engine.parseDiff(patched.unifiedDiffBytes({ context })));
          const [file] = read.files;
          assert.equal(read.files.length, 1);
          const forth = keep(file?.place(before).batch);
          const back = keep(file?.place(after, { reverse: true }).batch);
          assert.equal(forth && apply(a, forth), b);
          assert.equal(back && apply(b, back), a);
        }
      });
    });

    it('the inverse of a batch gives the text back, by patched text and by batch', () => {
      law(lawfulSample, ({ text: base, patches }, keep) => {
        const snapshot = keep(engine.freeze(bytesOf(base)));
        const batch = keep(engine.batch(input({ patches })));
        const patched = keep(snapshot.apply(batch));
        const now = binaryOf(patched.bytes());
        const one = keep(patched.invert());
        const other = keep(batch.invert(snapshot));
        assert.equal(apply(now, one), base);
        assert.deepEqual(dataOf(other), dataOf(one));
      });
    });

    it('composing is applying one after the other, and it does not matter which come first', () => {
      law(chain, ([a, b, c, d], keep) => {
        const text = keep(engine.freeze(bytesOf(a)));
        const between = keep(engine.freeze(bytesOf(b)));
        const x = keep(diff(a, b));
        const y = keep(diff(b, c));
        const z = keep(diff(c, d));
        const xy = keep(x.compose(y, text));
        assert.equal(apply(a, xy), c);
        const yz = keep(y.compose(z, between));
        const left = keep(xy.compose(z, text));
        const right = keep(x.compose(yz, text));
        assert.equal(apply(a, left), d);
        assert.equal(apply(a, right), d);
        const undone = keep(y.invert(between));
        const nothing = keep(y.compose(undone, between));
        assert.equal(apply(b, nothing), b);
      });
    });

    it('a side that changed nothing leaves the merge to the other', () => {
      law(three, ([base, x]) => {
        for (const texts of [
          [base, x, base],
          [base, base, x],
          [base, x, x],
        ]) {
          const merged = merge(texts);
          assert.equal(binaryOf(merged.bytes()), x);
          assert.deepEqual(merged.conflicts, []);
        }
      });
    });

    it('a merge is the same from both sides, but for who is called ours', () => {
      law(three, ([base, one, other]) => {
        const merged = merge([base, one, other], { style: 'diff3' });
        const turned = merge([base, other, one], { style: 'diff3' });
        assert.deepEqual(
          merged.conflicts.map(({ ours, theirs, base: lines }) => [lines, ours, theirs]),
          turned.conflicts.map(({ ours, theirs, base: lines }) => [lines, theirs, ours]),
        );
        if (merged.conflicts.length === 0) assert.deepEqual(merged.bytes(), turned.bytes());
        const won = merge([base, one, other], { favor: 'ours' });
        const lost = merge([base, other, one], { favor: 'theirs' });
        assert.deepEqual(won.bytes(), lost.bytes());
      });
    });

    it('rebasing onto the same text is the identity', () => {
      law(lawfulSample, ({ text: base, patches }, keep) => {
        const snapshot = keep(engine.freeze(bytesOf(base)));
        const batch = keep(engine.batch(input({ patches })));
        const patched = keep(snapshot.apply(batch));
        const rebased = patched.rebase(snapshot);
        const carried = keep(rebased.batch);
        assert.deepEqual(
          [...new Set(rebased.patches.map((patch) => patch.carried))].join(),
          patches.length > 0 ? 'clean' : '',
        );
        assert.equal(apply(base, carried), binaryOf(patched.bytes()));
      });
    });

    it('rebasing loses no patch and gives a lawful batch, whose clean patches merge cleanly', () => {
      law(three, ([base, mine, upstream], keep) => {
        const old = keep(engine.freeze(bytesOf(base)));
        const fresh = keep(engine.freeze(bytesOf(upstream)));
        const batch = keep(diff(base, mine));
        const rebased = batch.rebase(old, fresh);
        const carried = keep(rebased.batch);
        assert.deepEqual(
          rebased.patches.map(({ patch }) => patch.index),
          Array.from({ length: batch.patchCount }, (_, index) => index),
        );
        assert.doesNotThrow(() => fresh.apply(carried).dispose());
        if (base === upstream) assert.equal(apply(upstream, carried), mine);
      });
    });

    it('a stack is independent of the order of its batches, and is all of them', () => {
      const dealt = lawfulSample.chain(({ text: base, patches }) =>
        fc
          .tuple(
            fc.array(fc.nat(3), { minLength: patches.length, maxLength: patches.length }),
            fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
          )
          .map(([hands, order]) => ({ text: base, patches, hands, order })),
      );
      law(dealt, ({ text: base, patches, hands, order }, keep) => {
        const snapshot = keep(engine.freeze(bytesOf(base)));
        const bare = patches.map(({ id, ...patch }) => patch);
        const batches = [0, 1, 2, 3].map((hand) =>
          engine.batch(input({ patches: bare.filter((_, index) => hands[index] === hand) })),
        );
        const all = keep(engine.batch(input({ patches: bare })));
        const one = keep(snapshot.stack(batches).batch);
        const other = keep(snapshot.stack(order.map((place) => batches[place] ?? all)).batch);
        assert.ok(one && other);
        assert.deepEqual(dataOf(one), dataOf(other));
        assert.equal(apply(base, one), apply(base, all));
        for (const batch of batches) batch.dispose();
      });
    });

    it('any revision of a history is the replay, and undoing the last is its inverse', () => {
      law(
        chain,
        (texts, keep) => {
          const root = keep(engine.freeze(bytesOf(texts[0])));
          let history = engine.history(root);
          const seen = [texts[0]];
          for (const [index, next] of texts.slice(1).entries()) {
            const batch = keep(diff(texts[index] ?? '', next));
            const appended = history.append(batch);
            appended.patched.dispose();
            history.dispose();
            history = appended.history;
            if (batch.patchCount > 0) seen.push(next);
          }
          assert.equal(history.revision, seen.length - 1);
          for (const [revision, expected] of seen.entries()) {
            const patched = keep(history.at(revision));
            assert.equal(binaryOf(patched.bytes()), expected);
          }
          if (seen.length > 1) {
            const { history: undone, batch, inverse, conflicts } = history.undo(history.revision);
            assert.deepEqual(conflicts, []);
            const latest = keep(undone.latest());
            assert.equal(binaryOf(latest.bytes()), seen.at(-2));
            for (const handle of [undone, batch, inverse]) handle.dispose();
          }
          history.dispose();
        },
        { runs: 1_000 },
      );
    });

    it('reads back what it wrote: batches of diffs, as JSON, do the same', () => {
      const utf8Versions = fc
        .tuple(version, version)
        .filter((texts) =>
          texts.every(
            (each) => Buffer.from(each, 'latin1').toString('utf8').includes('\ufffd') === false,
          ),
        );
      law(utf8Versions, ([a, b], keep) => {
        const batch = keep(diff(a, b));
        const again = keep(engine.batch(JSON.stringify(batch)));
        assert.equal(apply(a, again), b);
      });
    });
  });
}
