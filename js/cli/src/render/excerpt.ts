/**
 * A few lines of a file with their numbers, and a pointer under what is meant:
 *
 *       |
 *     3 | > const a = 1;
 *     4 | > const b = 2;
 *       |         ^ taken by patches[0]
 *
 * Lines that are too long are cut around the pointer, all of them at the same columns.
 */
import type { LineRange } from '@firn/engine';
import type { Palette } from './colors.js';
import { type Cell, cellsOf, wholeCharacter } from './safe.js';

export interface ExcerptLine {
  readonly number: number;
  /** Without its line end. */
  readonly text: string;
}

export interface Pointer {
  /** The number of the line that it stands under. */
  readonly line: number;
  /** UTF-16 offsets in that line; one past its end is a place too. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

export interface Excerpt {
  /** Ascending; where numbers are left out, so are lines, and the excerpt shows that. */
  readonly lines: readonly ExcerptLine[];
  readonly pointer: Pointer;
  /** Several lines that are meant together: each gets a mark. */
  readonly range?: LineRange | undefined;
}

/** `width` is that of the terminal, `gutter` that of the widest line number around. */
export function renderExcerpt(
  excerpt: Excerpt,
  width: number,
  gutter: number,
  palette: Palette,
): string[] {
  const { lines, pointer } = excerpt;
  const bar = palette.frame('|');
  const margin = ' '.repeat(gutter);
  const markOf = marker(excerpt, palette);
  const room = Math.max(width - gutter - 3 - (excerpt.range ? 2 : 0), LEAST_ROOM);
  const pointed = lines.find((line) => line.number === pointer.line);
  const aim = aimAt(pointed?.text ?? '', pointer);
  const view = viewOn(aim, room);
  const out = [`${margin} ${bar}`];
  let previous: number | undefined;
  for (const { number, text } of lines) {
    if (previous !== undefined && number > previous + 1) out.push(palette.frame('...'));
    previous = number;
    const isPointed = number === pointer.line;
    const cells = isPointed ? aim.cells : cellsOf(text.slice(0, NEAR + room));
    const label = palette.frame(String(number).padStart(gutter));
    out.push(`${label} ${bar} ${markOf(number)}${show(cells, view)}`.trimEnd());
    if (isPointed) out.push(`${margin} ${bar} ${markOf()}${underline(aim, view, palette)}`);
  }
  return out;
}

/** Looking at more than this around a pointer would cost time and show nothing. */
const NEAR = 1000;

/** What a pointer is about can mostly be told from what stands before it. */
const LEAST_BEFORE = 8;

/** On a terminal narrower than this, lines wrap. */
const LEAST_ROOM = 20;

/** What stands before a line's text. */
function marker({ range }: Excerpt, palette: Palette): (line?: number) => string {
  if (range === undefined) return () => '';
  const mark = palette.error('> ');
  return (line = 0) => (line >= range.from && line <= range.to ? mark : '  ');
}

interface Aim {
  readonly cells: readonly Cell[];
  /** Columns of the line; `to` is not included. */
  readonly from: number;
  readonly to: number;
  /** Columns that the line has. */
  readonly end: number;
  readonly label: string;
}

/** Columns of the lines that are shown. */
interface View {
  readonly from: number;
  readonly to: number;
}

function aimAt(text: string, pointer: Pointer): Aim {
  // Far from the pointer nothing is looked at, so columns count from where the looking begins.
  const start = pointer.from > 2 * NEAR ? wholeCharacter(text, pointer.from - NEAR) : 0;
  const stop = wholeCharacter(text, Math.min(text.length, pointer.from + 2 * NEAR));
  const cells: Cell[] = start > 0 ? [{ ...cutMark, offset: start - 1 }] : [];
  for (const cell of cellsOf(text.slice(start, stop), cells.length)) {
    cells.push({ ...cell, offset: cell.offset + start });
  }
  if (stop < text.length) cells.push({ ...cutMark, offset: stop });
  let column = 0;
  let from: number | undefined;
  let to = 0;
  for (const [index, { offset, width }] of cells.entries()) {
    const next = cells[index + 1]?.offset ?? text.length;
    if (next > pointer.from) from ??= column;
    column += width;
    if (offset < pointer.to) to = column;
  }
  const left = from ?? column;
  return { cells, from: left, to: Math.max(to, left + 1), end: column, label: pointer.label };
}

const cutMark = { shown: '…', width: 1 };

/** What to show when there is room for `room` columns: all of the line, or the pointer and around. */
function viewOn(aim: Aim, room: number): View {
  const wanted = Math.max(aim.end, aim.to);
  if (wanted <= room) return { from: 0, to: room };
  const pointed = Math.min(aim.to - aim.from, room);
  const before = Math.max(Math.floor((room - pointed) / 2), LEAST_BEFORE);
  const from = Math.min(Math.max(aim.from - before, 0), wanted - room);
  return { from, to: from + room };
}

function show(cells: readonly Cell[], view: View): string {
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  const cutsLeft = view.from > 0 && total > 0;
  const cutsRight = total > view.to;
  const from = view.from + (cutsLeft ? 1 : 0);
  const to = view.to - (cutsRight ? 1 : 0);
  let column = 0;
  let out = '';
  for (const { shown, width } of cells) {
    const next = column + width;
    if (column >= from && next <= to) out += shown;
    // A wide character that the edge goes through leaves its columns empty.
    else if (next > from && column < to) {
      out += ' '.repeat(Math.min(next, to) - Math.max(column, from));
    }
    column = next;
  }
  return `${cutsLeft ? cutMark.shown : ''}${out}${cutsRight ? cutMark.shown : ''}`;
}

function underline(aim: Aim, view: View, palette: Palette): string {
  const from = Math.max(aim.from, view.from);
  const size = Math.max(Math.min(aim.to, view.to) - from, 1);
  const label = aim.label === '' ? '' : ` ${aim.label}`;
  return `${' '.repeat(from - view.from)}${palette.error(`${'^'.repeat(size)}${label}`)}`;
}
