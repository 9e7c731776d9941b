// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { list, onBothBackends, refusal, utf8, wrong } from './backends.mjs';

/** @type {import('@firn/engine').PatchInput[]} */
const PATCHES = [
  { op: 'replace', line: 2, text: 'zwei' },
  { op: 'insert', line: 4, lines: ['vier', '🙂'] },
];
const JSON_TEXT = JSON.stringify(PATCHES);

await onBothBackends('engine.patch', (engine) => {
  it('gives a string for a string, and bytes for bytes', () => {
    assert.equal(engine.patch('one\ntwo\nthree\n', PATCHES), 'one\nzwei\nthree\nvier\n🙂\n');
    const bytes = Uint8Array.of(0xff, 0x0a, 0x78, 0x0a, 0x79, 0x0a);
    const patched = engine.patch(bytes, PATCHES);
    assert.deepEqual(list(patched), [0xff, 0x0a, ...utf8('zwei\ny\nvier\n🙂\n')]);
    assert.deepEqual(engine.patch(Buffer.from('a\nb\nc\n'), PATCHES).constructor, Uint8Array);
  });

  it('takes patches in every form that engine.batch takes', () => {
    const forms = [JSON_TEXT, utf8(JSON_TEXT), PATCHES, { id: 'b', revision: 3, patches: PATCHES }];
    for (const patches of [...forms, wrong(engine.batch(PATCHES))]) {
      assert.equal(engine.patch('1\n2\n3', patches), '1\nzwei\n3\nvier\n🙂');
    }
    assert.equal(engine.patch('', [{ op: 'insert', line: 1, text: 'x' }]), 'x\n');
    assert.equal(engine.patch('\ufeffx', []), '\ufeffx');
    assert.equal(engine.patch('é\r\n', [{ op: 'insert', line: 2, text: 'x' }]), 'é\r\nx\r\n');
  });

  it('leaves its input as it is', () => {
    const patches = structuredClone(PATCHES);
    const bytes = utf8('1\n2\n3\n');
    engine.patch(bytes, patches);
    assert.deepEqual(patches, PATCHES);
    assert.deepEqual(bytes, utf8('1\n2\n3\n'));
  });

  it('applies as its options say', () => {
    const inserts = /** @type {const} */ ([
      { op: 'insert', line: 1, text: 'a' },
      { op: 'insert', line: 1, text: 'b' },
    ]);
    assert.equal(engine.patch('x\n', inserts, { ties: 'keep-order' }), 'a\nb\nx\n');
    refusal('overlap', () => engine.patch('x\n', inserts));
    const made = { revision: 1, patches: inserts.slice(1) };
    assert.equal(engine.patch('x\n', made, { revision: 1 }), 'b\nx\n');
    refusal('stale_revision', () => engine.patch('x\n', made, { revision: 2 }));
    const wild = [1, 2, 3].map((line) => ({ op: /** @type {const} */ ('delete'), line }));
    assert.equal(refusal('line_out_of_range', () => engine.patch('x', wild)).violations.length, 1);
    const atomic = refusal('line_out_of_range', () =>
      engine.patch('x', wild, { policy: 'atomic' }),
    );
    assert.equal(atomic.violations.length, 2);
  });

  it('refuses a policy that leaves patches out, since a text cannot say which', () => {
    const leave = () => engine.patch('x', [], wrong({ policy: 'best-effort' }));
    refusal('invalid_argument', leave, /^engine\.patch: policy best-effort leaves patches out/);
  });

  it('refuses what its parts refuse, and names itself', () => {
    const patches = [{ op: 'delete', line: 1, note: 1 }];
    const at = JSON.stringify(patches).indexOf('"note"');
    const error = refusal('malformed_batch', () => engine.patch('x\n', wrong(patches)));
    assert.deepEqual(error.position, { byteOffset: at, line: 1, byteColumn: at + 1 });
    refusal('malformed_text', () => engine.patch('\ud800', []), /^engine\.patch: the text has/);
    const half = () => engine.patch('x', [{ op: 'insert', line: 1, text: '\udc00' }]);
    refusal('malformed_text', half, /^engine\.patch: \[0\]\.text has/);
    refusal('invalid_argument', () => engine.patch(wrong(7), []), /^engine\.patch: needs a string/);
    refusal(
      'invalid_argument',
      () => engine.patch(wrong(engine.freeze('x')), []),
      /a Snapshot|an object/,
    );
    refusal('invalid_argument', () => engine.patch('x', wrong(7)), /^engine\.patch: needs JSON/);
    refusal('invalid_argument', () => engine.patch('x', [], wrong({ tie: 1 })), /unknown option/);
    refusal('malformed_json', () => engine.patch('x', '['));
  });

  it('works while a getter of its patches does', () => {
    const inner = [{ op: /** @type {const} */ ('delete'), line: 1 }];
    const outer = Object.defineProperty({ op: 'insert', line: 1 }, 'text', {
      enumerable: true,
      get: () => engine.patch('a\nb\n', inner),
    });
    assert.equal(
      engine.patch('x\n', wrong([outer, { op: 'delete', line: 2 }].slice(0, 1))),
      'b\nx\n',
    );
  });

  it('takes texts longer than what is kept for short ones', () => {
    const line = `${'x'.repeat(99)}\n`;
    for (const end of ['', 'é', '漢🙂']) {
      const text = line.repeat(20_000) + end;
      const patched = engine.patch(text, [{ op: 'replace', line: 10_000, lines: [`y${end}`] }]);
      assert.equal(patched, `${line.repeat(9_999)}y${end}\n${line.repeat(10_000)}${end}`);
    }
  });
});
