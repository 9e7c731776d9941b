/**
 * Files in one archive, as they are: ZIP (APPNOTE.TXT 6.3) with the method "stored", names in UTF-8. Small
 * enough for patches, which compress little and are few; every system opens it by itself.
 *
 *     local header, name, bytes    of each file
 *     central header, name         of each file
 *     end of central directory
 */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** 2.0: the least that knows folders. */
const VERSION = 20;

/** Bit 11: the name is UTF-8. */
const FLAGS = 0x0800;

/** 1980-01-01 00:00, the first day there is: the same files make the same archive. */
const DAY = 0x21;

const POLYNOMIAL = 0xedb88320;

/** Throws RangeError past what 32 bits can say. O(bytes). */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const name = encoder.encode(path);
    const about = [VERSION, FLAGS, 0, 0, DAY];
    const sizes = [crc32(bytes), bytes.length, bytes.length];
    const local = record(LOCAL, about, sizes, [name.length, 0]);
    directory.push(
      record(CENTRAL, [VERSION, ...about], sizes, [name.length, 0, 0, 0, 0], [0, offset]),
      name,
    );
    parts.push(local, name, bytes);
    offset += local.length + name.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  if (offset + size > 0xffffffff || files.size > 0xffff) {
    throw new RangeError('the files are too large for one archive');
  }
  const counts = [0, 0, files.size, files.size];
  return joined([...parts, ...directory, record(END, counts, [size, offset], [0])]);
}

/** A signature, and fields in turns of 16 and 32 bits, little-endian. */
function record(signature: number, ...fields: readonly (readonly number[])[]): Uint8Array {
  const widths = fields.map((_, index) => (index % 2 === 0 ? 2 : 4));
  const length = fields.reduce((sum, list, index) => sum + list.length * (widths[index] ?? 0), 4);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [index, list] of fields.entries()) {
    for (const value of list) {
      if (widths[index] === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
      at += widths[index] ?? 0;
    }
  }
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? POLYNOMIAL : 0);
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
