// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';
import fc from 'fast-check';

import { apply, binaryOf, check } from '../../conformance/oracle.mjs';
import { readBatch } from '../../conformance/oracle-json.mjs';
import { lawfulSample, mutatedJson, sample, text } from './arbitraries.mjs';
import { checkProperty } from './check-property.mjs';
import { attempt, input, withHandles, withoutMessages } from './handles.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */
/** @typedef {import('./arbitraries.mjs').Sample} Sample */

const POLICIES = /** @type {const} */ (['fail-fast', 'atomic', 'best-effort']);
const TIES = /** @type {const} */ (['reject', 'keep-order']);

/** @param {string} binary */
const shown = (binary) => Buffer.from(binary, 'latin1').toString('utf8');

/** Every view of `patched` is what the oracle says, and what freezing its bytes anew says. @param {Engine} engine
 * @param {import('@firn/engine').Patched} patched @param {number} baseLineCount @param {ReturnType<typeof apply>} expected */
function compareViews(engine, patched, baseLineCount, expected) {
  const { lineCount } = patched;
  const { microseconds, ...report } = patched.report;
  assert.deepEqual(
    { ...report, failed: withoutMessages(report.failed), warnings: [] },
    {
      ...expected.report,
      warnings: [],
    },
  );
  assert.deepEqual(
    report.warnings.map(({ code, patch }) => ({ code, patch })),
    expected.report?.warnings,
  );
  assert.deepEqual(patched.changes(), expected.changes);
  assert.deepEqual(patched.lines(1, lineCount), expected.lines?.map(shown));
  assert.deepEqual(patched.provenance(1, lineCount), expected.provenance);
  const numbers = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => at + 1);
  assert.deepEqual(
    numbers(baseLineCount).map((line) => patched.mapLine(line)),
    expected.mapLine,
  );
  assert.deepEqual(
    numbers(lineCount).map((line) => patched.unmapLine(line)),
    expected.unmapLine,
  );
  const frozen = engine.freeze(patched.bytes());
  assert.equal(patched.fingerprint, frozen.fingerprint);
  assert.equal(lineCount, frozen.lineCount);
  assert.equal(patched.byteLength, frozen.byteLength);
  frozen.dispose();
}

/** @param {Engine} engine @param {Sample} given */
function agreesWithOracle(engine, given) {
  withHandles(engine, given, ({ snapshot, batch }) => {
    for (const policy of POLICIES) {
      for (const ties of TIES) {
        const options = { ...given.options, policy, ties };
        const expected = apply({ text: given.text }, given.batch, options);
        const applied = attempt(() => snapshot.apply(batch, options));
        if ('errors' in applied) {
          assert.deepEqual(withoutMessages(applied.errors), expected.errors, `${policy}, ${ties}`);
          continue;
        }
        const { made } = applied;
        assert.equal(expected.errors, undefined, `${policy}, ${ties}: should be refused`);
        assert.equal(binaryOf(made.bytes()), expected.text, `${policy}, ${ties}`);
        assert.equal(made.revision, expected.revision);
        const asked = policy === given.options.policy && ties === given.options.ties;
        if (asked) compareViews(engine, made, snapshot.lineCount, expected);
        made.dispose();
      }
    }
    const expected = check({ text: given.text }, given.batch, given.options);
    const { violations } = snapshot.check(batch, given.options);
    assert.deepEqual(withoutMessages(violations), expected.violations);
  });
}

