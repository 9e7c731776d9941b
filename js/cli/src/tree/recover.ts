/**
 * An apply that was cut short, finished or taken back. Every file is looked at before anything is
 * done: what is neither as it was nor as it should be is somebody's work, and is not touched.
 */
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { Failure } from '../failure.js';
import { errnoOf, fileNamed, ioFailure } from '../io/errno.js';
import { quotedShort } from '../render/safe.js';
import { type JournalStep, oldOf, type WriteStep } from './journal-format.js';
import { folderOf, JOURNAL, MAX_NAME } from './names.js';
import { type Found, findJournal, removeJournal } from './read-journal.js';
import type { Root } from './root.js';
import { clearRestored, discard, isTaken, take, takeBack } from './steps.js';
import { rootName, unfinished } from './unfinished.js';

/** Nobody reads more. */
const MOST_NAMED = 5;

/** Takes the steps that are left. */
export function finishEarlier(root: Root): Found {
  const found = journalOf(root);
  if (!found.begun) throw nothingToFinish(root);
  if (found.undoBegun) throw unfinished(root, true);
  requireKnown(root, found, 'finish');
  doing(root, () => {
    for (const step of found.steps) if (!isTaken(root, step, found)) take(root, step);
    discard(root, found);
    clearRestored(root, found);
    removeJournal(root);
  });
  return found;
}

/** Brings back the tree as it was before. */
export function undoEarlier(root: Root): Found {
  const found = journalOf(root);
  if (found.begun) {
    requireKnown(root, found, 'undo');
    doing(root, () => {
      takeBack(root, found);
      removeJournal(root);
    });
  } else {
    clearUnbegun(root, found);
  }
  return found;
}

/** Clears away what was cut short before it touched a file. */
export function clearUnbegun(root: Root, found: Found): void {
  doing(root, () => {
    discard(root, found);
    removeJournal(root);
  });
}

/** What the system refuses then is no bug of ours; once it is put right, the same can be done again. */
function doing(root: Root, deed: () => void): void {
  try {
    deed();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    throw ioFailure('write', fileNamed(failedFile(error, root)), error);
  }
}

function failedFile(error: unknown, root: Root): string {
  const file = error instanceof Error && 'path' in error ? error.path : undefined;
  return typeof file === 'string' ? root.shown(path.relative(root.at(''), file)) : root.name;
}

function journalOf(root: Root): Found {
  const found = findJournal(root);
  if (found) return found;
  const message = `no apply to ${rootName(root)} was cut short`;
  throw new Failure('unfinished', message, { path: root.name });
}

function nothingToFinish(root: Root): Failure {
  const message = `the apply to ${rootName(root)} was cut short before it changed a file; --abort clears it away, and it can be run anew`;
  return new Failure('unfinished', message, { path: root.name });
}

function requireKnown(root: Root, found: Found, deed: 'finish' | 'undo'): void {
  const strange = found.steps.filter((step) => !isKnown(root, step, found, deed));
  if (strange.length === 0) return;
  const names = strange.slice(0, MOST_NAMED).map(({ path }) => quotedShort(path, MAX_NAME));
  const more = strange.length > names.length ? ` and ${strange.length - names.length} more` : '';
  const { name: journal } = fileNamed(root.shown(JOURNAL));
  const what = strange.length === 1 ? 'it' : 'them';
  const message = `nothing is done: changed since the apply was cut short: ${names.join(', ')}${more}; put ${what} back, or delete ${journal} to keep the tree as it is`;
  throw new Failure('changed_meanwhile', message, { path: root.name });
}

function isKnown(root: Root, step: JournalStep, found: Found, deed: 'finish' | 'undo'): boolean {
  // Refuses symbolic links on the way: the journal may be anybody's.
  root.hasFolder(folderOf(step.path));
  if (step.kind === 'write') root.hasFolder(folderOf(step.staged));
  if (step.kind === 'folder' || step.kind === 'prune') return true;
  const now = root.read(step.path)?.bytes;
  const old = oldOf(step);
  const isOld = old ? (now?.equals(found.content(old)) ?? false) : now === undefined;
  if (step.kind === 'remove') return isOld || now === undefined;
  // What stands there before it is written is what a step before it takes away.
  if (!isTaken(root, step, found)) return isOld || now === undefined;
  // Taken back, it looks taken still: its new file is gone either way. Doing it again does no harm.
  return isNew(step, now) || (deed === 'undo' && isOld);
}

function isNew(step: WriteStep, now: Buffer | undefined): boolean {
  return now?.length === step.byteLength && crc32(now) === step.crc32;
}
