/** Lines as they are shown: cut where they are too long, and coloured. */
import type { Language } from '../highlight/languages.js';
import { Tokenizer } from '../highlight/tokenize.js';
import type { Cell } from './protocol.js';

/** UTF-16 units of a line that are shown at a time; the rest is told as a number. */
export const SHOWN_UNITS = 2000;

/** Lines to read above those wanted, so that a comment which begins there is known. */
const LEAD_LINES = 120;

interface HasLines {
  readonly lineCount: number;
  lines(from: number, to: number): string[];
}

export class ColouredLines {
  readonly #text: HasLines;
  readonly #language: Language;
  readonly #column: number;

  /** `column`: where lines that are too long begin to be shown, or as near to it as shows all that can be. */
  constructor(text: HasLines, language: Language, column: number) {
    this.#text = text;
    this.#language = language;
    this.#column = column;
  }

  /** The lines asked for, in any order and any number of times. O(those lines), with a lead for each gap. */
  read(wanted: readonly number[]): ReadonlyMap<number, Cell> {
    const cells = new Map<number, Cell>();
    const lines = Uint32Array.from(new Set(wanted)).sort();
    let at = 0;
    while (at < lines.length) {
      let end = at + 1;
      while (end < lines.length && near(lines, end)) end += 1;
      this.#readRun(lines.subarray(at, end), cells);
      at = end;
    }
    return cells;
  }

  /** Lines that lie so close that reading on is cheaper than starting anew. */
  #readRun(lines: Uint32Array, cells: Map<number, Cell>): void {
    const first = lines[0] ?? 1;
    const from = Math.max(1, first - LEAD_LINES);
    const tokenizer = new Tokenizer(this.#language);
    const wanted = new Set(lines);
    for (const [index, text] of this.#text.lines(from, lines.at(-1) ?? first).entries()) {
      if (!wanted.has(from + index)) {
        tokenizer.pass(text.slice(0, SHOWN_UNITS));
        continue;
      }
      const start = wholeUnit(text, Math.min(this.#column, text.length - SHOWN_UNITS));
      const end = wholeUnit(text, start + SHOWN_UNITS);
      const shown = text.slice(start, end);
      const runs = tokenizer.line(shown);
      cells.set(from + index, { text: shown, runs, before: start, left: text.length - end });
    }
  }
}

function near(lines: Uint32Array, at: number): boolean {
  return (lines[at] ?? 0) - (lines[at - 1] ?? 0) <= LEAD_LINES;
}

/** Within the text, and never inside a surrogate pair. */
function wholeUnit(text: string, at: number): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  const next = text.charCodeAt(at);
  return next >= 0xdc00 && next < 0xe000 ? at - 1 : at;
}
