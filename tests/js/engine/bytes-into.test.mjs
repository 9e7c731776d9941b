// @ts-check
/** The patched bytes in memory that the caller keeps: those of `bytes()`, in every kind of memory, and nowhere else. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import vm from 'node:vm';

import { list, onBothBackends, refusal, utf8, wrong } from './backends.mjs';

const PATCHED = 'two\nTHREE\n';
/** What nobody has written to. */
const UNTOUCHED = 0xa5;

/** @template {Uint8Array} T @param {T} memory */
const untouched = (memory) => memory.fill(UNTOUCHED);

await onBothBackends('the patched bytes in memory of the caller', (engine) => {
  const patched = engine.freeze('one\ntwo\nthree\n').apply(
    engine.batch([
      { op: 'delete', line: 1 },
      { op: 'replace', line: 3, text: 'THREE' },
    ]),
  );

  it('are those of bytes(), and nothing behind them is touched', () => {
    const memory = untouched(new Uint8Array(14));
    assert.equal(patched.bytesInto(memory), 10);
    assert.deepEqual(list(memory), [...utf8(PATCHED), ...new Array(4).fill(UNTOUCHED)]);
    assert.deepEqual(memory.subarray(0, 10), patched.bytes());
  });

  it('fill memory of exactly their size', () => {
    const memory = new Uint8Array(patched.byteLength);
    assert.equal(patched.bytesInto(memory), memory.length);
    assert.deepEqual(memory, utf8(PATCHED));
  });

  it('may be none, and then need no memory', () => {
    const empty = engine.freeze('a').apply(engine.batch([{ op: 'delete', line: 1 }]));
    assert.equal(empty.bytesInto(new Uint8Array()), 0);
    const memory = untouched(new Uint8Array(2));
    assert.equal(empty.bytesInto(memory), 0);
    assert.deepEqual(list(memory), [UNTOUCHED, UNTOUCHED]);
  });

  it('are written over and over into the same memory, as long as what was there or not', () => {
    const memory = new Uint8Array(64);
    const texts = ['a\n', 'a longer line\n', '', 'é\u{1f642}\n', 'no end'];
    for (const text of [...texts, ...texts.toReversed()]) {
      const same = engine.freeze(text).apply(engine.batch([]));
      assert.deepEqual(memory.subarray(0, same.bytesInto(memory)), utf8(text));
      same.dispose();
    }
  });

  it('are bytes, whether they are UTF-8 or not', () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0xff, 0, 0xc3, 13, 10, 0x80);
    const same = engine.freeze(bytes).apply(engine.batch([]));
    const memory = new Uint8Array(bytes.length);
    same.bytesInto(memory);
    assert.deepEqual(memory, bytes);
  });

  it('go to the part of a buffer that a view shows', () => {
    const whole = untouched(new Uint8Array(16));
    assert.equal(patched.bytesInto(whole.subarray(3, 14)), 10);
    const [before, behind] = [new Array(3).fill(UNTOUCHED), new Array(3).fill(UNTOUCHED)];
    assert.deepEqual(list(whole), [...before, ...utf8(PATCHED), ...behind]);
  });

  it('go to a Buffer, to shared memory, to resizable memory, to memory of another realm', () => {
    const resizable = new ArrayBuffer(4, wrong({ maxByteLength: 32 }));
    const tracking = new Uint8Array(resizable);
    wrong(resizable).resize(12);
    const growable = new SharedArrayBuffer(4, wrong({ maxByteLength: 32 }));
    const growing = new Uint8Array(growable);
    wrong(growable).grow(12);
    /** @type {Uint8Array[]} */
    const kinds = [
      Buffer.alloc(10),
      Buffer.from('a small Buffer lies in one that many share'),
      new Uint8Array(new SharedArrayBuffer(13), 1, 11),
      tracking,
      growing,
      vm.runInNewContext('new Uint8Array(10)'),
    ];
    for (const memory of kinds) {
      assert.equal(patched.bytesInto(memory), 10);
      assert.equal(Buffer.from(memory).toString('latin1', 0, 10), PATCHED);
    }
  });

  it('that do not fit are refused with both sizes, and none is written', () => {
    for (const size of [0, 1, 9]) {
      const whole = untouched(new Uint8Array(32));
      const places = new RegExp(
        `^patched\\.bytesInto: the text has 10 bytes, and the Uint8Array room for ${size}$`,
      );
      const error = refusal(
        'invalid_argument',
        () => patched.bytesInto(whole.subarray(4, 4 + size)),
        places,
      );
      assert.equal(error.limit, size);
      assert.ok(whole.every((byte) => byte === UNTOUCHED));
    }
  });

  it('do not fit into memory that is gone, or has shrunk away', () => {
    const transferred = new Uint8Array(32);
    structuredClone(transferred, { transfer: [transferred.buffer] });
    const buffer = new ArrayBuffer(32, wrong({ maxByteLength: 32 }));
    const outside = new Uint8Array(buffer, 16, 16);
    const shorter = new Uint8Array(buffer);
    wrong(buffer).resize(8);
    for (const memory of [transferred, outside]) {
      refusal('invalid_argument', () => patched.bytesInto(memory), /buffer .* is gone/);
    }
    assert.equal(refusal('invalid_argument', () => patched.bytesInto(shorter)).limit, 8);
  });

  it('are not believed to fit because an array says so', () => {
    for (const length of [3, 1000]) {
      const memory = Object.defineProperty(new Uint8Array(5), 'length', { value: length });
      refusal('invalid_argument', () => patched.bytesInto(memory), /lies about its length/);
    }
    const asked = { times: 0 };
    const fickle = Object.defineProperty(new Uint8Array(5), 'length', {
      get: () => (asked.times++ === 0 ? 5 : 1000),
    });
    refusal('invalid_argument', () => patched.bytesInto(fickle));
  });

  it('are written as they are, whatever an array makes of being written to', () => {
    class Deaf extends Uint8Array {
      /** @override */
      set() {}
    }
    const memory = new Deaf(10);
    patched.bytesInto(memory);
    assert.equal(Buffer.from(memory).toString(), PATCHED);
  });

  it('go to no other kind of memory', () => {
    const others = [
      ...[new Uint8ClampedArray(99), new Int8Array(99), new Uint16Array(99), new Float64Array(99)],
      ...[
        new DataView(new ArrayBuffer(99)),
        new SharedArrayBuffer(99),
        new Proxy(new Uint8Array(99), {}),
      ],
      ...[undefined, null, 99, 'text', {}, [], { length: 99 }, Object.create(Uint8Array.prototype)],
    ];
    for (const other of others) {
      refusal('invalid_argument', () => patched.bytesInto(wrong(other)), /needs a Uint8Array, not/);
    }
    const help = /not an ArrayBuffer; wrap it in new Uint8Array\(\)$/;
    refusal('invalid_argument', () => patched.bytesInto(wrong(new ArrayBuffer(99))), help);
  });

  it('are asked for in vain where the text is disposed while its memory is looked at', () => {
    const gone = engine.freeze('a\n').apply(engine.batch([]));
    const memory = Object.defineProperty(new Uint8Array(5), 'length', {
      get: () => {
        gone.dispose();
        return 5;
      },
    });
    refusal('disposed', () => gone.bytesInto(memory));
    assert.ok(memory.every((byte) => byte === 0));
  });

  it('are those of bytes() for many texts and patches', () => {
    const memory = new Uint8Array(1 << 16);
    for (let lineCount = 1; lineCount < 200; lineCount += 7) {
      const text = Array.from({ length: lineCount }, (_, at) => `line ${at} ${'é'.repeat(at % 5)}`);
      const snapshot = engine.freeze(text.join(lineCount % 2 ? '\n' : '\r\n'));
      /** @type {import('@firn/engine').PatchInput[]} */
      const patches = [];
      for (let line = 1 + (lineCount % 3); line <= lineCount; line += 3) {
        patches.push({ op: 'replace', line, lines: ['new', `${line}`].slice(line % 3) });
      }
      const made = snapshot.apply(engine.batch(patches));
      assert.deepEqual(
        memory.subarray(0, made.bytesInto(memory)),
        made.bytes(),
        `${lineCount} lines`,
      );
    }
  });
});
