/** What became of each patch of a batch that was carried over; of a conflict all three sides. */
import type { CarriedConflict, CarriedPatch, Rebased } from '@firn/engine';
import type { Session } from '../commands/session.js';
import type { Screen } from '../io/screen.js';
import type { Palette } from './colors.js';
import { refName } from './patches.js';
import { cellsOf } from './safe.js';
import { count, lineSpan } from './words.js';

/** Nobody reads more; `--json` has them all. */
const MOST_SHOWN = 200;
/** Of each side of a conflict. */
const MOST_LINES = 20;

export function renderRebased(
  session: Session,
  { patches, conflicts }: Rebased,
  isWritten: boolean,
  { palette }: Screen,
): string {
  const shown = patches.slice(0, MOST_SHOWN).map((patch) => renderPatch(patch, palette));
  const left = patches.length - shown.length;
  const more = left === 0 ? '' : `... and ${left} more (--json has all)\n`;
  const number = (carried: CarriedPatch['carried']) =>
    patches.filter((patch) => patch.carried === carried).length;
  const sums = `${number('clean')} clean, ${number('moved')} moved, ${number('upstream')} upstream`;
  const broken = conflicts.length === 0 ? '' : `, ${count(conflicts.length, 'conflict')}`;
  const fate = isWritten ? '' : ': nothing is written';
  return `${shown.join('')}${more}firn: ${session.batchFile.name}: ${sums}${broken}${fate}\n`;
}

function renderPatch(patch: CarriedPatch | CarriedConflict, palette: Palette): string {
  const { from, to } = patch;
  const name = refName(patch.patch);
  const range = ({ from: first, to: last }: typeof from) =>
    last < first ? `before line ${first}` : lineSpan({ from: first, to: last });
  switch (patch.carried) {
    case 'clean':
      return `${palette.added('clean')}     ${name}: ${range(from)}\n`;
    case 'moved':
      return `${palette.place('moved')}     ${name}: ${range(from)}, now ${range(to)}\n`;
    case 'upstream':
      return `${palette.frame('upstream')}  ${name}: ${range(to)} of the new file has it already\n`;
    case 'conflict':
      return `${palette.error('conflict')}  ${name}: ${range(from)}, now ${range(to)}\n${sides(patch, palette)}`;
  }
}

function sides({ base, ours, theirs }: CarriedConflict, palette: Palette): string {
  const side = (title: string, text: string, paint: (line: string) => string) =>
    `    ${palette.strong(title)}\n${quotedLines(text)
      .map((line) => `    | ${paint(line)}\n`)
      .join('')}`;
  const same = (line: string) => line;
  return [
    side('the old file', base, same),
    side('the patch makes of it', ours, palette.added),
    side('the new file', theirs, palette.removed),
  ].join('');
}

/** The lines of a side, harmless to a terminal. */
function quotedLines(text: string): string[] {
  if (text === '') return ['(nothing)'];
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  const shown = lines.slice(0, MOST_LINES).map((line) =>
    cellsOf(line)
      .map((cell) => cell.shown)
      .join(''),
  );
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, `(${count(left, 'line')} more)`];
}
