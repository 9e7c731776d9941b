/** How many columns of a terminal a text takes, near enough for a pointer to stand under its character. */

/** Loaded data of its own; made only when a text is not ASCII. */
let segmenter: Intl.Segmenter | undefined;

/** The characters as people see them, each with its place in UTF-16 units. */
export function graphemesOf(text: string): Iterable<{ segment: string; index: number }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** Takes no column of its own: accents and what joins characters. */
const nothing = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** East Asian scripts and emoji take two columns (Unicode's East Asian Width, W and F). */
const wide =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303e\u30fb-\u30fe\u3200-\u33ff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]$/u;
const halfwidth = /^[\uff61-\uffdc\uffe8-\uffee]$/;

const EMOJI_STYLE = '\ufe0f';

/** The width of one grapheme. */
export function widthOf(grapheme: string): number {
  if (grapheme.includes(EMOJI_STYLE)) return 2;
  let widest = 0;
  for (const character of grapheme) {
    if (nothing.test(character)) continue;
    widest = Math.max(widest, wide.test(character) && !halfwidth.test(character) ? 2 : 1);
  }
  return widest;
}
