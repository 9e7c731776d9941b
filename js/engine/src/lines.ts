import type { Fallible, OwnedBytes } from './binding.js';
import { unwrap } from './owned.js';
import { decodeForDisplay } from './text.js';

interface HasLines {
  lines(from: number, to: number): Fallible<OwnedBytes>;
}

/** REQUIRES a line of the text. */
export function displayLine(handle: HasLines, line: number): string {
  const text = decodeForDisplay(unwrap(handle.lines(line, line)), () => `line ${line}`);
  return text.slice(0, -1);
}

/** REQUIRES lines of the text. */
export function displayLines(handle: HasLines, from: number, to: number): string[] {
  const text = decodeForDisplay(unwrap(handle.lines(from, to)), () => `lines ${from}-${to}`);
  const lines = text.split('\n');
  // Each line came with LF behind it, so the last piece is empty.
  lines.pop();
  return lines;
}
