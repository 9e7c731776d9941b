// @ts-check
/** Native equals WebAssembly: the same bytes, reports and errors, to the last letter of a message. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { loadEngine } from '@firn/engine';

import { binaryOf } from '../../conformance/oracle.mjs';
import { mutatedJson, sample } from './arbitraries.mjs';
import { checkProperty } from './check-property.mjs';
import { attempt, withHandles } from './handles.mjs';

/** @typedef {import('@firn/engine').Engine} Engine */

const native = await loadEngine({ backend: 'native' });
const wasm = await loadEngine({ backend: 'wasm' });

/** Everything that can be seen of a sample, as data. @param {Engine} engine @param {import('./arbitraries.mjs').Sample} given */
function seenBy(engine, given) {
  return withHandles(engine, given, ({ snapshot, batch }) => {
    const { fingerprint, lineCount, byteLength } = snapshot;
    const seen = {
      snapshot: { fingerprint, lineCount, byteLength, lines: snapshot.lines(1, lineCount) },
      batch: { json: batch.toJSON(), count: batch.patchCount, id: batch.id, file: batch.file },
      check: snapshot.check(batch, given.options),
    };
    const applied = attempt(() => snapshot.apply(batch, given.options));
    if ('errors' in applied) return { ...seen, errors: applied.errors };
    const { made } = applied;
    const { microseconds, ...report } = made.report;
    const lines = made.lines(1, made.lineCount);
    const patched = {
      bytes: binaryOf(made.bytes()),
      fingerprint: made.fingerprint,
      revision: made.revision,
      byteLength: made.byteLength,
      lines,
      oneByOne: lines.map((_, at) => made.line(at + 1)),
      report,
      changes: made.changes(),
      provenance: made.provenance(1, made.lineCount),
      diffs: [0, 1, 3].map((context) => binaryOf(made.unifiedDiffBytes({ context }))),
    };
    made.dispose();
    return { ...seen, patched };
  });
}

describe('native equals wasm', () => {
  it('is of one version', () => {
    assert.equal(native.backend, 'native');
    assert.equal(wasm.backend, 'wasm');
    assert.equal(native.version, wasm.version);
  });

  it('in every byte, report and error of a batch', () => {
    checkProperty(sample, (given) => {
      assert.deepEqual(seenBy(native, given), seenBy(wasm, given));
    });
  });

  it('in what it makes of JSON with a thing or two changed, as text and as bytes', () => {
    checkProperty(mutatedJson, (json) => {
      const [first, ...others] = [native, wasm].flatMap((engine) =>
        [json, Buffer.from(json, 'utf8')].map((given) => {
          const read = attempt(() => engine.batch(given));
          if ('errors' in read) return read.errors;
          const data = read.made.toJSON();
          read.made.dispose();
          return data;
        }),
      );
      for (const other of others) assert.deepEqual(other, first);
    });
  });
});
