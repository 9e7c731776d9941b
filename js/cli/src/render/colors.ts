import picocolors from 'picocolors';

export type ColorChoice = 'auto' | 'always' | 'never';

/** Dresses a text. Without colour it is the text itself. */
export type Paint = (text: string) => string;

/** The few roles that output has, so that no file picks colours of its own. */
export interface Palette {
  readonly enabled: boolean;
  readonly strong: Paint;
  readonly error: Paint;
  readonly warning: Paint;
  readonly note: Paint;
  readonly frame: Paint;
  readonly added: Paint;
  readonly removed: Paint;
  readonly place: Paint;
  /** A part of a line that is painted already. */
  readonly mark: Paint;
}

/** `isTerminal` says whether the stream that it is for is one. */
export function paletteFor(choice: ColorChoice, isTerminal: boolean): Palette {
  const enabled = choice === 'always' || (choice === 'auto' && wanted(isTerminal));
  const colors = picocolors.createColors(enabled);
  return {
    enabled,
    strong: colors.bold,
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    note: (text) => colors.bold(colors.cyan(text)),
    frame: colors.blue,
    added: colors.green,
    removed: colors.red,
    place: colors.cyan,
    mark: colors.inverse,
  };
}

/** NO_COLOR wins (no-color.org), then FORCE_COLOR, then what the stream is. */
function wanted(isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}
