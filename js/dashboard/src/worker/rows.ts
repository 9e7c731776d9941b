/** What stands in the rows of a viewport, ready to be shown. */
import type { Engine } from '@firn/engine';
import type { ColouredLines } from './coloured-lines.js';
import type { Layout, RowLines, Segment } from './layout.js';
import type { Cell, LineRow, Refusal, Row, SearchQuery } from './protocol.js';
import { placesIn } from './search.js';
import { FOUND_MARK, WORD_MARK, withMark } from './style.js';

export interface Sides {
  readonly layout: Layout;
  readonly base: ColouredLines;
  readonly patched: ColouredLines;
  /** Key of the patch that wrote a line, or took it. */
  authorOf(lines: RowLines): number;
  readonly notes: readonly Refusal[];
}

interface Place {
  readonly segment: Segment;
  readonly offset: number;
  readonly lines: RowLines;
}

/** Rows `from` to `from` + `count`, as far as there are any. */
export function rowsOf(
  engine: Engine,
  sides: Sides,
  from: number,
  count: number,
  query: SearchQuery | undefined,
): Row[] {
  const places = placesOf(sides.layout, from, count);
  const partners = places.map((place) => partnerOf(place));
  const wanted = (side: 'base' | 'line') =>
    [...places.map(({ lines }) => lines), ...partners]
      .map((lines) => lines[side])
      .filter((line) => line > 0);
  const isSplit = sides.layout.arrangement.mode === 'split';
  const shown = places.filter(({ segment }) => segment.kind === 'same');
  const patched = sides.patched.read(wanted('line'));
  // An unchanged line is read once: it is the same on both sides.
  const same = new Set(shown.map(({ lines }) => lines.base));
  const base = sides.base.read(wanted('base').filter((line) => !same.has(line)));
  const drawer = new Drawer(engine, sides, base, patched, query, isSplit);
  return places.map((place, index) => drawer.row(place, partners[index] ?? place.lines));
}

function placesOf(layout: Layout, from: number, count: number): Place[] {
  const places: Place[] = [];
  const end = Math.min(from + count, layout.rowCount);
  let at = layout.segmentAt(from);
  for (let row = from; row < end; row += 1) {
    let segment = layout.segments[at];
    while (segment !== undefined && row >= segment.row + segment.rows) {
      at += 1;
      segment = layout.segments[at];
    }
    if (segment === undefined) break;
    const offset = row - segment.row;
    places.push({ segment, offset, lines: layout.linesAt(segment, offset) });
  }
  return places;
}

/** The two lines that a changed row is compared by: its own, and the one it stands for. */
function partnerOf({ segment, lines }: Place): RowLines {
  if (segment.kind !== 'change') return lines;
  const index = lines.base > 0 ? lines.base - segment.base : lines.line - segment.line;
  const isPair = lines.base + lines.line > 0 && index < Math.min(segment.removed, segment.added);
  return isPair ? { base: segment.base + index, line: segment.line + index } : lines;
}

class Drawer {
  readonly #engine: Engine;
  readonly #sides: Sides;
  readonly #base: ReadonlyMap<number, Cell>;
  readonly #patched: ReadonlyMap<number, Cell>;
  readonly #query: SearchQuery | undefined;
  readonly #isSplit: boolean;

  constructor(
    engine: Engine,
    sides: Sides,
    base: ReadonlyMap<number, Cell>,
    patched: ReadonlyMap<number, Cell>,
    query: SearchQuery | undefined,
    isSplit: boolean,
  ) {
    this.#engine = engine;
    this.#sides = sides;
    this.#base = base;
    this.#patched = patched;
    this.#query = query;
    this.#isSplit = isSplit;
  }

  row({ segment, offset, lines }: Place, partner: RowLines): Row {
    switch (segment.kind) {
      case 'note':
        return this.#note(segment.note);
      case 'fold':
        return { kind: 'fold', base: segment.base, line: segment.line, hidden: segment.hidden };
      case 'same': {
        const cell = this.#found(this.#patched.get(lines.line));
        const cells = this.#isSplit ? [cell, cell] : [cell];
        return { kind: 'same', ...lines, cells, patch: -1, isFirst: offset === 0 };
      }
      case 'change':
        return this.#change(segment, offset, lines, partner);
    }
  }

  #note(index: number): Row {
    const refusal = this.#sides.notes[index];
    if (refusal === undefined) throw new Error(`the layout has note ${index}, which is not there`);
    return { kind: 'note', base: 0, line: 0, refusal };
  }

  #change(
    segment: Segment & { kind: 'change' },
    offset: number,
    lines: RowLines,
    partner: RowLines,
  ): Row {
    if (lines.base + lines.line === 0) {
      const { base, line, removed } = segment;
      const patch = this.#sides.authorOf({ base, line: 0 });
      return { kind: 'gone', base, line, removed, patch };
    }
    const patch = this.#sides.authorOf(lines);
    let removed = this.#base.get(lines.base);
    let added = this.#patched.get(lines.line);
    const [before, after] = [this.#base.get(partner.base), this.#patched.get(partner.line)];
    const isPair = before !== undefined && after !== undefined;
    if (isPair) [removed, added] = this.#marked(removed, added, before, after);
    const cells = [this.#found(removed), this.#found(added)];
    const above = this.#sides.layout.linesAt(segment, offset - 1);
    return {
      kind: this.#kindOf(lines, isPair),
      ...lines,
      cells: this.#isSplit ? cells : cells.filter((cell) => cell !== undefined),
      patch,
      isFirst: offset === 0 || this.#sides.authorOf(above) !== patch,
    };
  }

  #kindOf({ base, line }: RowLines, isPair: boolean): LineRow['kind'] {
    const { mode } = this.#sides.layout.arrangement;
    if (isPair && mode !== 'unified') return 'changed';
    return base > 0 && line === 0 ? 'removed' : 'added';
  }

  /** Marks what changed of a line, where enough stayed for marks to help. */
  #marked(
    removed: Cell | undefined,
    added: Cell | undefined,
    before: Cell,
    after: Cell,
  ): [Cell | undefined, Cell | undefined] {
    const words = this.#engine.words(before.text, after.text);
    const length = (side: 'before' | 'after') =>
      words.reduce((sum, word) => sum + word[side].to - word[side].from, 0);
    const changed = length('before') + length('after');
    if (changed > 0.7 * (before.text.length + after.text.length)) return [removed, added];
    const mark = (cell: Cell | undefined, side: 'before' | 'after') =>
      cell && {
        ...cell,
        runs: words.reduce<readonly number[]>(
          (runs, word) => withMark(runs, word[side].from, word[side].to, WORD_MARK),
          cell.runs,
        ),
      };
    return [mark(removed, 'before'), mark(added, 'after')];
  }

  #found(cell: Cell | undefined): Cell | undefined {
    const query = this.#query;
    if (cell === undefined || query === undefined || query.text === '') return cell;
    const runs = placesIn(cell.text, query).reduce<readonly number[]>(
      (marked, { from, to }) => withMark(marked, from, to, FOUND_MARK),
      cell.runs,
    );
    return { ...cell, runs };
  }
}
