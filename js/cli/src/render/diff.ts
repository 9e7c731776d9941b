/** A unified diff for eyes: in colour, and with nothing in it that the terminal would act on. */
import type { Paint, Palette } from './colors.js';
import { cellsOf } from './safe.js';

/** For display: bytes that are not UTF-8 show as U+FFFD. */
export function renderDiff(diff: Uint8Array, palette: Palette): string {
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(diff).split('\n');
  let inHunks = false;
  const shown = lines.map((line) => {
    if (line === '') return '';
    // Before the first hunk, - and + begin the names of the two sides.
    inHunks ||= line.startsWith('@@');
    return paintOf(line, inHunks, palette)(visible(line));
  });
  return shown.join('\n');
}

function paintOf(line: string, inHunks: boolean, palette: Palette): Paint {
  if (!inHunks) return palette.strong;
  if (line.startsWith('@@')) return palette.place;
  if (line.startsWith('+')) return palette.added;
  if (line.startsWith('-')) return palette.removed;
  return (text) => text;
}

/** The CR of a CR LF does nothing there; anywhere else it would let a line overwrite itself. */
function visible(line: string): string {
  const end = line.endsWith('\r') ? '\r' : '';
  const text = end === '' ? line : line.slice(0, -1);
  const cells = text.split('\t').map((part) =>
    cellsOf(part)
      .map((cell) => cell.shown)
      .join(''),
  );
  return `${cells.join('\t')}${end}`;
}
