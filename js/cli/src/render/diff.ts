/** A unified diff for eyes: in colour, and with nothing in it that the terminal would act on. */
import type { Paint, Palette } from './colors.js';
import { cellsOf } from './safe.js';

/** Finds the words in which two lines differ, as UTF-16 offsets. */
export type FindWords = (
  before: string,
  after: string,
) => readonly { readonly before: Span; readonly after: Span }[];

/** For display: bytes that are not UTF-8 show as U+FFFD. With `findWords`, changed words are marked. */
export function renderDiff(diff: Uint8Array, palette: Palette, findWords?: FindWords): string {
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(diff).split('\n');
  const shown: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const size = sizeOfHunk(lines, at);
    if (size === 0) {
      shown.push(line === '' ? '' : palette.strong(visible(line)));
      at += 1;
      continue;
    }
    shown.push(palette.place(visible(line)));
    shown.push(...renderHunk(lines.slice(at + 1, at + size), palette, findWords));
    at += size;
  }
  return shown.join('\n');
}

/** Lines of the hunk that begins here, its header included; 0 where none does. */
function sizeOfHunk(lines: readonly string[], from: number): number {
  const [, oldCount = '1', newCount = '1'] =
    /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(lines[from] ?? '') ?? [];
  if (!lines[from]?.startsWith('@@ -')) return 0;
  let [before, after] = [Number(oldCount), Number(newCount)];
  let at = from + 1;
  while (at < lines.length && (before > 0 || after > 0 || lines[at]?.startsWith('\\'))) {
    const mark = lines[at]?.charAt(0);
    if (mark !== '+' && mark !== '\\') before -= 1;
    if (mark !== '-' && mark !== '\\') after -= 1;
    at += 1;
  }
  return at - from;
}

function renderHunk(
  lines: readonly string[],
  palette: Palette,
  findWords: FindWords | undefined,
): string[] {
  const marks = findWords && palette.enabled ? changedWords(lines, findWords) : new Map();
  return lines.map((line, index) => {
    const paint = paintOf(line, palette);
    return marked(line, marks.get(index) ?? [], paint, palette);
  });
}

function paintOf(line: string, palette: Palette): Paint {
  if (line.startsWith('+')) return palette.added;
  if (line.startsWith('-')) return palette.removed;
  return (text) => text;
}

/** Offsets in a line, half-open. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Longer lines are data, and what changed in them is no words. */
const MAX_LINE = 2000;

/** As many lines removed as added after them are the same lines, changed: what of them changed? */
function changedWords(lines: readonly string[], findWords: FindWords): Map<number, Span[]> {
  const spans = new Map<number, Span[]>();
  for (let at = 0; at < lines.length; ) {
    const removed = runOf('-', lines, at);
    const added = runOf('+', lines, at + removed);
    if (removed === added) {
      for (let line = at; line < at + removed; line += 1) {
        markPair(line, line + removed, lines, findWords, spans);
      }
    }
    at += Math.max(removed + added, 1);
  }
  return spans;
}

function runOf(mark: string, lines: readonly string[], from: number): number {
  let at = from;
  while (lines[at]?.startsWith(mark)) at += 1;
  return at - from;
}

function markPair(
  removed: number,
  added: number,
  lines: readonly string[],
  findWords: FindWords,
  spans: Map<number, Span[]>,
): void {
  const [before, after] = [removed, added].map((index) => (lines[index] ?? '').slice(1));
  if (before === undefined || after === undefined) return;
  if (before.length > MAX_LINE || after.length > MAX_LINE) return;
  if (!before.isWellFormed() || !after.isWellFormed()) return;
  const changes = findWords(before, after);
  const shifted = ({ from, to }: Span) => ({ from: from + 1, to: to + 1 });
  spans.set(
    removed,
    changes.map((change) => shifted(change.before)),
  );
  spans.set(
    added,
    changes.map((change) => shifted(change.after)),
  );
}

function marked(line: string, spans: readonly Span[], paint: Paint, palette: Palette): string {
  // All of it changed: marks would say nothing.
  const changed = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  if (changed === 0 || changed >= line.length - 1) return line === '' ? '' : paint(visible(line));
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    parts.push(visible(line.slice(at, from)), palette.mark(visible(line.slice(from, to))));
    at = to;
  }
  parts.push(visible(line.slice(at)));
  return paint(parts.join(''));
}

/** The CR of a CR LF does nothing there; anywhere else it would let a line overwrite itself. */
function visible(line: string): string {
  const end = line.endsWith('\r') ? '\r' : '';
  const text = end === '' ? line : line.slice(0, -1);
  const cells = text.split('\t').map((part) =>
    cellsOf(part)
      .map((cell) => cell.shown)
      .join(''),
  );
  return `${cells.join('\t')}${end}`;
}
