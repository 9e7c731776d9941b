/** A diff that could not be read: where in it, and why. */
import type { FirnError } from '@firn/engine';
import type { Input } from '../io/read.js';
import type { Screen } from '../io/screen.js';
import { excerptOfBytes, placeInBytes } from './bytes-excerpt.js';
import { type Diagnostic, renderDiagnostic } from './diagnostic.js';

export function renderUnreadableDiff(error: FirnError, input: Input, screen: Screen): string {
  const { code, message, position } = error;
  const shown: Diagnostic = position
    ? pointingAt(position.byteOffset, error, input)
    : { severity: 'error', code, message, place: input.label, notes: [] };
  const verdict = 'firn: the diff is refused, nothing is written\n';
  return `${renderDiagnostic(shown, screen.width, screen.palette)}${verdict}`;
}

function pointingAt(offset: number, error: FirnError, { bytes, label }: Input): Diagnostic {
  const { line, column } = placeInBytes(bytes, offset);
  const end = bytes.indexOf('\n', offset);
  const notes = helpFor(error, offset >= bytes.length);
  return {
    severity: 'error',
    code: error.code,
    message: error.message,
    place: `${label}:${line}:${column}`,
    excerpt: excerptOfBytes(bytes, offset, end === -1 ? bytes.length : end, ''),
    notes: notes === undefined ? [] : [{ label: 'help', text: notes }],
  };
}

function helpFor({ code, message }: FirnError, atEnd: boolean): string | undefined {
  if (code !== 'malformed_diff') return undefined;
  if (/: no diff in it$/.test(message)) {
    return 'a diff has the headers --- and +++, or those of git, and below them hunks that begin with @@';
  }
  if (atEnd) return 'the diff ends too early: was it copied or downloaded whole?';
  return /header says/.test(message)
    ? '--recount counts the lines of hunks that were edited by hand'
    : undefined;
}
