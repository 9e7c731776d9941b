/** A batch that could not be read: where in its JSON, and what may have been meant. */
import type { FirnError } from '@firn/engine';
import type { Input } from '../io/read.js';
import type { Screen } from '../io/screen.js';
import { JsonPlaces } from '../json/locate.js';
import { excerptOfBytes, placeInBytes } from './bytes-excerpt.js';
import { type Diagnostic, renderDiagnostic } from './diagnostic.js';
import { similarTo } from './similar.js';

const batchKeys = [
  'schema',
  'id',
  'file',
  'base',
  'revision',
  'patches',
  'fingerprint',
  'lineCount',
];
const operations = ['replace', 'delete', 'insert'];
const patchKeys = ['id', 'op', 'line', 'endLine', 'text', 'lines', 'expect'];

export function renderUnreadable(error: FirnError, batchFile: Input, screen: Screen): string {
  const { code, message, position } = error;
  const { width, palette } = screen;
  const shown: Diagnostic = position
    ? pointingAt(position.byteOffset, error, batchFile)
    : { severity: 'error', code, message, place: batchFile.label, notes: [] };
  return `${renderDiagnostic(shown, width, palette)}firn: the batch is refused, nothing is written\n`;
}

function pointingAt(offset: number, error: FirnError, { bytes, label }: Input): Diagnostic {
  const { code, message, position } = error;
  const places = new JsonPlaces(bytes);
  const end = places.tokenEnd(offset);
  const { line, column } = placeInBytes(bytes, offset);
  const help = helpFor(error, bytes, places.isKey(offset));
  return {
    severity: 'error',
    code,
    // The place says it too, and in characters; two columns would be one too many.
    message: withoutEnd(message, ` at line ${position?.line}, column ${position?.byteColumn}`),
    place: `${label}:${line}:${column}`,
    excerpt: excerptOfBytes(bytes, offset, end, ''),
    notes: help === undefined ? [] : [{ label: 'help', text: help }],
  };
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}

function helpFor(error: FirnError, bytes: Uint8Array, isKey: boolean): string | undefined {
  if (error.position?.byteOffset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb) {
    return 'save it as UTF-8 without a byte order mark';
  }
  const meant = isKey ? keyMeantBy(error) : operationMeantBy(error);
  return meant === undefined ? undefined : `did you mean "${meant}"?`;
}

function operationMeantBy({ code, found, message }: FirnError): string | undefined {
  const isOperation = code === 'malformed_batch' && /\.op\b/.test(message);
  return isOperation ? similarTo(found?.replaceAll('"', '') ?? '', operations) : undefined;
}

function keyMeantBy({ code, found, patch }: FirnError): string | undefined {
  if (code !== 'malformed_batch' || found === undefined) return undefined;
  const keys = patch ? patchKeys : batchKeys;
  // A key that is known has another fault: it is there twice.
  return keys.includes(found) ? undefined : similarTo(found, keys);
}
