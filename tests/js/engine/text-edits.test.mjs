// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onBothBackends, refusal, wrong } from './backends.mjs';

/** @param {number} line @param {number} from @param {number} to @param {string} newText */
const edit = (line, from, to, newText) => ({
  range: { start: { line, character: from }, end: { line, character: to } },
  newText,
});

await onBothBackends('text edits', (engine) => {
  const snapshot = engine.freeze('let x = 1;\n🙂 smile\nend');
  const after = (/** @type {import('@firn/engine').TextEdit[]} */ edits) =>
    snapshot.apply(snapshot.textEdits(edits)).text();

  it('count lines from 0, and columns in UTF-16 code units', () => {
    assert.equal(after([edit(0, 4, 5, 'y'), edit(1, 2, 2, '!')]), 'let y = 1;\n🙂! smile\nend');
    assert.equal(after([edit(2, 3, 3, '\n')]), 'let x = 1;\n🙂 smile\nend\n');
    assert.equal(after([]), snapshot.apply(engine.batch([])).text());
  });

  it('come out as they stand in the array when they are at one place', () => {
    const edits = [edit(0, 0, 0, 'a'), edit(0, 0, 0, 'b'), edit(0, 0, 3, 'c')];
    assert.equal(snapshot.apply(snapshot.textEdits(edits)).line(1), 'abc x = 1;');
  });

  it('may hold more than their effect, as those of servers do', () => {
    const annotated = { ...edit(0, 4, 5, 'y'), annotationId: 'why', newEol: undefined };
    assert.equal(snapshot.apply(snapshot.textEdits([annotated])).line(1), 'let y = 1;');
  });

  it('are refused where the text has no such place', () => {
    refusal('line_out_of_range', () => snapshot.textEdits([edit(9, 0, 0, '')]));
    refusal('line_out_of_range', () => snapshot.textEdits([edit(0, 0, 99, '')]));
    refusal('line_out_of_range', () => snapshot.textEdits([edit(1, 1, 1, 'inside a pair')]));
    const error = refusal('overlap', () =>
      snapshot.textEdits([edit(0, 0, 4, ''), edit(0, 3, 5, '')]),
    );
    assert.deepEqual([error.other, error.patch], [{ index: 0 }, { index: 1 }]);
    const bytes = engine.freeze(Uint8Array.of(0xff, 0x0a));
    refusal('malformed_text', () => bytes.textEdits([edit(0, 1, 1, '')]));
  });

  it('are refused when they are none', () => {
    for (const value of [undefined, null, 'edits', {}, 3]) {
      const act = () => snapshot.textEdits(wrong(value));
      refusal('invalid_argument', act, /textEdits: needs an array of text edits/);
    }
    const shapes = [
      null,
      3,
      {},
      { newText: '' },
      { range: 3, newText: '' },
      { range: { start: null, end: null }, newText: '' },
      edit(-1, 0, 0, ''),
      edit(0.5, 0, 0, ''),
      edit(Number.NaN, 0, 0, ''),
      wrong({ ...edit(0, 0, 0, ''), newText: 3 }),
    ];
    for (const shape of shapes) {
      const edits = [edit(0, 0, 0, ''), wrong(shape)];
      refusal('malformed_batch', () => snapshot.textEdits(edits));
    }
    refusal('malformed_text', () => snapshot.textEdits([edit(0, 0, 0, '\ud800')]), /newText has/);
    const trap = Object.defineProperty({}, 'range', {
      get: () => {
        throw new Error('mine');
      },
    });
    refusal('invalid_argument', () => snapshot.textEdits([wrong(trap)]), /textEdits: .*mine/);
  });
});
