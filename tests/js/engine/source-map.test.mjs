// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

import { onBothBackends, refusal, wrong } from './backends.mjs';

const TEXT = 'one();\ntwo(a, "b");\nthree();\n';

await onBothBackends('a source map', (engine) => {
  const snapshot = engine.freeze(TEXT);
  const patched = snapshot.apply(
    engine.batch({ file: 'src/a.js', patches: [{ op: 'insert', line: 2, text: 'new();' }] }),
  );

  it('is JSON that holds the frozen text, under the name that the batch gives it', () => {
    assert.deepEqual(JSON.parse(patched.sourceMap()), {
      version: 3,
      sources: ['src/a.js'],
      sourcesContent: [TEXT],
      names: [],
      mappings: 'AAAA;A;AACA;AACA',
    });
  });

  it('has the names that are asked for, and no text when none is wanted', () => {
    const options = { file: 'é.js', source: 'a "b".js', sourcesContent: false };
    const { mappings: _, ...map } = JSON.parse(patched.sourceMap(options));
    assert.deepEqual(map, { version: 3, file: 'é.js', sources: ['a "b".js'], names: [] });
  });

  it('leads a consumer from each place of the result to its own in the frozen text', () => {
    const map = new TraceMap(patched.sourceMap({ hires: 'boundary' }));
    const at = (/** @type {number} */ line, /** @type {number} */ column) => {
      const { source, line: there, column: where } = originalPositionFor(map, { line, column });
      return source && `${source}:${there}:${where}`;
    };
    assert.equal(at(1, 0), 'src/a.js:1:0');
    assert.equal(at(2, 0), null);
    assert.equal(at(2, 3), null);
    assert.equal(at(3, 0), 'src/a.js:2:0');
    assert.equal(at(3, TEXT.split('\n')[1]?.indexOf('"b"') ?? 0), 'src/a.js:2:7');
    assert.equal(at(4, 5), 'src/a.js:3:5');
  });

  it('gives its mappings alone, which make the same map of a text that is at hand', () => {
    for (const hires of /** @type {const} */ (['line', 'boundary'])) {
      const map = JSON.parse(patched.sourceMap({ hires }));
      assert.equal(patched.mappings({ hires }), map.mappings);
    }
    assert.equal(patched.mappings(), 'AAAA;A;AACA;AACA');
  });

  it('speaks of the lines of a text that is not UTF-8, but neither of its columns nor its content', () => {
    const latin = engine.freeze(Buffer.from('a\nna\xefve\n', 'latin1')).apply(engine.batch([]));
    assert.equal(latin.mappings(), 'AAAA;AACA');
    assert.equal(JSON.parse(latin.sourceMap({ sourcesContent: false })).mappings, 'AAAA;AACA');
    for (const act of [
      () => latin.sourceMap(),
      () => latin.sourceMap({ hires: 'boundary', sourcesContent: false }),
      () => latin.mappings({ hires: 'boundary' }),
    ]) {
      assert.equal(refusal('malformed_text', act, /line 2 is not UTF-8/).line, 2);
    }
  });

  it('refuses what it cannot read as options', () => {
    const invalid = 'invalid_argument';
    refusal(invalid, () => patched.sourceMap(wrong({ hires: true })), /one of line, boundary/);
    refusal(invalid, () => patched.sourceMap(wrong({ sourceContent: true })), /unknown option/);
    refusal(invalid, () => patched.sourceMap(wrong({ sourcesContent: 1 })), /true or false/);
    refusal(invalid, () => patched.sourceMap({ source: '' }), /not empty/);
    refusal(invalid, () => patched.mappings(wrong({ source: 'a' })), /unknown option "source"/);
    refusal('malformed_text', () => patched.sourceMap({ file: '\ud800' }));
    const gone = snapshot.apply(engine.batch([]));
    gone.dispose();
    refusal('disposed', () => gone.sourceMap());
    refusal('disposed', () => gone.mappings());
  });
});
