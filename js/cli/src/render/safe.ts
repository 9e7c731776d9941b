/**
 * Text from files, batches and names, made safe for a terminal. What would move the cursor, change
 * colours, turn the direction of writing round or show as nothing at all is written as an escape
 * that can be seen: a diagnostic shows what is there, and nothing that is there acts on the screen.
 */
import { graphemesOf, widthOf } from './width.js';

/** One unit on the screen, never split: a character with its accents, an emoji, or an escape. */
export interface Cell {
  readonly shown: string;
  /** Columns of the terminal. */
  readonly width: number;
  /** Where it begins in the text, in UTF-16 units. */
  readonly offset: number;
}

const TAB_STOP = 4;

/** Printable ASCII needs no closer look; nearly all lines are made of it. */
const plainAscii = /^[\x20-\x7e]*$/;

/** Controls, and format characters: bidi controls, zero-width marks, tags; and separators of lines. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What holds a grapheme together (joiners, the tags of flags) and does nothing outside of one. */
const joining = /\u200c|\u200d|[\u{e0020}-\u{e007f}]/gu;

/** More than any real character has; a cell of thousands of accents would flood the screen. */
const MAX_GRAPHEME_UNITS = 40;

const letters: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The cells of one line. Tabs go to every fourth column, counted from `column`. */
export function cellsOf(text: string, column = 0): Cell[] {
  const cells: Cell[] = [];
  let at = column;
  const push = (shown: string, width: number, offset: number) => {
    cells.push({ shown, width, offset });
    at += width;
  };
  if (plainAscii.test(text)) {
    for (let offset = 0; offset < text.length; offset += 1) push(text.charAt(offset), 1, offset);
    return cells;
  }
  for (const { segment, index } of graphemesOf(text)) {
    if (segment === '\t') {
      const width = TAB_STOP - (at % TAB_STOP);
      push(' '.repeat(width), width, index);
    } else if (isSafe(segment)) {
      push(segment, widthOf(segment), index);
    } else {
      let offset = index;
      for (const character of segment) {
        const width = widthOf(character);
        // What takes no column would slip past every limit of width, however often it is there.
        const shown = width > 0 && isSafe(character) ? character : escapeOf(character);
        push(shown, shown === character ? width : shown.length, offset);
        offset += character.length;
      }
    }
  }
  return cells;
}

/** A text on one line of its own: names, ids, messages. Line ends and tabs show as escapes too. */
export function plain(text: string): string {
  if (plainAscii.test(text)) return text;
  return cellsOf(text.replace(/[\n\r\t]/g, (control) => letters[control] ?? control))
    .map((cell) => cell.shown)
    .join('');
}

/** The same, in quotes, which tell where it begins and ends. */
export function quoted(text: string, quote: '"' | "'" = '"'): string {
  return `${quote}${plain(text)}${quote}`;
}

/** Cuts a quoted text that is longer than `most` characters. */
export function quotedShort(text: string, most: number): string {
  const cells = cellsOf(text.slice(0, most * 4).replace(/[\n\r\t]/g, (c) => letters[c] ?? c));
  const whole = cells.length <= most && text.length <= most * 4;
  const shown = cells.slice(0, most).map((cell) => cell.shown);
  return whole ? `"${shown.join('')}"` : `"${shown.join('')}…"`;
}

/** The offset, or the one before it when it stands between the halves of a surrogate pair. */
export function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return offset > 0 && unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

function isSafe(grapheme: string): boolean {
  if (grapheme.length > MAX_GRAPHEME_UNITS) return false;
  if (!unsafe.test(grapheme)) return true;
  // Alone, a joiner is as invisible as any other; within a character it is part of how it looks.
  const rest = grapheme.replace(joining, '');
  return rest !== '' && rest !== grapheme && !unsafe.test(rest);
}

function escapeOf(character: string): string {
  return letters[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
