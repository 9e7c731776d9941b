/** Finds text in all rows of a view, shown or not, rendered or not. */
import type { Layout, Segment, ViewMode } from './layout.js';
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

/** Lines of one side, from 1. */
interface Stretch {
  readonly side: 0 | 1;
  readonly first: number;
  readonly count: number;
}

/** In the order of the rows. O(text), with a pause every so many lines. */
export async function search(
  texts: { readonly base: HasLines; readonly patched: HasLines },
  { segments, arrangement }: Layout,
  query: SearchQuery,
  task: Task,
): Promise<SearchResult> {
  const places: number[] = [];
  if (query.text === '') return { places: Uint32Array.from(places), isCut: false };
  const pattern = patternOf(query);
  const stretches = segments.flatMap((segment) => stretchesOf(segment, arrangement.mode));
  const lineCount = stretches.reduce((sum, { count }) => sum + count, 0);
  let read = 0;
  let told = 0;
  for (const { side, first, count } of stretches) {
    const text = side === 0 ? texts.base : texts.patched;
    for (let from = first; from < first + count; from += LINES_AT_ONCE) {
      const to = Math.min(from + LINES_AT_ONCE, first + count) - 1;
      for (const [index, line] of text.lines(from, to).entries()) {
        for (const { index: column } of line.matchAll(pattern)) {
          if (places.length === 3 * MOST_PLACES) {
            return { places: Uint32Array.from(places), isCut: true };
          }
          places.push(side, from + index, column);
        }
      }
      read += to + 1 - from;
      if (read - told >= LINES_AT_ONCE) {
        told = read;
        task.progress(read / lineCount);
        await task.pause();
      }
    }
  }
  return { places: Uint32Array.from(places), isCut: false };
}

/** What of these rows there is to read, a line that both sides have only once. */
function stretchesOf(segment: Segment, mode: ViewMode): Stretch[] {
  switch (segment.kind) {
    case 'same':
      return [{ side: 1, first: segment.line, count: segment.rows }];
    case 'fold':
      return [{ side: 1, first: segment.line, count: segment.hidden }];
    case 'change': {
      const added: Stretch = { side: 1, first: segment.line, count: segment.added };
      if (mode === 'patched') return [added];
      return [{ side: 0, first: segment.base, count: segment.removed }, added];
    }
    case 'note':
      return [];
  }
}
