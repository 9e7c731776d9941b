/** What GitHub Actions shows: annotations beside the lines, and a summary of the job. */
import type { Finding, GateReport, JudgedPatch, Place } from '../gate/finding.js';

/** Workflow commands, a line for each finding. Printed on standard output, GitHub takes them out of the log. */
export function annotationsOf({ findings }: GateReport): string {
  return findings.map((finding) => `${commandOf(finding)}\n`).join('');
}

function commandOf({ level, rule, message, place: { path, line, column } }: Finding): string {
  const values = { file: path, line, col: column, title: `firn: ${rule}` };
  const properties = Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]))
    .join(',');
  return `::${level === 'error' ? 'error' : 'notice'} ${properties}::${data(message)}`;
}

/** A line end would end the command, and what stands behind it would be one of its own. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** GitHub takes a megabyte of a step. */
const MOST_BYTES = 1_000_000;

/** Markdown for GITHUB_STEP_SUMMARY: what fails first, then every patch. */
export function summaryOf(report: GateReport): string {
  const { patches, findings, against } = report;
  const failing = patches.filter(({ state }) => state === 'fails').length;
  const off = patches.filter(({ state }) => state === 'off').length;
  const onto = against === undefined ? '' : `, and against ${code(against)}`;
  const blocks = [
    `## Patch sets${failing === 0 && !findings.some(({ level }) => level === 'error') ? ': all fit' : ''}\n`,
    `${patches.length} patches in ${report.sets.map(code).join(', ')}, checked on ${code(report.root)}${onto}: ` +
      `${patches.length - failing - off} fit, ${failing} fail${off === 0 ? '' : `, ${off} off`}.\n`,
    ...(findings.length === 0 ? [] : [findingTable(findings)]),
    ...(patches.length === 0 ? [] : [patchTable(patches, against !== undefined)]),
  ];
  return withinLimit(`${blocks.join('\n')}\n`);
}

function findingTable(findings: readonly Finding[]): string {
  const rows = findings.map(({ level, rule, message, place }) =>
    row([level, code(rule), code(placeWords(place)), text(message)]),
  );
  return table(['', 'Rule', 'Where', 'What'], rows);
}

function patchTable(patches: readonly JudgedPatch[], isUpgrade: boolean): string {
  const rows = patches.map(({ label, file, state, upgrade }) =>
    row([code(label), code(file), state, ...(isUpgrade ? [upgrade ?? ''] : [])]),
  );
  const head = ['Patch', 'File', 'Here', ...(isUpgrade ? ['After the upgrade'] : [])];
  return `<details><summary>Every patch</summary>\n\n${table(head, rows)}\n</details>\n`;
}

function table(head: readonly string[], rows: readonly string[]): string {
  return `${row(head)}\n${row(head.map(() => '---'))}\n${rows.join('\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function placeWords({ path, line }: Place): string {
  return line === undefined ? path : `${path}:${line}`;
}

function code(words: string): string {
  return `<code>${text(words)}</code>`;
}

/** Nothing in it is Markdown, HTML or the end of a cell. */
function text(words: string): string {
  return words.replace(/[^\p{L}\p{N} ]/gu, (character) =>
    /[/.,:;()'-]/.test(character) ? character : `&#${character.codePointAt(0) ?? 0xfffd};`,
  );
}

function withinLimit(summary: string): string {
  if (Buffer.byteLength(summary) <= MOST_BYTES) return summary;
  const whole = Buffer.from(summary).subarray(0, MOST_BYTES).toString();
  return `${whole.slice(0, whole.lastIndexOf('\n'))}\n\nThe rest is too long for this page.\n`;
}
