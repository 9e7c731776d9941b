/** A place in bytes that are no snapshot (a batch), as line, column and excerpt. */
import type { Excerpt, ExcerptLine } from './excerpt.js';

const LF = 0x0a;
/** Bytes of a line that are looked at, to either side of the pointer. */
const NEAR = 4096;

export interface BytePlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters: what editors count. */
  readonly column: number;
}

export function placeInBytes(bytes: Uint8Array, offset: number): BytePlace {
  let line = 1;
  for (let at = bytes.indexOf(LF); at !== -1 && at < offset; at = bytes.indexOf(LF, at + 1)) {
    line += 1;
  }
  let column = 1;
  for (let at = startOfLine(bytes, offset); at < offset; at += 1) {
    if (!continues(bytes[at])) column += 1;
  }
  return { line, column };
}

/** The line of bytes `from` to `to` and the one before it, with a pointer under them. */
export function excerptOfBytes(
  bytes: Uint8Array,
  from: number,
  to: number,
  label: string,
): Excerpt {
  const { line } = placeInBytes(bytes, from);
  const start = startOfLine(bytes, from);
  const end = endOfLine(bytes, start);
  const first = wholeCharacter(bytes, Math.max(start, from - NEAR));
  const last = wholeCharacter(bytes, Math.min(end, from + NEAR));
  const before = decode(bytes.subarray(first, from));
  const token = decode(bytes.subarray(from, Math.max(Math.min(to, last), from)));
  const cutLeft = first > start ? '…' : '';
  const cutRight = last < end ? '…' : '';
  const text = `${cutLeft}${decode(bytes.subarray(first, last))}${cutRight}`;
  const lines: ExcerptLine[] = [{ number: line, text: withoutReturn(text) }];
  if (start > 0) {
    const above = startOfLine(bytes, start - 1);
    const near = wholeCharacter(bytes, Math.min(start - 1, above + NEAR));
    const shown = withoutReturn(decode(bytes.subarray(above, near)));
    // A blank line tells nothing.
    if (shown.trim() !== '') lines.unshift({ number: line - 1, text: shown });
  }
  const left = cutLeft.length + before.length;
  return { lines, pointer: { line, from: left, to: left + Math.max(token.length, 1), label } };
}

function startOfLine(bytes: Uint8Array, offset: number): number {
  return offset === 0 ? 0 : bytes.lastIndexOf(LF, offset - 1) + 1;
}

function endOfLine(bytes: Uint8Array, offset: number): number {
  const end = bytes.indexOf(LF, offset);
  return end === -1 ? bytes.length : end;
}

function wholeCharacter(bytes: Uint8Array, offset: number): number {
  let at = offset;
  while (offset - at < 3 && at > 0 && continues(bytes[at])) at -= 1;
  return at;
}

function continues(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
