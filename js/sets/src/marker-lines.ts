/** The lines by which a merge marks a conflict, chosen so that no text has them by itself. */

/** What stands behind the markers. */
export type MarkerLabels = Readonly<Record<'ours' | 'base' | 'theirs', string>>;

export interface MarkerLines {
  /** Characters of a marker. */
  readonly size: number;
  readonly labels: MarkerLabels;
  /** Lines of a text, from 1, that are such markers. O(n). */
  linesIn(text: Uint8Array): number[];
}

/** What git and its readers expect. */
const USUAL_SIZE = 7;

/** Markers for a merge of these texts: longer than usual where one of them has such a line. O(n). */
export function markerLinesFor(texts: readonly Uint8Array[], labels: MarkerLabels): MarkerLines {
  const lines = new Set(texts.flatMap(linesOf));
  for (let size = USUAL_SIZE; ; size += 1) {
    const markers = [
      `${'<'.repeat(size)} ${labels.ours}`,
      `${'|'.repeat(size)} ${labels.base}`,
      '='.repeat(size),
      `${'>'.repeat(size)} ${labels.theirs}`,
    ];
    if (markers.some((marker) => lines.has(marker))) continue;
    const linesIn = (text: Uint8Array) =>
      linesOf(text).flatMap((line, index) => (markers.includes(line) ? [index + 1] : []));
    return { size, labels, linesIn };
  }
}

/** Without their ends; bytes that are not UTF-8 are in no marker. */
function linesOf(text: Uint8Array): string[] {
  return new TextDecoder().decode(text).split(/\r?\n/);
}
