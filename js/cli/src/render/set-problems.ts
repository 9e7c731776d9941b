/** What is wrong with patch sets, as diagnostics. */
import { readFileSync } from 'node:fs';
import type { SetErrorCode, SetErrorFields } from '@firn/sets';
import type { Screen } from '../io/screen.js';
import { JsonPlaces } from '../json/locate.js';
import { excerptOfBytes, placeInBytes } from './bytes-excerpt.js';
import { type Diagnostic, type Note, renderDiagnostic } from './diagnostic.js';

/** Nobody reads more; `--json` has them all. */
const MOST_SHOWN = 50;
/** Of one patch. */
const MOST_REASONS = 10;

export function renderProblems(
  problems: readonly SetErrorFields[],
  { width, palette }: Screen,
): string {
  const shown = problems
    .slice(0, MOST_SHOWN)
    .map((problem) => renderDiagnostic(diagnose(problem), width, palette));
  const left = problems.length - shown.length;
  const more = left === 0 ? '' : `... and ${left} more (--json has all)\n\n`;
  return `${shown.join('')}${more}`;
}

function diagnose(problem: SetErrorFields): Diagnostic {
  const { code, path, file, violations = [] } = problem;
  const place = path ?? file ?? '';
  const pointed = placeOf(problem);
  // The first reason is in the message.
  const reasons = violations
    .slice(1, MOST_REASONS)
    .map(({ message: text }) => ({ label: 'also', text }));
  const notes: Note[] = [...reasons, { label: 'help', text: advice[code] }];
  return {
    severity: 'error',
    code,
    // The place says where, and in characters.
    message: withoutPlace(problem),
    ...(pointed ?? { place }),
    notes,
  };
}

/** The message of a problem without the place that it begins with, for who shows that by itself. */
export function withoutPlace({ message, path, position }: SetErrorFields): string {
  const place = `${path}:${position?.line}:${position?.byteColumn}: `;
  return message.startsWith(place) ? message.slice(place.length) : message;
}

/** Where in a manifest or patch, if it can still be read. */
function placeOf({
  path,
  position,
}: SetErrorFields): Pick<Diagnostic, 'place' | 'excerpt'> | undefined {
  if (path === undefined || position === undefined) return undefined;
  const bytes = readAgain(path);
  if (!bytes || position.byteOffset > bytes.length) {
    return { place: `${path}:${position.line}:${position.byteColumn}` };
  }
  const { line, column } = placeInBytes(bytes, position.byteOffset);
  const end = new JsonPlaces(bytes).tokenEnd(position.byteOffset);
  const place = `${path}:${line}:${column}`;
  return { place, excerpt: excerptOfBytes(bytes, position.byteOffset, end, '') };
}

function readAgain(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

const advice: Readonly<Record<SetErrorCode, string>> = {
  set_malformed: 'mend it where it is pointed at, or take the file back from version control',
  set_limit_exceeded: 'split the set',
  set_unsafe_path:
    'patches, and what they patch, are named by paths below their folder that no link leads out of',
  set_unknown_set: 'firn init makes a set',
  set_unknown_file:
    '--root says where the baseline is; if it has lost the file, remove its patches, or name the file that took its place',
  set_missing_patch: 'bring the patch file back, or take its entry out of the manifest',
  set_unused_patch:
    'a patch changes something, and its manifest names it: firn add records a file that lies there already',
  set_duplicate: 'give one of the two another name',
  set_wrong_file:
    'a patch changes the text of the one file that its entry names; files come and go by other means',
  set_base_mismatch:
    'the text under the patch is another by now: firn rebase carries a patch over, and firn resolve decides what it could not',
  set_ambiguous_base: 'join the two patches into one, or take one of them out',
  set_result_mismatch:
    'the patch file was changed by hand: take that back, or record what it says now (firn add)',
  set_collision: 'say it in one of the two, or let one follow the other (firn add --after)',
  set_patch_refused:
    'the patch does not fit the text that it was made for: make it anew from that text',
  set_artefact_mismatch: 'build again',
  set_changed_meanwhile: 'run the command again',
};
