// @ts-check
/** Native equals WebAssembly in diffs, merges and the algebra of batches: every byte, fact and error. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import fc from 'fast-check';

import { binaryOf, bytesOf } from '../../conformance/oracle.mjs';
import { sample } from './arbitraries.mjs';
import { checkProperty } from './check-property.mjs';
import { chain, three } from './drifts.mjs';
import { attempt, dataOf, input, scoped } from './handles.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */

const native = await loadEngine({ backend: 'native' });
const wasm = await loadEngine({ backend: 'wasm' });

const ALGORITHMS = /** @type {const} */ (['histogram', 'myers', 'minimal']);
const STYLES = /** @type {const} */ (['merge', 'diff3', 'zdiff3']);
const FUNCTION_NAMES = /** @type {const} */ (['none', 'plain', 'cpp', 'css']);
const PLACEMENTS = /** @type {const} */ (['exact', 'search', 'fuzzy']);
const WHITE_SPACES = /** @type {const} */ (['compare', 'ignore-trailing', 'ignore-amount']);

/**
 * @template T @param {import('fast-check').Arbitrary<T>} samples
 * @param {(engine: Engine, sample: T, keep: import('./handles.mjs').Keep) => unknown} seen
 */
const same = (samples, seen, runs = 2_000) =>
  checkProperty(
    samples,
    (given) => {
      const [one, other] = [native, wasm].map((engine) =>
        scoped((keep) => seen(engine, given, keep)),
      );
      assert.deepEqual(other, one);
    },
    { runs },
  );

/** A diff with a thing or two changed. */
const damagedDiff = fc
  .tuple(
    three,
    fc.array(
      fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom('', '+', '-', ' ', '@', '9', '\n', '\\')),
      {
        maxLength: 2,
      },
    ),
    fc.boolean(),
  )
  .map(([[a, b], damages, recount]) => ({ a, b, damages, recount }));

describe('native equals wasm', () => {
  it('in the batches of diffs, and in merges with their conflicts', () => {
    same(three, (engine, texts, keep) => {
      const [base, ours, theirs] = texts.map((text) => keep(engine.freeze(bytesOf(text))));
      assert.ok(base && ours && theirs);
      const diffs = ALGORITHMS.map((algorithm) =>
        dataOf(keep(engine.diff(base, ours, { algorithm }))),
      );
      const merges = STYLES.map((style) => engine.merge(base, ours, theirs, { style }));
      return {
        diffs,
        merges: merges.map(({ conflicts }) => conflicts),
        texts: merges.map((merged) => binaryOf(merged.bytes())),
      };
    });
  });

  it('in what it reads of a diff, or why not', () => {
    same(damagedDiff, (engine, { a, b, damages, recount }, keep) => {
      const before = keep(engine.freeze(bytesOf(a)));
      const patched = keep(before.apply(keep(engine.diff(before, bytesOf(b)))));
      let diff = binaryOf(patched.unifiedDiffBytes());
      for (const [place, taken, put] of damages) {
        const at = place % (diff.length + 1);
        diff = diff.slice(0, at) + put + diff.slice(at + taken);
      }
      const read = attempt(() => keep(engine.parseDiff(bytesOf(diff), { recount })));
      return 'errors' in read ? read.errors : read.made.files.map((file) => ({ ...file }));
    });
  });

  it('in where hunks come to lie in a text that drifted, and in the rejects', () => {
    same(three, (engine, [a, b, drifted], keep) => {
      const before = keep(engine.freeze(bytesOf(a)));
      const text = keep(engine.freeze(bytesOf(drifted)));
      const patched = keep(before.apply(keep(engine.diff(before, bytesOf(b)))));
      if (a === b) return undefined;
      const [file] = keep(engine.parseDiff(patched.unifiedDiffBytes({ context: 2 }))).files;
      assert.ok(file);
      return PLACEMENTS.flatMap((placement) =>
        WHITE_SPACES.map((whiteSpace) => {
          const options = /** @type {const} */ ({ placement, whiteSpace, policy: 'best-effort' });
          const placed = file.place(text, options);
          const { hunks, rejected, rejects } = placed;
          const strict = attempt(() =>
            keep(file.place(text, { placement, policy: 'atomic' }).batch),
          );
          const batch = dataOf(keep(placed.batch));
          return {
            hunks,
            rejected,
            rejects: binaryOf(rejects),
            batch,
            strict: 'errors' in strict && strict.errors,
          };
        }),
      );
    });
  });

  it('in inverses, compositions, rebases and histories', () => {
    same(chain, (engine, texts, keep) => {
      const [a, b, c, d] = texts.map((text) => keep(engine.freeze(bytesOf(text))));
      assert.ok(a && b && c && d);
      const [x, y] = [keep(engine.diff(a, b)), keep(engine.diff(b, c))];
      const rebased = y.rebase(b, d);
      const { patches } = rebased;
      const history = keep(keep(keep(engine.history(a)).append(x).history).append(y).history);
      const undone = history.revision > 0 ? history.undo(1) : undefined;
      keep(undone?.inverse);
      keep(undone?.batch);
      return {
        inverse: dataOf(keep(x.invert(a))),
        composed: dataOf(keep(x.compose(y, a))),
        rebased: { patches, batch: dataOf(keep(rebased.batch)) },
        revisions: history.revisions,
        undone: { patches: undone?.patches, revisions: keep(undone?.history)?.revisions },
      };
    });
  });

  it('in stacks of batches that may collide or be wrong by themselves', () => {
    same(fc.tuple(sample, sample), (engine, [one, other], keep) => {
      const snapshot = keep(engine.freeze(bytesOf(one.text)));
      const batches = [one, other, one].map(({ batch }) => keep(engine.batch(input(batch))));
      const { batch, ...facts } = snapshot.stack(batches);
      return { batch: batch && dataOf(keep(batch)), ...facts };
    });
  });

  it('in unified diffs with function names and the headers of git', () => {
    same(three, (engine, [a, b], keep) => {
      const before = keep(engine.freeze(bytesOf(a)));
      const patched = keep(before.apply(keep(engine.diff(before, bytesOf(b)))));
      const git = { oldPath: 'old name.ts', newPath: 'é.css', newMode: '100755' };
      return [
        ...FUNCTION_NAMES.map((functionNames) => patched.unifiedDiffBytes({ functionNames })),
        patched.unifiedDiffBytes({ context: 1, functionNames: 'by-name', git }),
      ].map(binaryOf);
    });
  });

  it('in the words to mark, which leave equal what they do not name', () => {
    const line = fc.array(fc.constantFrom('word', 'w', ' ', '\t', '42', '(', 'é', '🙂'), {
      maxLength: 9,
    });
    const lines = fc.tuple(line, line).map((both) => both.map((parts) => parts.join('')));
    same(lines, (engine, [before = '', after = '']) => {
      const changes = engine.words(before, after);
      const unnamed = (/** @type {string} */ text, /** @type {'before' | 'after'} */ side) =>
        [0, ...changes.map((change) => change[side].to)]
          .map((from, index) => text.slice(from, changes[index]?.[side].from))
          .join('');
      assert.equal(unnamed(before, 'before'), unnamed(after, 'after'));
      return changes;
    });
  });
});
