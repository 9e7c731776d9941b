/** A batch in words: what it is for, what each patch does, what comes of all of it. */
import type { CheckReport, PatchInput } from '@firn/engine';
import type { Session } from '../commands/session.js';
import type { Screen } from '../io/screen.js';
import { expectedLines, lastLineOf, refName } from './patches.js';
import { quotedShort } from './safe.js';
import { kinds, renderFindings } from './verdict.js';
import { count, lineSpan, listed } from './words.js';

/** A sentence quotes this much of a line. */
const MAX_QUOTE = 50;

/** One sentence an element: the file, the batch, each patch in batch order, the sum, the verdict. */
export function explanationOf(session: Session, report: CheckReport): string[] {
  const { patches } = session.batch.toJSON();
  return [
    aboutFile(session),
    aboutBatch(session),
    ...patches.map((patch, index) => aboutPatch(patch, index, session)),
    aboutAll(session, report),
    aboutVerdict(session, report),
  ];
}

/** The same on a screen, with warnings and violations before the verdict. */
export function renderExplanation(
  session: Session,
  report: CheckReport,
  explanation: readonly string[],
  screen: Screen,
): string {
  const { palette } = screen;
  const [file = '', batch = ''] = explanation;
  const patches = explanation.slice(2, -2);
  const [sum = '', verdict = ''] = explanation.slice(-2);
  const places =
    patches.length === 0 ? '' : `${patches.map((patch) => `  - ${patch}\n`).join('')}\n`;
  const findings = renderFindings(session, report.violations, report.warnings, screen);
  const paint = report.violations.length > 0 ? palette.error : palette.strong;
  return `${file}\n${batch}\n\n${places}${sum}\n\n${findings}${paint(verdict)}\n`;
}

function aboutFile({ file, snapshot }: Session): string {
  const { lineCount, byteLength, fingerprint } = snapshot;
  const size = `${count(lineCount, 'line')}, ${count(byteLength, 'byte')}`;
  return `${file.name} has ${size}, fingerprint ${fingerprint}.`;
}

function aboutBatch({ batch, batchFile }: Session): string {
  const { id, file, revision, base } = batch.toJSON();
  const name = id === undefined ? 'The batch' : `Batch ${quotedShort(id, MAX_QUOTE)}`;
  const made = [
    ...(file === undefined ? [] : [`the file ${quotedShort(file, MAX_QUOTE)}`]),
    ...(revision === undefined ? [] : [`revision ${revision}`]),
    ...(base?.lineCount === undefined ? [] : [`a text of ${count(base.lineCount, 'line')}`]),
    ...(base?.fingerprint === undefined ? [] : [`the fingerprint ${base.fingerprint}`]),
  ];
  const patches = count(batch.patchCount, 'patch', 'patches');
  const purpose = made.length === 0 ? '' : `, made for ${listed(made)}`;
  return `${name} in ${batchFile.name} holds ${patches}${purpose}.`;
}

function aboutPatch(patch: PatchInput, index: number, { snapshot }: Session): string {
  const { id } = patch;
  const name = refName(id === undefined ? { index } : { index, id });
  const condition = patch.expect === undefined ? '' : conditionOf(patch);
  return `${name} ${deedOf(patch, snapshot.lineCount)}${condition}.`;
}

function deedOf(patch: PatchInput, lineCount: number): string {
  if (patch.op === 'insert') {
    const place = patch.line === lineCount + 1 ? 'at the end' : `before line ${patch.line}`;
    const lines = linesOf(patch);
    return lines.length === 0 ? `inserts nothing ${place}` : `inserts ${newLines(lines)} ${place}`;
  }
  const span = lineSpan({ from: patch.line, to: lastLineOf(patch) });
  if (patch.op === 'delete') return `deletes ${span}`;
  const lines = linesOf(patch);
  return lines.length === 0
    ? `replaces ${span} with nothing`
    : `replaces ${span} with ${newLines(lines)}`;
}

/** The engine gives new text as lines, whichever way it came. */
function linesOf(patch: Exclude<PatchInput, { op: 'delete' }>): readonly string[] {
  return patch.lines ?? patch.text?.split('\n') ?? [];
}

function newLines(lines: readonly string[]): string {
  const [first = ''] = lines;
  return lines.length === 1 ? quotedShort(first, MAX_QUOTE) : count(lines.length, 'line');
}

function conditionOf(patch: PatchInput): string {
  const lines = expectedLines(patch);
  const [first = ''] = lines;
  if (lines.length > 1) return `, if the ${lines.length} lines it expects are there`;
  return `, if ${quotedShort(first, MAX_QUOTE)} is there`;
}

function aboutAll({ snapshot, batch }: Session, { counts }: CheckReport): string {
  if (batch.patchCount === 0) return 'The file stays as it is.';
  const { linesRemoved, linesAdded, netLineGrowth, firstLine, lastLine } = counts;
  const where = lineSpan({ from: firstLine, to: lastLine });
  const flow = `${count(linesRemoved, 'line')} out, ${count(linesAdded, 'line')} in`;
  const all = `All in all: ${kinds(counts)} at ${where}; ${flow}`;
  const { lineCount } = snapshot;
  if (netLineGrowth === 0) return `${all}: the file would keep its ${count(lineCount, 'line')}.`;
  const change = netLineGrowth > 0 ? 'grow' : 'shrink';
  const by = count(Math.abs(netLineGrowth), 'line');
  return `${all}: the file would ${change} by ${by}, from ${lineCount} to ${lineCount + netLineGrowth}.`;
}

function aboutVerdict({ batch, options }: Session, { violations, warnings }: CheckReport): string {
  const warned = count(warnings.length, 'warning');
  if (violations.length === 0) {
    const also = warnings.length === 0 ? '' : `, with ${warned}`;
    return `The batch is lawful${also}: firn apply would apply ${batch.patchCount === 1 ? 'it' : 'all of it'}.`;
  }
  const also = warnings.length === 0 ? '' : ` and ${warned}`;
  const broken = count(violations.length, 'violation');
  if (options.policy === 'best-effort' && violations.every(({ patch }) => patch)) {
    const rest = batch.patchCount - violations.length;
    return `The batch has ${broken}${also}: firn apply would leave out as many patches and apply ${rest}.`;
  }
  return `The batch has ${broken}${also}: firn apply would refuse it.`;
}
