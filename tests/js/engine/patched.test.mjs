// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { list, onBothBackends, refusal, utf8, wrong } from './backends.mjs';

/** @typedef {import('@firn/engine').PatchInput} PatchInput */

const TEXT = 'one\ntwo\nthree\nfour\n';
/** @type {PatchInput[]} */
const PATCHES = [
  { id: 'cut', op: 'delete', line: 1 },
  { op: 'replace', line: 3, lines: ['THREE', '3'] },
  { op: 'insert', line: 5, text: 'five' },
];

await onBothBackends('a patched text', (engine) => {
  const snapshot = engine.freeze(TEXT);
  const patched = snapshot.apply(engine.batch({ file: 'n.txt', patches: PATCHES }));

  it('is the text that results', () => {
    assert.equal(patched.text(), 'two\nTHREE\n3\nfour\nfive\n');
    assert.deepEqual(patched.bytes(), utf8('two\nTHREE\n3\nfour\nfive\n'));
    assert.deepEqual([patched.lineCount, patched.byteLength, patched.revision], [5, 22, 1]);
    assert.equal(patched.fingerprint, engine.freeze(patched.bytes()).fingerprint);
    assert.equal(snapshot.lineCount, 4);
    snapshot.verify();
  });

  it('shows a window of lines', () => {
    assert.deepEqual(patched.lines(2, 3), ['THREE', '3']);
    assert.equal(patched.line(5), 'five');
    assert.deepEqual(patched.lines(6, 5), []);
    refusal('invalid_argument', () => patched.line(6), /lines count from 1 to 5/);
    refusal('invalid_argument', () => patched.lines(1, 6));
  });

  it('says what changed, in the lines of both texts', () => {
    const [cut, two, three] = [{ index: 0, id: 'cut' }, { index: 1 }, { index: 2 }];
    assert.deepEqual(patched.changes(), [
      { patch: cut, from: 1, to: 0, base: { from: 1, to: 1 } },
      { patch: two, from: 2, to: 3, base: { from: 3, to: 3 } },
      { patch: three, from: 5, to: 5, base: { from: 5, to: 4 } },
    ]);
    const origins = [{ base: 2 }, { patch: two }, { patch: two }, { base: 4 }, { patch: three }];
    assert.deepEqual(patched.provenance(1, 5), origins);
    assert.deepEqual(patched.provenance(3, 2), []);
    refusal('invalid_argument', () => patched.provenance(1, 6));
  });

  it('maps lines there and back, and null is a line that is gone or new', () => {
    const there = [1, 2, 3, 4].map((line) => patched.mapLine(line));
    assert.deepEqual(there, [null, 1, null, 4]);
    const back = [1, 2, 3, 4, 5].map((line) => patched.unmapLine(line));
    assert.deepEqual(back, [2, null, null, 4, null]);
    refusal('invalid_argument', () => patched.mapLine(5), /lines count from 1 to 4/);
    refusal('invalid_argument', () => patched.unmapLine(0));
  });

  it('reports what was done', () => {
    const { microseconds, ...report } = patched.report;
    assert.deepEqual(report, {
      revision: 1,
      applied: [{ index: 0, id: 'cut' }, { index: 1 }, { index: 2 }],
      failed: [],
      warnings: [],
      counts: {
        ...{ replace: 1, delete: 1, insert: 1, linesRemoved: 2, linesAdded: 3, netLineGrowth: 1 },
        ...{ firstLine: 1, lastLine: 5 },
      },
    });
    assert.deepEqual(Object.keys(microseconds), ['semantics', 'normalize']);
    for (const time of Object.values(microseconds)) assert.ok(time >= 0 && time < 1e6);
  });

  it('parses its report and its changes once', () => {
    assert.equal(patched.report, patched.report);
    assert.equal(patched.changes(), patched.changes());
    assert.throws(() => Object.assign(patched.changes(), { length: 0 }), TypeError);
    assert.throws(() => Object.assign(patched.report.counts, { replace: 9 }), TypeError);
  });

  it('is a unified diff, with as much context and such names as wanted', () => {
    assert.match(
      patched.unifiedDiff(),
      /^--- a\/n\.txt\n\+\+\+ b\/n\.txt\n@@ -1,4 \+1,5 @@\n-one\n two/,
    );
    const bare = patched.unifiedDiff({ context: 0, oldName: 'é', newName: 'new name' });
    assert.match(bare, /^--- .*\n\+\+\+ new name\t?\n@@ -1 \+0,0 @@\n-one\n@@/);
    assert.deepEqual(patched.unifiedDiffBytes(), utf8(patched.unifiedDiff()));
    assert.equal(snapshot.apply(engine.batch([])).unifiedDiff(), '');
    refusal('invalid_argument', () => patched.unifiedDiff({ context: -1 }));
    refusal('invalid_argument', () => patched.unifiedDiff({ oldName: '' }), /not empty/);
    refusal('invalid_argument', () => patched.unifiedDiff(wrong({ contexts: 1 })));
    refusal('malformed_text', () => patched.unifiedDiff({ newName: '\udfff' }));
  });

  it('gives text that is UTF-8 with its byte order mark, and none that is not', () => {
    const bom = engine.freeze('\ufeffa\nb\n').apply(engine.batch([{ op: 'delete', line: 2 }]));
    assert.equal(bom.text(), '\ufeffa\n');
    const latin = engine.freeze(Buffer.from('a\nna\xefve\nb\n', 'latin1'));
    const patch = latin.apply(engine.batch([{ op: 'delete', line: 1 }]));
    refusal('malformed_text', () => patch.text(), /not UTF-8 at byte offset 2 of 8/);
    refusal('malformed_text', () => patch.unifiedDiff(), /the unified diff is not UTF-8/);
    assert.deepEqual(list(patch.bytes()), list(Buffer.from('na\xefve\nb\n', 'latin1')));
    assert.equal(patch.line(1), 'na\ufffdve');
    assert.ok(patch.unifiedDiffBytes().includes(0xef));
  });

  it('says where text stops being UTF-8, at the beginning, within, and cut off at the end', () => {
    /** @type {[number[], number][]} */
    const cases = [
      [[0xff], 0],
      [[0x61, 0x80], 1],
      [[0x61, 0xc3], 1],
      [[0xc3, 0xa9, 0xe6, 0xbc], 2],
      [[0xf0, 0x9f, 0x99, 0x82, 0xf0, 0x9f, 0x99], 4],
      [[0x61, 0xed, 0xa0, 0x80], 1],
      [[...new Array(5000).fill(0x61), 0xc0, 0x80], 5000],
    ];
    for (const [bytes, offset] of cases) {
      const same = engine.freeze(Uint8Array.from(bytes)).apply(engine.batch([]));
      const place = new RegExp(`at byte offset ${offset} of ${bytes.length}`);
      refusal('malformed_text', () => same.text(), place);
    }
  });

  it('outlives its snapshot and its batch', () => {
    const base = engine.freeze(TEXT);
    const batch = engine.batch(PATCHES);
    const result = base.apply(batch);
    base.dispose();
    batch.dispose();
    assert.equal(result.line(2), 'THREE');
    assert.equal(result.mapLine(4), 4);
  });

  it('does not share the bytes it gives out', () => {
    patched.bytes().fill(0);
    assert.equal(patched.line(1), 'two');
    assert.equal(patched.bytes().byteOffset, 0);
    assert.equal(patched.bytes().buffer.byteLength, patched.byteLength);
    assert.equal(Object.getPrototypeOf(patched.bytes()), Uint8Array.prototype);
  });

  it('can be empty', () => {
    const empty = engine.freeze('a').apply(engine.batch([{ op: 'delete', line: 1 }]));
    assert.deepEqual([empty.text(), empty.lineCount, empty.bytes().length], ['', 0, 0]);
    assert.deepEqual([empty.lines(1, 0), empty.provenance(1, 0)], [[], []]);
  });
});
