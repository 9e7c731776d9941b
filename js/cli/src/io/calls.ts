/** Reading and writing however much there is: one system call takes less. */
import { readSync, writeSync, writevSync } from 'node:fs';

/** A system call takes 31 bits of length at most; this leaves room. */
const MAX_CALL_BYTES = 1 << 30;
/** And so many pieces. */
const MAX_CALL_PIECES = 1024;

/** One call: reads into `buffer` from `at` on. Returns how many bytes came; 0 at the end. */
export function readSome(fd: number, buffer: Uint8Array, at: number): number {
  return readSync(fd, buffer, at, Math.min(buffer.length - at, MAX_CALL_BYTES), null);
}

/** Fills `buffer`. Returns how many bytes came: fewer than it takes only when the file ends there. */
export function readFull(fd: number, buffer: Uint8Array): number {
  let at = 0;
  while (at < buffer.length) {
    const count = readSome(fd, buffer, at);
    if (count === 0) break;
    at += count;
  }
  return at;
}

/** One call: writes from `at` on. Returns how many bytes went. */
export function writeSome(fd: number, bytes: Uint8Array, at: number): number {
  return writeSync(fd, bytes, at, Math.min(bytes.length - at, MAX_CALL_BYTES), null);
}

/** Writes all of it, from `at` on. */
export function writeFull(fd: number, bytes: Uint8Array, at = 0): void {
  for (let written = at; written < bytes.length; ) written += writeSome(fd, bytes, written);
}

/** Writes all pieces, one after the other, in as few calls as there can be. */
export function writePieces(fd: number, pieces: Iterable<Uint8Array>): void {
  let some: Uint8Array[] = [];
  let byteLength = 0;
  const flush = () => {
    if (some.length > 0) writeTogether(fd, some);
    some = [];
    byteLength = 0;
  };
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    if (some.length === MAX_CALL_PIECES || byteLength + piece.length > MAX_CALL_BYTES) flush();
    some.push(piece);
    byteLength += piece.length;
  }
  flush();
}

function writeTogether(fd: number, pieces: readonly Uint8Array[]): void {
  // A call may stop early; the next one tells why. A piece too large for one call is alone here.
  const [first] = pieces;
  let written = pieces.length === 1 && first ? writeSome(fd, first, 0) : writevSync(fd, pieces);
  for (const piece of pieces) {
    if (written < piece.length) writeFull(fd, piece, written);
    written = Math.max(written - piece.length, 0);
  }
}
