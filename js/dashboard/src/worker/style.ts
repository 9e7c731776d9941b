/** How a run of characters looks: a kind of token, and marks on top of it, in one number. */

/** What a piece of code is, to a reader's eye. Its place in this list is its number. */
export const TOKEN_KINDS = [
  'plain',
  'keyword',
  'string',
  'number',
  'comment',
  'name',
  'tag',
  'attribute',
  'property',
  'punctuation',
  'constant',
] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number];

const KIND_BITS = 0xff;
/** This word is what changed in the line. */
export const WORD_MARK = 0x100;
/** The search found this. */
export const FOUND_MARK = 0x200;

export function numberOfKind(kind: TokenKind): number {
  return TOKEN_KINDS.indexOf(kind);
}

export function kindOf(style: number): TokenKind {
  return TOKEN_KINDS[style & KIND_BITS] ?? 'plain';
}

/** Sets `mark` on units `from` to `to` (excluded) of a line's runs. O(runs). */
export function withMark(
  runs: readonly number[],
  from: number,
  to: number,
  mark: number,
): number[] {
  const marked: number[] = [];
  let at = 0;
  for (let index = 0; index < runs.length; index += 2) {
    const length = runs[index] ?? 0;
    const style = runs[index + 1] ?? 0;
    const end = at + length;
    const first = Math.min(Math.max(from, at), end);
    const last = Math.min(Math.max(to, first), end);
    if (first > at) marked.push(first - at, style);
    if (last > first) marked.push(last - first, style | mark);
    if (end > last) marked.push(end - last, style);
    at = end;
  }
  return marked;
}
