/** Where lines stop being what a patch expects, and what was expected there. */
import type { PatchInput, Snapshot } from '@firn/engine';
import { expectedLines, lastLineOf } from './patches.js';
import { quotedShort, wholeCharacter } from './safe.js';
import { count } from './words.js';

export interface Difference {
  /** UTF-16 offset in the line that differs. */
  readonly from: number;
  readonly label: string;
}

/** A label quotes this much of a line. */
const MAX_QUOTE = 60;
/** And so much of it before the difference. */
const BEFORE = 20;

export function differenceAt(line: number, patch: PatchInput, snapshot: Snapshot): Difference {
  const expected = expectedLines(patch);
  const last = lastLineOf(patch);
  const wanted = expected[line - patch.line];
  if (wanted === undefined) {
    const [named, held] = [last - patch.line + 1, expected.length];
    const label = `the patch names ${count(named, 'line')}, but its "expect" holds ${held}`;
    return { from: 0, label };
  }
  const whole = quotedShort(wanted, MAX_QUOTE);
  if (line > last) return { from: 0, label: `expected one line more: ${whole}` };
  if (line > snapshot.lineCount) return { from: 0, label: `expected ${whole}` };
  const found = snapshot.line(line);
  const from = commonPrefix(found, wanted);
  // What differs may be far into the line; quoting its beginning would then show nothing.
  const start = wholeCharacter(wanted, Math.max(from - BEFORE, 0));
  if (wanted.length <= MAX_QUOTE || start === 0) return { from, label: `expected ${whole}` };
  const rest = quotedShort(wanted.slice(start), MAX_QUOTE);
  return { from, label: `expected "…${rest.slice(1)}` };
}

/** In whole characters. */
function commonPrefix(a: string, b: string): number {
  let size = 0;
  while (size < a.length && a.charCodeAt(size) === b.charCodeAt(size)) size += 1;
  return wholeCharacter(a, size);
}
