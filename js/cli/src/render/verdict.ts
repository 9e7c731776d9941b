/** What came of a batch, for people: every violation and warning, and one sentence at the end. */
import type { CheckReport, ErrorFields, Report, Warning } from '@firn/engine';
import type { Words } from '../commands/answer.js';
import type { Session } from '../commands/session.js';
import type { Screen } from '../io/screen.js';
import { renderDiagnostic } from './diagnostic.js';
import { diagnoseViolation, diagnoseWarning, Scene } from './violation.js';
import { count, listed } from './words.js';

/** Nobody reads more; `--json` has them all. */
const MOST_SHOWN = 50;

export function renderRefused(
  session: Session,
  violations: readonly ErrorFields[],
  screen: Screen,
): string {
  const findings = renderFindings(session, violations, [], screen);
  const { policy } = session.options;
  // The others may be lawful: nobody has looked.
  const why =
    policy === 'fail-fast' && session.batch.patchCount > 1
      ? 'this is its first violation (firn check shows all)'
      : count(violations.length, 'violation');
  return `${findings}firn: the batch is refused, nothing is written: ${why}\n`;
}

export function renderApplied(session: Session, report: Report, screen: Screen): string {
  const { failed, applied, warnings } = report;
  const findings = renderFindings(session, failed, warnings, screen);
  if (failed.length === 0) return findings;
  const rest = applied.length === 0 ? 'none is applied' : `${applied.length} applied`;
  return `${findings}firn: ${leftOut(failed.length)} left out, ${rest}\n`;
}

export function renderChecked(session: Session, report: CheckReport, screen: Screen): Words {
  const { violations, warnings } = report;
  const findings = renderFindings(session, violations, warnings, screen);
  if (violations.length === 0) return { err: findings, out: `${lawful(session, report)}\n` };
  const partly = session.options.policy === 'best-effort' && violations.every(({ patch }) => patch);
  const verdict = partly
    ? `${count(violations.length, 'patch', 'patches')} would be left out`
    : `the batch would be refused: ${count(violations.length, 'violation')}`;
  return { err: `${findings}firn: ${verdict}\n` };
}

/** Diagnostics, and the number of those that are too many to read. */
export function renderFindings(
  { file, snapshot, batchFile, batch }: Session,
  violations: readonly ErrorFields[],
  warnings: readonly Warning[],
  { width, palette }: Screen,
): string {
  const scene = new Scene(file, snapshot, batchFile, batch);
  const shown = [
    ...violations.slice(0, MOST_SHOWN).map((violation) => diagnoseViolation(violation, scene)),
    ...warnings.slice(0, MOST_SHOWN).map((warning) => diagnoseWarning(warning, scene)),
  ];
  const text = shown.map((diagnostic) => renderDiagnostic(diagnostic, width, palette)).join('');
  const left = violations.length + warnings.length - shown.length;
  return left === 0 ? text : `${text}... and ${left} more (--json has all)\n\n`;
}

/** "'cart.js': 3 patches fit: 1 replace, 2 inserts; lines +4 -1" */
function lawful({ file, batch }: Session, { counts }: CheckReport): string {
  const fit = batch.patchCount === 1 ? 'fits' : 'fit';
  const patches = count(batch.patchCount, 'patch', 'patches');
  if (batch.patchCount === 0) return `${file.name}: the batch is lawful and holds no patches`;
  const { linesAdded, linesRemoved } = counts;
  return `${file.name}: ${patches} ${fit}: ${kinds(counts)}; lines +${linesAdded} -${linesRemoved}`;
}

/** "1 replace, 2 deletes and 1 insert" */
export function kinds(counts: CheckReport['counts']): string {
  const each = (['replace', 'delete', 'insert'] as const).filter((kind) => counts[kind] > 0);
  return listed(each.map((kind) => count(counts[kind], kind)));
}

function leftOut(number: number): string {
  return `${count(number, 'patch', 'patches')} ${number === 1 ? 'is' : 'are'}`;
}
