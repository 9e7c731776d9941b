/** The files that differ, a line each. */
import type { Screen } from '../io/screen.js';
import type { FileDifference } from '../json/result.js';
import { plain } from './safe.js';
import { count } from './words.js';

/** The bar of a file takes at most so many columns, whatever the terminal. */
const WIDEST_BAR = 40;

export function renderNames(files: readonly FileDifference[]): string {
  return files.map(({ path }) => `${plain(path)}\n`).join('');
}

/** " src/cart.js | 12 +++++--", as git has it, and the sum. */
export function renderStat(files: readonly FileDifference[], { width, palette }: Screen): string {
  const names = files.map(({ path }) => plain(path));
  const nameWidth = Math.max(0, ...names.map((name) => name.length));
  const sums = files.map(({ linesAdded, linesRemoved }) => linesAdded + linesRemoved);
  const largest = Math.max(1, ...sums);
  const numberWidth = String(largest).length;
  const room = Math.max(Math.min(width - nameWidth - numberWidth - 5, WIDEST_BAR), 10);
  const scale = Math.min(1, room / largest);
  const lines = files.map(({ linesAdded, linesRemoved, binary }, index) => {
    const name = (names[index] ?? '').padEnd(nameWidth);
    if (binary) return ` ${name} | binary\n`;
    const bar = (number: number, mark: string) =>
      mark.repeat(number === 0 ? 0 : Math.max(1, Math.round(number * scale)));
    const shown = `${palette.added(bar(linesAdded, '+'))}${palette.removed(bar(linesRemoved, '-'))}`;
    return ` ${name} | ${String(sums[index]).padStart(numberWidth)} ${shown}\n`;
  });
  const added = files.reduce((sum, file) => sum + file.linesAdded, 0);
  const removed = files.reduce((sum, file) => sum + file.linesRemoved, 0);
  const total = `${count(files.length, 'file')} changed, ${count(added, 'line')} added, ${count(removed, 'line')} removed`;
  return files.length === 0 ? '' : `${lines.join('')} ${total}\n`;
}
