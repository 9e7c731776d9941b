/** What `firn check` says of patch sets. */
import { type Finding, type GateReport, type JudgedPatch, ruleWords } from '../gate/finding.js';
import type { Screen } from '../io/screen.js';
import { renderDiagnostic } from './diagnostic.js';
import { plain } from './safe.js';
import { count, listed } from './words.js';

/** Nobody reads more; `--json` and the reports have them all. */
const MOST_SHOWN = 50;

/** What is wrong goes to standard error, what became of the patches to standard output. */
interface Told {
  readonly out: string;
  readonly err: string;
}

export function renderGate(report: GateReport, screen: Screen): Told {
  const upgrades = report.against === undefined ? '' : renderUpgrades(report);
  return { out: `${upgrades}${sumOf(report)}`, err: renderErrors(report.findings, screen) };
}

/** Of `firn rebase --onto`; `open`: patches with conflicts that somebody is to decide. */
export function renderRebasedSets(
  report: GateReport,
  open: readonly string[],
  screen: Screen,
): Told {
  const fate = report.written ? 'written' : 'nothing is written: --write does';
  const sets = count(report.sets.length, 'set');
  const next = report.written
    ? open.slice(0, MOST_SHOWN).map((label) => `to resolve: firn resolve ${label}\n`)
    : [];
  return {
    out: `${renderUpgrades(report)}${sets}: ${fate}\n${next.join('')}`,
    err: renderErrors(report.findings, screen),
  };
}

/** The errors among the findings. */
export function renderErrors(findings: readonly Finding[], { width, palette }: Screen): string {
  const errors = findings.filter(({ level }) => level === 'error');
  const shown = errors.slice(0, MOST_SHOWN).map((finding) => {
    const { rule, message, place } = finding;
    const notes = notesOf(finding);
    const where = [place.path, place.line, place.column].filter((part) => part !== undefined);
    return renderDiagnostic(
      { severity: 'error', code: rule, message, place: where.join(':'), notes },
      width,
      palette,
    );
  });
  const left = errors.length - shown.length;
  return `${shown.join('')}${left === 0 ? '' : `... and ${left} more (--json has all)\n\n`}`;
}

function notesOf({ violations = [], related, rule }: Finding) {
  return [
    ...violations.slice(1, 10).map(({ message }) => ({ label: 'also', text: message })),
    ...related.map(({ message, place: { path, line } }) => ({
      label: 'see',
      text: `${path}${line === undefined ? '' : `:${line}`}: ${message}`,
    })),
    { label: 'rule', text: ruleWords[rule] },
  ];
}

/** A line for each patch that would not simply stay. */
function renderUpgrades({ patches, against, findings }: GateReport): string {
  const rows = patches.filter(({ upgrade }) => upgrade !== undefined && upgrade !== 'clean');
  const lines = rows.map(({ upgrade = '', label, file }) => {
    const note = findings.find(
      ({ level, patches: labels }) => level === 'note' && labels.includes(label),
    );
    return `${upgrade.padEnd(9)} ${plain(note?.message ?? `${label} on ${file}`)}\n`;
  });
  const clean = patches.filter(({ upgrade }) => upgrade === 'clean').length;
  const words = `on ${plain(against ?? '')}: ${countsOf(patches, clean)}\n`;
  return `${lines.join('')}${words}`;
}

function countsOf(patches: readonly JudgedPatch[], clean: number): string {
  const counted = (['moved', 'upstream', 'conflict', 'blocked', 'unknown'] as const).flatMap(
    (upgrade) => {
      const number = patches.filter((patch) => patch.upgrade === upgrade).length;
      return number === 0 ? [] : [`${number} ${upgrade}`];
    },
  );
  return [`${clean} clean`, ...counted].join(', ');
}

function sumOf({ sets, patches, findings }: GateReport): string {
  const number = (state: JudgedPatch['state']) =>
    patches.filter((patch) => patch.state === state).length;
  const parts = [
    `${number('fits')} fit`,
    ...(number('fails') === 0 ? [] : [`${number('fails')} do not`]),
    ...(number('off') === 0 ? [] : [`${number('off')} off`]),
  ];
  const loose = findings.filter(({ level, patches: of }) => level === 'error' && of.length === 0);
  const besides =
    loose.length === 0 ? '' : `; ${count(loose.length, 'fault')} of the sets themselves`;
  return `${count(patches.length, 'patch', 'patches')} in ${count(sets.length, 'set')}: ${listed(parts)}${besides}\n`;
}
