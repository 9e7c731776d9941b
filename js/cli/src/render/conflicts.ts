/** Conflicts of a merge and of a rebase, for people. */
import type { Conflict } from '@firn/engine';
import { quoted } from './safe.js';
import { count, lineSpan } from './words.js';

/** Nobody reads more; `--json` has them all. */
const MOST_SHOWN = 50;

/** A line each: where in the merged text it stands. */
export function renderConflicts(conflicts: readonly Conflict[], name: string): string {
  const shown = conflicts.slice(0, MOST_SHOWN).map(({ merged }) => `  ${lineSpan(merged)}\n`);
  const left = conflicts.length - shown.length;
  const more = left === 0 ? '' : `  ... and ${left} more\n`;
  return `firn: ${count(conflicts.length, 'conflict')} in ${quoted(name, "'")}:\n${shown.join('')}${more}`;
}
