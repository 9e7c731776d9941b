/**
 * The rows of a view: which line, or which two lines, stand in each row. Made from the engine's list of
 * changes; no text is looked at, and nothing is compared. O(changes) to make, O(log changes) to look up.
 */
import type { LineRange } from '@firn/engine';

/** `patched`: the result alone. `unified`: removed lines above added ones. `split`: side by side. */
export type ViewMode = 'patched' | 'unified' | 'split';

export interface Arrangement {
  readonly mode: ViewMode;
  /** Unchanged lines to keep around each change; null shows all of them. */
  readonly context: number | null;
  /** Ranges of baseline lines that are shown although they are unchanged and far from any change. */
  readonly revealed: readonly LineRange[];
}

/** What the layout needs to know of one change: both of its ranges. An empty one has `to` = `from` - 1. */
export interface ChangeRange extends LineRange {
  readonly base: LineRange;
}

/** Rows of one kind. `base` and `line` are the first lines (from 1) on either side. */
export type Segment =
  | Placed<{ readonly kind: 'same'; readonly base: number; readonly line: number }>
  | Placed<{ readonly kind: 'fold'; readonly base: number; readonly line: number; hidden: number }>
  | Placed<{ readonly kind: 'note'; readonly base: number; readonly line: number; note: number }>
  | Placed<{
      readonly kind: 'change';
      readonly base: number;
      readonly removed: number;
      readonly line: number;
      readonly added: number;
      readonly change: number;
    }>;

/** `row` is the first one's place, from 0. */
type Placed<T> = T & { readonly row: number; readonly rows: number };

/** A row that names lines: 0 where a side has none. */
export interface RowLines {
  readonly base: number;
  readonly line: number;
}

/** Hiding fewer lines than this would save no room. */
const LEAST_HIDDEN = 4;

export class Layout {
  readonly arrangement: Arrangement;
  readonly rowCount: number;
  readonly segments: readonly Segment[];

  /** `notes` are baseline lines, ascending, above which something is to be said. */
  constructor(
    arrangement: Arrangement,
    baseLineCount: number,
    changes: readonly ChangeRange[],
    notes: readonly number[],
  ) {
    this.arrangement = arrangement;
    // Where nothing changed there is nothing to fold around.
    const isPlain = changes.length === 0 && notes.length === 0;
    const maker = new SegmentMaker(
      isPlain ? { ...arrangement, context: null } : arrangement,
      notes,
    );
    let base = 1;
    let line = 1;
    for (const [index, change] of changes.entries()) {
      maker.same(base, line, change.base.from - base, index === 0, false);
      maker.change(change, index);
      base = change.base.to + 1;
      line = change.to + 1;
    }
    maker.same(base, line, baseLineCount + 1 - base, changes.length === 0, true);
    maker.notesBefore(Number.POSITIVE_INFINITY, baseLineCount + 1, line + baseLineCount + 1 - base);
    this.segments = maker.segments;
    this.rowCount = maker.row;
  }

  /** The segment that holds `row`: its place in `segments`. REQUIRES a row of the layout. */
  segmentAt(row: number): number {
    return lastWhere(this.segments, (segment) => segment.row <= row);
  }

  /** What stands in row `offset` of a segment. */
  linesAt(segment: Segment, offset: number): RowLines {
    switch (segment.kind) {
      case 'note':
        return { base: 0, line: 0 };
      case 'same':
      case 'fold':
        return { base: segment.base + offset, line: segment.line + offset };
      case 'change':
        return this.#linesOfChange(segment, offset);
    }
  }

  #linesOfChange(segment: Segment & { kind: 'change' }, offset: number): RowLines {
    const { base, removed, line, added } = segment;
    switch (this.arrangement.mode) {
      case 'patched':
        return { base: 0, line: offset < added ? line + offset : 0 };
      case 'unified':
        return offset < removed
          ? { base: base + offset, line: 0 }
          : { base: 0, line: line + offset - removed };
      case 'split':
        return {
          base: offset < removed ? base + offset : 0,
          line: offset < added ? line + offset : 0,
        };
    }
  }

  /** The row of a line; of one that is folded away or taken, the row that stands for it. */
  rowOf(side: 'base' | 'line', line: number): number {
    let at = lastWhere(this.segments, (segment) => segment[side] <= line);
    // A note holds no line, and a change may hold none on this side: then what stands before it does.
    while (at > 0 && lengthOf(this.segments[at], side) === 0) at -= 1;
    const segment = this.segments[at];
    if (segment === undefined) return 0;
    if (segment.kind === 'note') return segment.row;
    const offset = Math.max(line - segment[side], 0);
    const skipped =
      side === 'line' && segment.kind === 'change' && this.arrangement.mode === 'unified'
        ? segment.removed
        : 0;
    return segment.row + Math.min(offset + skipped, Math.max(segment.rows - 1, 0));
  }
}

function lengthOf(segment: Segment | undefined, side: 'base' | 'line'): number {
  switch (segment?.kind) {
    case undefined:
    case 'note':
      return 0;
    case 'same':
      return segment.rows;
    case 'fold':
      return segment.hidden;
    case 'change':
      return side === 'base' ? segment.removed : segment.added;
  }
}

