/** JUnit's XML, as CI services read it: a suite for each set, a case for each patch. */
import type { Finding, GateReport, JudgedPatch } from '../gate/finding.js';

export function junitOf(report: GateReport): string {
  const suites = report.sets.map((set) => suiteOf(set, report));
  const sum = (key: 'tests' | 'failures' | 'skipped') =>
    suites.reduce((total, suite) => total + suite[key], 0);
  const counts = { tests: sum('tests'), failures: sum('failures'), skipped: sum('skipped') };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'firn check', ...counts })}>`,
    ...suites.map(({ lines }) => lines.join('\n')),
    '</testsuites>\n',
  ].join('\n');
}

function suiteOf(set: string, { patches, findings }: GateReport) {
  const own = patches.filter((patch) => patch.set === set);
  const errors = findings.filter(({ level }) => level === 'error');
  const cases = own.map((patch) => ({
    name: patch.id,
    classname: `${set}.${patch.file}`,
    file: patch.path,
    isSkipped: patch.state === 'off',
    failures: errors.filter(({ patches: labels }) => labels.includes(patch.label)),
    notes: notesOf(patch, findings),
  }));
  // What is about no patch is about the set: its manifest, a file that lies about.
  const loose = errors.filter((finding) => finding.patches.length === 0 && finding.set === set);
  if (loose.length > 0) {
    const [{ place } = { place: { path: '' } }] = loose;
    const classname = set;
    const file = place.path;
    cases.push({ name: 'set', classname, file, isSkipped: false, failures: loose, notes: [] });
  }
  const counts = {
    tests: cases.length,
    failures: cases.filter(({ failures }) => failures.length > 0).length,
    skipped: cases.filter(({ isSkipped }) => isSkipped).length,
  };
  const lines = [
    `  <testsuite${attributes({ name: set, ...counts })}>`,
    ...cases.flatMap(({ name, classname, file, isSkipped, failures, notes }) => {
      const head = `    <testcase${attributes({ name, classname, file })}`;
      const inner = [
        ...(isSkipped ? ['      <skipped message="its conditions are not met"/>'] : []),
        ...failures.map(failureOf),
        ...notes.map((note) => `      <system-out>${escaped(note)}</system-out>`),
      ];
      return inner.length === 0 ? [`${head}/>`] : [`${head}>`, ...inner, '    </testcase>'];
    }),
    '  </testsuite>',
  ];
  return { ...counts, lines };
}

function notesOf({ label, upgrade }: JudgedPatch, findings: readonly Finding[]): string[] {
  const notes = findings.filter(
    ({ level, patches }) => level === 'note' && patches.includes(label),
  );
  const words = notes.map(({ message }) => message);
  return upgrade === undefined ? words : [`on the new baseline: ${upgrade}`, ...words];
}

function failureOf({ rule, message, place, related }: Finding): string {
  const where = [place, ...related.map((other) => other.place)].map(({ path, line }) =>
    line === undefined ? path : `${path}:${line}`,
  );
  const text = escaped(where.join('\n'));
  return `      <failure${attributes({ type: rule, message })}>${text}</failure>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** For attributes and text. What XML 1.0 cannot hold at all is shown as what it is not: U+FFFD. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? character);
}
