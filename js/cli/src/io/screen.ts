import process from 'node:process';
import { isatty } from 'node:tty';
import { type ColorChoice, type Palette, paletteFor } from '../render/colors.js';

/** What a stream can show. */
export interface Screen {
  readonly isTerminal: boolean;
  /** Columns. */
  readonly width: number;
  readonly palette: Palette;
}

/** A pipe has no width; this suits a log, and makes what is printed there the same everywhere. */
const LOG_WIDTH = 100;

export function screenOf(fd: 1 | 2, color: ColorChoice): Screen {
  const isTerminal = isatty(fd);
  // Node's stream objects take time to make, so only a terminal gets one. 0 columns: it does not know.
  const columns = isTerminal ? (fd === 1 ? process.stdout : process.stderr).columns : 0;
  return { isTerminal, width: columns || LOG_WIDTH, palette: paletteFor(color, isTerminal) };
}

/** What a file can show, whatever the terminal can. */
export function fileScreen(): Screen {
  return { isTerminal: false, width: LOG_WIDTH, palette: paletteFor('never', false) };
}