/** The last place for which `is` holds, which holds for all before it; -1 for none. */
function lastWhere<T>(list: readonly T[], is: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = list[middle];
    if (item !== undefined && is(item)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

class SegmentMaker {
  readonly segments: Segment[] = [];
  row = 0;
  readonly #arrangement: Arrangement;
  readonly #notes: readonly number[];
  readonly #revealed: readonly LineRange[];
  #note = 0;

  constructor(arrangement: Arrangement, notes: readonly number[]) {
    this.#arrangement = arrangement;
    this.#notes = notes;
    this.#revealed = [...arrangement.revealed].sort((a, b) => a.from - b.from);
  }

  /** Says what is to be said of lines before `end`, above the row of `base` and `line`. */
  notesBefore(end: number, base: number, line: number): void {
    for (;;) {
      const noted = this.#notes[this.#note];
      if (noted === undefined || noted >= end) return;
      this.segments.push({ kind: 'note', note: this.#note, base, line, row: this.row, rows: 1 });
      this.#note += 1;
      this.row += 1;
    }
  }

  change(change: ChangeRange, index: number): void {
    const removed = change.base.to + 1 - change.base.from;
    const added = change.to + 1 - change.from;
    // A note on a line that a change takes stands above the change.
    this.notesBefore(change.base.from + Math.max(removed, 1), change.base.from, change.from);
    const rows = rowsOfChange(this.#arrangement.mode, removed, added);
    this.segments.push({
      kind: 'change',
      base: change.base.from,
      removed,
      line: change.from,
      added,
      change: index,
      row: this.row,
      rows,
    });
    this.row += rows;
  }

  /** Unchanged lines: those near a change or a note, and those asked for; the others are folded. */
  same(base: number, line: number, count: number, isFirst: boolean, isLast: boolean): void {
    const end = base + count;
    const { context } = this.#arrangement;
    if (context !== null && this.#isAlone(base, end, context)) {
      this.#around(base, line, count, isFirst ? 0 : context, isLast ? 0 : context);
      return;
    }
    const shown = context === null ? [{ from: base, to: end }] : this.#shown(base, end, context);
    if (context !== null) {
      if (!isFirst) shown.push({ from: base, to: base + context });
      if (!isLast) shown.push({ from: end - context, to: end });
      shown.sort((a, b) => a.from - b.from);
    }
    let at = base;
    for (const range of shown) {
      const from = Math.min(Math.max(range.from, at), end);
      const to = Math.min(range.to, end);
      if (to <= from) continue;
      // What is too short to fold is shown too.
      if (from - at >= LEAST_HIDDEN) this.#fold(at, line + at - base, from - at);
      else this.#plain(at, line + at - base, from - at);
      this.#plain(from, line + from - base, to - from);
      at = to;
    }
    if (end - at >= LEAST_HIDDEN) this.#fold(at, line + at - base, end - at);
    else this.#plain(at, line + at - base, end - at);
  }

  /** Nothing is revealed and nothing is to be said between two lines: as nearly always. */
  #isAlone(base: number, end: number, context: number): boolean {
    const note = this.#notes[this.#note];
    return (
      this.#revealed.length === 0 && (note === undefined || note >= end + context) && base <= end
    );
  }

  /** The lines near the changes at both ends, and a fold between. */
  #around(base: number, line: number, count: number, head: number, tail: number): void {
    const hidden = count - head - tail;
    if (hidden < LEAST_HIDDEN) {
      this.#plain(base, line, count);
      return;
    }
    this.#plain(base, line, head);
    this.#fold(base + head, line + head, hidden);
    this.#plain(base + head + hidden, line + head + hidden, tail);
  }

  /** What is revealed between two lines, and the surroundings of notes: ends excluded. */
  #shown(base: number, end: number, context: number): { from: number; to: number }[] {
    const shown = this.#revealed
      .filter((range) => range.from < end && range.to >= base)
      .map(({ from, to }) => ({ from, to: to + 1 }));
    for (let at = this.#note; at < this.#notes.length; at += 1) {
      const line = this.#notes[at];
      if (line === undefined || line >= end) break;
      shown.push({ from: line - context, to: line + context + 1 });
    }
    return shown;
  }

  #plain(base: number, line: number, count: number): void {
    let at = base;
    const end = base + count;
    while (at < end) {
      this.notesBefore(at + 1, at, line + at - base);
      const next = Math.min(this.#notes[this.#note] ?? end, end);
      const rows = next - at;
      const last = this.segments.at(-1);
      // Neighbours are one segment, however many ranges they came from.
      if (
        last?.kind === 'same' &&
        last.base + last.rows === at &&
        last.row + last.rows === this.row
      ) {
        this.segments[this.segments.length - 1] = { ...last, rows: last.rows + rows };
      } else {
        this.segments.push({ kind: 'same', base: at, line: line + at - base, row: this.row, rows });
      }
      this.row += rows;
      at = next;
    }
  }

  #fold(base: number, line: number, hidden: number): void {
    this.segments.push({ kind: 'fold', base, line, hidden, row: this.row, rows: 1 });
    this.row += 1;
  }
}

function rowsOfChange(mode: ViewMode, removed: number, added: number): number {
  switch (mode) {
    case 'patched':
      // Lines that are gone leave one row that says so.
      return Math.max(added, removed > 0 ? 1 : 0);
    case 'unified':
      return removed + added;
    case 'split':
      return Math.max(removed, added);
  }
}
