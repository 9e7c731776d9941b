/** Finds text in all rows of a view, shown or not, rendered or not. */
import type { Layout } from './layout.js';
import type { SearchQuery, SearchResult } from './protocol.js';
import type { Task } from './serve.js';

/** Places that are listed; there may be more. */
const MOST_PLACES = 10_000;

/** Lines between two looks at whether anybody still wants to know. */
const LINES_AT_ONCE = 10_000;

interface HasLines {
  lines(from: number, to: number): string[];
}

/** Where in one line, in UTF-16 units from 0, `to` excluded. Linear in the line. */
export function placesIn(text: string, query: SearchQuery): { from: number; to: number }[] {
  return [...text.matchAll(patternOf(query))].map(({ index, 0: found }) => ({
    from: index,
    to: index + found.length,
  }));
}

/** The text itself, letter by letter: no pattern of a stranger can run for ever. */
function patternOf({ text, caseSensitive }: SearchQuery): RegExp {
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(literal, caseSensitive ? 'gu' : 'giu');
}

/** In the order of the rows. O(text), with a pause every so many lines. */
export async function search(
  texts: { readonly base: HasLines; readonly patched: HasLines },
  layout: Layout,
  query: SearchQuery,
  task: Task,
): Promise<SearchResult> {
  const places: number[] = [];
  if (query.text === '') return { places: Uint32Array.from(places), isCut: false };
  const pattern = patternOf(query);
  let read = 0;
  let told = 0;

  /** Looks through lines of one side; false when enough is found. */
  async function look(side: 0 | 1, first: number, count: number): Promise<boolean> {
    const text = side === 0 ? texts.base : texts.patched;
    for (let from = first; from < first + count; from += LINES_AT_ONCE) {
      const to = Math.min(from + LINES_AT_ONCE, first + count) - 1;
      for (const [index, line] of text.lines(from, to).entries()) {
        for (const { index: column } of line.matchAll(pattern)) {
          if (places.length === 3 * MOST_PLACES) return false;
          places.push(side, from + index, column);
        }
      }
      read += to + 1 - from;
      if (read - told >= LINES_AT_ONCE) {
        told = read;
        task.progress(from / Math.max(first + count, 1));
        await task.pause();
      }
    }
    return true;
  }

  let isWhole = true;
  for (const segment of layout.segments) {
    if (!isWhole) break;
    switch (segment.kind) {
      case 'same':
        isWhole = await look(1, segment.line, segment.rows);
        break;
      case 'fold':
        isWhole = await look(1, segment.line, segment.hidden);
        break;
      case 'change':
        if (layout.arrangement.mode !== 'patched') {
          isWhole = await look(0, segment.base, segment.removed);
        }
        isWhole = isWhole && (await look(1, segment.line, segment.added));
        break;
      case 'note':
        break;
    }
  }
  return { places: Uint32Array.from(places), isCut: !isWhole };
}
