const LINES_AROUND = 2;

/** Longer lines are cut: nobody reads a minified one. */
const MAX_WIDTH = 120;

/**
 * Some lines of a text with a mark below a column, as bundlers show them. `line` from 1, `column` from
 * 0, in UTF-16 units; past the end of the text the last lines are shown.
 */
export function frameOf(text: string, line: number, column: number): string {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, Math.min(line, lines.length) - LINES_AROUND);
  const last = Math.min(lines.length, line + LINES_AROUND);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const content = lines[number - 1] ?? '';
    const isCut = content.length > MAX_WIDTH;
    const from = isCut && number === line ? Math.max(0, column - MAX_WIDTH / 2) : 0;
    shown.push(`${String(number).padStart(width)} | ${content.slice(from, from + MAX_WIDTH)}`);
    if (number !== line) continue;
    // Tabs stay tabs, so that the mark stands below its character.
    const before = content.slice(from, column).replace(/[^\t]/g, ' ');
    shown.push(`${' '.repeat(width)} | ${before}^`);
  }
  return shown.join('\n');
}
