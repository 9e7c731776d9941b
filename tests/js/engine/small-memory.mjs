// @ts-check
import assert from 'node:assert/strict';

const MEMORY_SECTION = 5;
const PAGES_PER_MIB = 16;

/**
 * firn.wasm with less memory to grow into: the engine, on a machine that has no more.
 * @param {Uint8Array} wasm @param {number} mebibytes
 */
export function withMaximum(wasm, mebibytes) {
  const bytes = Uint8Array.from(wasm);
  let at = 8;
  while (bytes[at] !== MEMORY_SECTION) {
    const [size, next] = readLeb(bytes, at + 1);
    at = next + size;
  }
  const [, contents] = readLeb(bytes, at + 1);
  // One memory, with a maximum: its first size, then the maximum.
  assert.deepEqual([bytes[contents], bytes[contents + 1]], [1, 1]);
  const [, maximum] = readLeb(bytes, contents + 2);
  const [pages, end] = readLeb(bytes, maximum);
  assert.equal(pages, 3072 * PAGES_PER_MIB);
  writeLeb(bytes, maximum, end, mebibytes * PAGES_PER_MIB);
  return bytes;
}

/** @param {Uint8Array} bytes @param {number} at @returns {[value: number, end: number]} */
function readLeb(bytes, at) {
  let [value, shift, end] = [0, 0, at];
  for (; ; shift += 7) {
    const byte = bytes[end++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value, end];
  }
}

/** In as many bytes as were there. @param {Uint8Array} bytes @param {number} at @param {number} end @param {number} value */
function writeLeb(bytes, at, end, value) {
  for (let place = at; place < end; place += 1) {
    const more = place < end - 1 ? 0x80 : 0;
    bytes[place] = ((value >> (7 * (place - at))) & 0x7f) | more;
  }
}