/** The laws, through one backend. @param {'native' | 'wasm'} backend */
export async function describeLaws(backend) {
  const engine = await loadEngine({ backend });
  assert.equal(engine.backend, backend);

  describe(`the laws, ${backend}`, () => {
    it('every batch gives the bytes, the views or the violations that the oracle gives', () => {
      checkProperty(sample, (given) => agreesWithOracle(engine, given));
    });

    it('an empty batch gives the same bytes', () => {
      checkProperty(
        text.map((base) => ({ text: base, batch: { patches: [] }, options: {} })),
        (given) => {
          withHandles(engine, given, ({ snapshot, batch }) => {
            const patched = snapshot.apply(batch);
            assert.equal(binaryOf(patched.bytes()), given.text);
            assert.equal(patched.fingerprint, snapshot.fingerprint);
            assert.equal(patched.unifiedDiffBytes().length, 0);
            patched.dispose();
          });
        },
        { runs: 2_000 },
      );
    });

    it('any order of independent patches gives the same bytes', () => {
      const shuffled = lawfulSample.chain(({ text: base, patches }) =>
        fc
          .shuffledSubarray(patches, { minLength: patches.length })
          .map((others) => ({ text: base, batch: { patches }, options: {}, others })),
      );
      checkProperty(
        shuffled,
        ({ others, ...given }) => {
          withHandles(engine, given, ({ snapshot, batch }) => {
            const other = engine.batch(input({ patches: others }));
            const one = snapshot.apply(batch);
            const two = snapshot.apply(other);
            assert.equal(binaryOf(one.bytes()), binaryOf(two.bytes()));
            assert.equal(one.fingerprint, two.fingerprint);
            for (const handle of [one, two, other]) handle.dispose();
          });
        },
        { runs: 3_000 },
      );
    });

    it('mapLine and unmapLine invert each other, and mapped lines hold the same', () => {
      checkProperty(
        sample,
        (given) => {
          const options = { ...given.options, policy: /** @type {const} */ ('best-effort') };
          withHandles(engine, given, ({ snapshot, batch }) => {
            const applied = attempt(() => snapshot.apply(batch, options));
            if ('errors' in applied) return;
            const { made } = applied;
            for (let line = 1; line <= snapshot.lineCount; line += 1) {
              const mapped = made.mapLine(line);
              if (mapped === null) continue;
              assert.equal(made.unmapLine(mapped), line);
              // A lone CR at an unterminated end may become part of a terminator.
              const same = made.line(mapped) === snapshot.line(line);
              assert.ok(same || snapshot.line(line) === `${made.line(mapped)}\r`);
            }
            for (let line = 1; line <= made.lineCount; line += 1) {
              const base = made.unmapLine(line);
              if (base !== null) assert.equal(made.mapLine(base), line);
            }
            made.dispose();
          });
        },
        { runs: 3_000 },
      );
    });

    it('nothing that is done with a snapshot changes it', () => {
      checkProperty(
        sample,
        (given) => {
          withHandles(engine, given, ({ snapshot, batch }) => {
            const before = snapshot.fingerprint;
            snapshot.check(batch, given.options);
            const applied = attempt(() => snapshot.apply(batch, given.options));
            if ('made' in applied) {
              applied.made.bytes();
              applied.made.unifiedDiffBytes();
              applied.made.dispose();
            }
            snapshot.verify();
            assert.equal(snapshot.fingerprint, before);
            assert.equal(binaryOf(snapshot.bytes()), given.text);
          });
        },
        { runs: 2_000 },
      );
    });

    it('a batch read back from its own JSON does the same', () => {
      checkProperty(
        sample,
        (given) => {
          withHandles(engine, given, ({ snapshot, batch }) => {
            const again = engine.batch(JSON.stringify(batch));
            const outcome = (/** @type {import('@firn/engine').Batch} */ each) => {
              const applied = attempt(() => snapshot.apply(each, given.options));
              if ('errors' in applied) return applied.errors;
              const { made } = applied;
              const bytes = binaryOf(made.bytes());
              const result = { bytes, changes: made.changes(), revision: made.revision };
              made.dispose();
              return result;
            };
            assert.deepEqual(outcome(again), outcome(batch));
            again.dispose();
          });
        },
        { runs: 2_000 },
      );
    });

    it('JSON with a thing or two changed is read or refused as the oracle does', () => {
      checkProperty(mutatedJson, (json) => {
        const bytes = Buffer.from(json, 'utf8');
        const expected = readBatch(bytes.toString('latin1'));
        const read = attempt(() => engine.batch(bytes));
        if ('made' in read) {
          const { patchCount } = read.made;
          read.made.dispose();
          assert.ok('batch' in expected, 'should be refused');
          assert.equal(patchCount, expected.batch.patches.length);
          return;
        }
        assert.ok('errors' in expected, `should be read, but ${read.errors[0]?.message}`);
        const [found] = read.errors;
        const [want] = expected.errors;
        assert.equal(found?.code, want?.code);
        // Of several faults of a batch the engine names the first it meets; those of JSON come first for both.
        if (want?.code === 'malformed_json') assert.deepEqual(found?.position, want.position);
      });
    });
  });
}
