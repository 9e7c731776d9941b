// @ts-check
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

import { list, onBothBackends, refusal, utf8, wrong } from './backends.mjs';

await onBothBackends('a snapshot', (engine) => {
  it('counts lines as the laws say', () => {
    const counts = { '': 0, a: 1, 'a\n': 1, 'a\n\nb': 3, 'a\r\nb\r\n': 2, 'a\rb': 1 };
    for (const [text, lines] of Object.entries(counts)) {
      assert.equal(engine.freeze(text).lineCount, lines, JSON.stringify(text));
    }
  });

  it('names its bytes by their XXH3-128', () => {
    assert.equal(engine.freeze('').fingerprint, '99aa06d3014798d86001c324468d497f');
    assert.equal(engine.freeze('a\n').fingerprint, engine.freeze(utf8('a\n')).fingerprint);
    assert.notEqual(engine.freeze('a\n').fingerprint, engine.freeze('a').fingerprint);
  });

  it('freezes strings as UTF-8, whatever they hold', () => {
    for (const text of [
      '',
      'plain',
      'é',
      '漢字\n',
      '🙂',
      '\ufeffbom',
      'nul\0nul',
      'é'.repeat(5000),
    ]) {
      const snapshot = engine.freeze(text);
      assert.deepEqual(snapshot.bytes(), utf8(text));
      assert.equal(snapshot.byteLength, utf8(text).length);
    }
  });

  it('freezes each kind of character wherever it stands among others', () => {
    for (const character of ['\x7f', '\x80', '\u07ff', '\u0800', '\uffff', '🙂', '\u{10ffff}']) {
      for (let place = 0; place <= 70; place += 1) {
        const text = `${'a'.repeat(place)}${character}${'b'.repeat(70 - place)}${character}`;
        assert.deepEqual(engine.freeze(text).bytes(), utf8(text));
      }
    }
  });

  it('freezes strings of any length alike', () => {
    for (const length of [2 ** 19 - 2, 2 ** 19 - 1, 2 ** 19, 2 ** 19 + 1]) {
      for (const character of ['a', 'é', '漢']) {
        const text = `${'b'.repeat(length - 1)}${character}`;
        assert.equal(engine.freeze(text).fingerprint, engine.freeze(utf8(text)).fingerprint);
      }
    }
  });

  it('keeps bytes that are no UTF-8, and NUL, and a byte order mark', () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0xff, 0, 0xc3, 10, 0x80);
    assert.deepEqual(list(engine.freeze(bytes).bytes()), list(bytes));
  });

  it('is not moved by what becomes of the bytes it was made from, or of those it gave out', () => {
    const bytes = utf8('one\ntwo\n');
    const snapshot = engine.freeze(bytes);
    bytes.fill(0);
    snapshot.bytes().fill(0);
    assert.equal(snapshot.line(2), 'two');
    snapshot.verify();
  });

  it('takes part of a buffer, a Buffer, shared memory, and bytes of another realm', () => {
    const whole = utf8('xxone\nxx');
    assert.equal(engine.freeze(whole.subarray(2, 6)).line(1), 'one');
    assert.equal(engine.freeze(Buffer.from('one')).line(1), 'one');
    const shared = new Uint8Array(new SharedArrayBuffer(3));
    shared.set(utf8('one'));
    assert.equal(engine.freeze(shared).line(1), 'one');
    assert.equal(engine.freeze(vm.runInNewContext('Uint8Array.of(111, 110, 101)')).line(1), 'one');
  });

  it('does not believe an array that lies about its length', () => {
    for (const length of [3, 1000]) {
      const bytes = Object.defineProperty(utf8('one\ntwo'), 'length', { value: length });
      refusal('invalid_argument', () => engine.freeze(bytes));
      refusal('invalid_argument', () => engine.batch(bytes));
    }
  });

  it('does not take bytes whose buffer is gone for an empty text', () => {
    const transferred = utf8('one\ntwo');
    structuredClone(transferred, { transfer: [transferred.buffer] });
    const buffer = new ArrayBuffer(8, wrong({ maxByteLength: 8 }));
    const shrunk = new Uint8Array(buffer, 4, 4);
    wrong(buffer).resize(2);
    for (const bytes of [transferred, shrunk]) {
      refusal('invalid_argument', () => engine.freeze(bytes), /buffer .* is gone/);
      refusal('invalid_argument', () => engine.batch(bytes), /buffer .* is gone/);
    }
    assert.equal(engine.freeze(new Uint8Array()).lineCount, 0);
  });

  it('names what it was given instead of a text', () => {
    refusal('invalid_argument', () => engine.freeze(wrong(Promise.resolve())), /not a Promise$/);
    const help = /not an ArrayBuffer; wrap it in new Uint8Array\(\)$/;
    refusal('invalid_argument', () => engine.freeze(wrong(new ArrayBuffer(1))), help);
    const liar = { [Symbol.toStringTag]: 'a\u001b[31m' };
    refusal('invalid_argument', () => engine.freeze(wrong(liar)), /not an object$/);
  });

  it('refuses a string with a lone surrogate, and says where', () => {
    refusal('malformed_text', () => engine.freeze('ab\ud800c'), /U\+D800, at UTF-16 offset 2 of 4/);
    refusal('malformed_text', () => engine.freeze('🙂\udc00'), /U\+DC00, at UTF-16 offset 2 of 3/);
  });

  it('refuses what is neither string nor bytes', () => {
    for (const value of [undefined, null, 3, {}, [1], new ArrayBuffer(1), new Int8Array(1)]) {
      refusal('invalid_argument', () => engine.freeze(wrong(value)), /a string or a Uint8Array/);
    }
  });

  it('shows lines without their ends, and for display only what is UTF-8', () => {
    const snapshot = engine.freeze(Buffer.from('\ufeffa\r\nb\xff\n\nc\rd', 'latin1'));
    assert.equal(engine.freeze('\ufeffa\r\n').line(1), '\ufeffa');
    assert.deepEqual(snapshot.lines(2, 4), ['b\ufffd', '', 'c\rd']);
    assert.equal(snapshot.line(4), 'c\rd');
    assert.deepEqual(snapshot.lines(3, 2), []);
    assert.deepEqual(snapshot.lines(5, 4), []);
    assert.deepEqual(engine.freeze('').lines(1, 0), []);
  });

  it('refuses lines that are not there', () => {
    const snapshot = engine.freeze('a\nb');
    const error = refusal('invalid_argument', () => snapshot.line(3), /lines count from 1 to 2/);
    assert.deepEqual([error.line, error.limit], [3, 2]);
    refusal('invalid_argument', () => engine.freeze('').line(1), /the text has no lines/);
    refusal('invalid_argument', () => snapshot.lines(1, 3), /ends with line 2/);
    refusal('invalid_argument', () => snapshot.lines(3, 1), /to comes before from/);
    const none = refusal('invalid_argument', () => snapshot.lines(4, 3), /ends with line 2/);
    assert.equal(none.line, 4);
    for (const line of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, '1', null, undefined, 1n]) {
      refusal('invalid_argument', () => snapshot.line(wrong(line)));
      refusal('invalid_argument', () => snapshot.lines(wrong(line), 2));
    }
  });

  it('freezes a file, whole', async () => {
    const file = path.join(os.tmpdir(), `firn-${process.pid}-${engine.backend}.txt`);
    writeFileSync(file, 'one\ntwo\xff', 'latin1');
    try {
      assert.deepEqual((await engine.freezeFile(file)).lines(1, 2), ['one', 'two\ufffd']);
      assert.equal((await engine.freezeFile(pathToFileURL(file))).byteLength, 8);
    } finally {
      rmSync(file);
    }
    await assert.rejects(engine.freezeFile(file), { code: 'ENOENT' });
    await assert.rejects(engine.freezeFile(wrong(3)), { code: 'invalid_argument' });
  });
});
