/** Hunks of a diff that find no place in their file: which, why, and what would help. */
import type { ErrorFields, FileHeaders, Placed, PlacedHunk } from '@firn/engine';
import type { DiffRemedy } from '../diff-remedy.js';
import type { Input } from '../io/read.js';
import type { Screen } from '../io/screen.js';
import type { DiffReading } from '../options.js';
import { excerptOfBytes } from './bytes-excerpt.js';
import { type Diagnostic, type Note, renderDiagnostic } from './diagnostic.js';
import { count, listed } from './words.js';

/** Nobody reads more; `--json` has them all. */
const MOST_SHOWN = 50;

/** What the diagnostics are about. */
export interface HunkScene {
  readonly batchFile: Input;
  readonly options: DiffReading;
  /** What would let them fit; undefined: nobody knows of anything. */
  readonly remedy?: DiffRemedy | undefined;
}

export function renderUnplaced(
  violations: readonly ErrorFields[],
  scene: HunkScene,
  screen: Screen,
): string {
  const findings = renderHunkFailures(violations, scene, screen);
  return `${findings}firn: the diff is refused, nothing is written: ${count(violations.length, 'hunk')} without a place\n`;
}

export function renderHunkFailures(
  violations: readonly ErrorFields[],
  scene: HunkScene,
  { width, palette }: Screen,
): string {
  const shown = violations
    .slice(0, MOST_SHOWN)
    .map((violation) => renderDiagnostic(diagnosticOf(violation, scene), width, palette));
  const left = violations.length - shown.length;
  return shown.join('') + (left === 0 ? '' : `... and ${left} more (--json has all)\n\n`);
}

/** What was placed elsewhere than it said, and what was not placed at all. */
export function renderPlaced(
  placed: Pick<Placed, 'hunks' | 'rejected'>,
  scene: HunkScene,
  screen: Screen,
): string {
  const moved = placed.hunks.flatMap((hunk) => placeOfHunk(hunk) ?? []);
  const notes = moved.map((words) => `firn: ${words}\n`).join('');
  if (placed.rejected.length === 0) return notes;
  const errors = placed.rejected.map(({ error }) => error);
  const findings = renderHunkFailures(errors, scene, screen);
  const verdict = `${count(errors.length, 'hunk')} left out, ${placed.hunks.length} applied`;
  return `${notes}${findings}firn: ${verdict}\n`;
}

/** "hunk 2 is applied at line 30, 12 lines further down, with fuzz 1"; nothing when it is where it says. */
export function placeOfHunk(hunk: PlacedHunk): string | undefined {
  const { line, offset, fuzz, ignoredWhiteSpace, ignoredLineEnds } = hunk;
  const differences = [
    ...(offset === 0
      ? []
      : [`${count(Math.abs(offset), 'line')} further ${offset > 0 ? 'down' : 'up'}`]),
    ...(fuzz === 0 ? [] : [`with fuzz ${fuzz}`]),
    ...(ignoredWhiteSpace ? ['but for white space'] : []),
    ...(ignoredLineEnds ? ['but for line ends'] : []),
  ];
  if (differences.length === 0) return undefined;
  return `hunk ${hunk.hunk + 1} is placed at line ${line}, ${differences.join(', ')}`;
}

/** What a diff asks for besides the text, which is all that a call with FILE patches. */
export function renderLeftToDo(file: FileHeaders, { reverse }: DiffReading): string {
  const { kind, oldMode, newMode } = file;
  const [removing, mode, otherMode] = reverse
    ? (['create', oldMode, newMode] as const)
    : (['remove', newMode, oldMode] as const);
  const isNewMode = otherMode === undefined ? mode === '100755' : mode !== otherMode;
  const asked = [
    ...(kind === 'rename' ? ['renames the file'] : []),
    ...(kind === 'copy' ? [reverse ? 'removes a copy' : 'makes a copy'] : []),
    ...(kind === removing ? ['removes the file'] : []),
    ...(mode !== undefined && isNewMode ? [`sets its mode to ${mode}`] : []),
  ];
  if (asked.length === 0) return '';
  return `firn: the diff also ${listed(asked)}: not done, for only the text of FILE is patched (-d DIR does it)\n`;
}

function diagnosticOf(violation: ErrorFields, scene: HunkScene): Diagnostic {
  const { batchFile } = scene;
  const { code, message, diffLine: line = 0 } = violation;
  const { bytes, label } = batchFile;
  const place = line === 0 ? label : `${label}:${line}`;
  const offset = offsetOfLine(bytes, line);
  const end = bytes.indexOf('\n', offset);
  return {
    severity: 'error',
    code,
    message,
    place,
    excerpt:
      line === 0 ? undefined : excerptOfBytes(bytes, offset, end === -1 ? bytes.length : end, ''),
    notes: adviceFor(violation, scene),
  };
}

function offsetOfLine(bytes: Buffer, line: number): number {
  let offset = 0;
  for (let number = 1; number < line; number += 1) offset = bytes.indexOf('\n', offset) + 1;
  return offset;
}

function adviceFor({ code, alreadyApplied }: ErrorFields, { options, remedy }: HunkScene): Note[] {
  const help = (text: string) => [{ label: 'help', text }];
  if (alreadyApplied) {
    return help('the file has this change already; --reverse takes it back');
  }
  if (code === 'ambiguous_placement') {
    return help('a diff with more lines of context tells the places apart');
  }
  if (code !== 'hunk_failed') return [];
  if (remedy) return help(`but for ${remedy.difference} it fits: ${remedy.option}`);
  const { placement = 'exact', fuzz } = options;
  if (placement === 'exact' && fuzz === undefined) {
    return help('--placement search looks for it elsewhere in the file');
  }
  return placement === 'search'
    ? help('--placement fuzzy leaves out up to 2 lines of context; --reject applies the rest')
    : help('the file is not what the diff was made for; --reject applies the rest');
}
