// @ts-check
// Words on a terminal: an aligned table that fits the width there is, and a diff in colour.
import process from 'node:process';

const coloured = process.stdout.isTTY === true && process.stdout.hasColors();

/** @typedef {'bold' | 'dim' | 'red' | 'green' | 'cyan'} Style */
const codes = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 };

/**
 * Colour only for people: none into a pipe, and none with NO_COLOR (`hasColors` looks at it).
 * @param {Style} style
 * @param {string} text
 */
export function paint(style, text) {
  return coloured ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}

/** A pipe has no width; 120 columns suit a log. */
export const width = process.stdout.columns || 120;

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {'left' | 'right'} align
 * @property {string[]} cells one per row
 * @property {Style} [style] of its cells
 * @property {number} [least] how far its cells may be cut, from the left
 * @property {number} [leaves] the order in which columns leave a table that is too wide
 */

/** @param {Column} column */
const widthOf = (column) =>
  Math.max(column.title.length, ...column.cells.map((cell) => cell.length));

/** @param {Column[]} columns */
const tableWidth = (columns) =>
  columns.reduce((sum, column) => sum + widthOf(column), 2 * (columns.length - 1));

/** @param {Column} column @param {number} size @returns {Column} */
function cut(column, size) {
  const cells = column.cells.map((cell) =>
    cell.length <= size ? cell : `…${cell.slice(cell.length - size + 1)}`,
  );
  return { ...column, cells };
}

/**
 * The columns that fit: cells are cut as far as they may be, and only then does a column leave.
 * @param {Column[]} columns
 * @param {number} room
 */
function fit(columns, room) {
  let kept = columns;
  const leaving = columns
    .filter((column) => column.leaves !== undefined)
    .sort((a, b) => Number(a.leaves) - Number(b.leaves));
  for (const column of [...leaving, undefined]) {
    const over = tableWidth(kept) - room;
    const shorter = kept.map((other) =>
      over <= 0 || other.least === undefined
        ? other
        : cut(other, Math.max(other.least, widthOf(other) - over)),
    );
    if (tableWidth(shorter) <= room || column === undefined) return shorter;
    kept = kept.filter((other) => other !== column);
  }
  return kept;
}

/**
 * The lines of the table: its head, its rows, a rule and its last row, which is the total.
 * @param {Column[]} columns
 * @param {number} [room]
 */
export function table(columns, room = width) {
  const kept = fit(columns, room);
  const sizes = kept.map(widthOf);
  /** @param {(column: Column) => string} cell @param {(column: Column) => Style | undefined} style */
  const line = (cell, style) =>
    kept
      .map((column, i) => {
        const text = cell(column);
        const padding = ' '.repeat((sizes[i] ?? 0) - text.length);
        const name = style(column);
        const painted = name ? paint(name, text) : text;
        return column.align === 'right' ? padding + painted : painted + padding;
      })
      .join('  ')
      .trimEnd();
  const rows = columns[0]?.cells.length ?? 0;
  const body = Array.from({ length: rows }, (_, row) =>
    line(
      (column) => column.cells[row] ?? '',
      (column) => (row === rows - 1 ? 'bold' : column.style),
    ),
  );
  const head = line(
    (column) => column.title,
    () => 'bold',
  );
  const rule = paint('dim', '─'.repeat(Math.min(room, tableWidth(kept))));
  return [head, rule, ...body.slice(0, -1), rule, ...body.slice(-1)];
}

/** @param {string} diff */
export function paintDiff(diff) {
  return diff
    .split('\n')
    .map((line) => {
      if (line.startsWith('---') || line.startsWith('+++')) return paint('bold', line);
      if (line.startsWith('@@')) return paint('cyan', line);
      if (line.startsWith('+')) return paint('green', line);
      if (line.startsWith('-')) return paint('red', line);
      return line.startsWith('\\') ? paint('dim', line) : line;
    })
    .join('\n');
}
