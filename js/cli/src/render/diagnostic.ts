/** A diagnostic as compilers print them: what, where, the lines in question, why, and what to do. */
import type { Palette } from './colors.js';
import { type Excerpt, renderExcerpt } from './excerpt.js';
import { plain } from './safe.js';

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** The engine's code: what to search for, and what scripts match. */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  /** `file`, `file:line` or `file:line:column`: what editors and terminals open. */
  readonly place: string;
  readonly excerpt?: Excerpt | undefined;
  readonly notes: readonly Note[];
}

export interface Note {
  /** "patch", "law 5", "help" */
  readonly label: string;
  readonly text: string;
}

/** Ends with an empty line, so that the next one stands apart. */
export function renderDiagnostic(diagnostic: Diagnostic, width: number, palette: Palette): string {
  const { severity, code, message, place, excerpt, notes } = diagnostic;
  const last = excerpt?.lines.at(-1)?.number ?? 0;
  const gutter = String(last).length;
  const margin = ' '.repeat(gutter);
  const head = severity === 'error' ? palette.error : palette.warning;
  const out = [
    `${head(`${severity}[${code}]`)}${palette.strong(`: ${plain(message)}`)}`,
    `${margin}${palette.frame('-->')} ${plain(place)}`,
  ];
  if (excerpt) {
    out.push(...renderExcerpt(excerpt, width, gutter, palette));
    if (notes.length > 0) out.push(`${margin} ${palette.frame('|')}`);
  }
  for (const { label, text } of notes) {
    const title = label === 'help' ? palette.note(label) : palette.strong(label);
    out.push(`${margin} ${palette.frame('=')} ${title}: ${plain(text)}`);
  }
  return `${out.join('\n')}\n\n`;
}
