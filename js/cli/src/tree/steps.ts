/** One step of an apply: taken, found to be taken, and taken back. */
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';
import { writeFull } from '../io/calls.js';
import { errnoOf } from '../io/errno.js';
import { EXCLUSIVELY } from './journal.js';
import type { JournalStep, Old, Record, WriteStep } from './journal-format.js';
import { folderOf } from './names.js';
import type { Root } from './root.js';

/** Takes it. */
export function take(root: Root, step: JournalStep): void {
  const path = root.at(step.path);
  switch (step.kind) {
    case 'write':
      renameSync(root.at(step.staged), path);
      break;
    case 'remove':
      unlinkSync(path);
      break;
    case 'folder':
      mkdirSync(path);
      break;
    case 'prune':
      removeFolder(path);
      break;
  }
}

/**
 * Of a file that is to be written, its new content lies ready until that is done; or the old one lies
 * there, when the two have changed places and it has not gone yet.
 */
export function isTaken(root: Root, step: JournalStep, record: Record): boolean {
  const parent = folderOf(step.path);
  if (parent !== '' && !isFolder(root, parent))
    return step.kind === 'remove' || step.kind === 'prune';
  const stats = root.stats(step.path);
  switch (step.kind) {
    case 'write':
      return root.stats(step.staged) === undefined || isNoLongerOld(root, step, record);
    case 'remove':
      return stats === undefined || stats.isDirectory();
    case 'folder':
      return stats?.isDirectory() ?? false;
    case 'prune':
      return !stats?.isDirectory();
  }
}

function isNoLongerOld(root: Root, { path, before }: WriteStep, record: Record): boolean {
  const now = before && root.read(path);
  return now ? !now.bytes.equals(record.content(before)) : false;
}

/** Looked at anew every time: folders come and go with the steps. */
function isFolder(root: Root, folder: string): boolean {
  const parent = folderOf(folder);
  if (parent !== '' && !isFolder(root, parent)) return false;
  return root.stats(folder)?.isDirectory() ?? false;
}

/** Takes back the steps that were taken, the last first, and clears away what lay ready. */
export function takeBack(root: Root, record: Record): void {
  record.beginUndo();
  for (const step of [...record.steps].reverse()) {
    if (isTaken(root, step, record)) undo(root, step, record);
  }
  discard(root, record);
  clearRestored(root, record);
}

/** Removes what lies beside: new files that were not put in place, old ones whose place was taken. */
export function discard(root: Root, { steps }: Pick<Record, 'steps'>): void {
  for (const step of steps) {
    if (step.kind === 'write' && root.hasFolder(folderOf(step.staged))) remove(root, step.staged);
  }
}

function undo(root: Root, step: JournalStep, record: Record): void {
  const path = root.at(step.path);
  switch (step.kind) {
    case 'write':
      if (step.before) restore(root, step.path, step.before, record.content(step.before));
      else removeFile(root, step.path);
      break;
    case 'remove':
      restore(root, step.path, step.before, record.content(step.before));
      break;
    case 'folder':
      removeFolder(path);
      break;
    case 'prune':
      mkdirSync(path, { recursive: true });
      break;
  }
}

/** Writes the old file beside and puts it in place: at no moment is there half of it. */
function restore(root: Root, file: string, { mode, uid, gid }: Old, bytes: Uint8Array): void {
  const path = root.at(file);
  const beside = restoredIn(folderOf(file));
  const staged = root.at(beside);
  remove(root, beside);
  const fd = openSync(staged, EXCLUSIVELY, mode & 0o777);
  try {
    writeFull(fd, bytes);
  } finally {
    closeSync(fd);
  }
  try {
    chownSync(staged, uid, gid);
    chmodSync(staged, mode);
  } catch {
    // Who may not give it away keeps it, without what another one's mode allows.
    chmodSync(staged, mode & 0o777);
  }
  renameSync(staged, path);
}

function restoredIn(folder: string): string {
  return `${folder === '' ? '' : `${folder}/`}.firn-00000000-old.tmp`;
}

/** Removes what one that was itself cut short was about to restore. */
export function clearRestored(root: Root, { steps }: Pick<Record, 'steps'>): void {
  for (const folder of new Set(steps.map(({ path }) => folderOf(path)))) {
    if (folder === '' || isFolder(root, folder)) remove(root, restoredIn(folder));
  }
}

/** Of a step that was taken back already, there may be a folder again in its place. */
function removeFile(root: Root, file: string): void {
  if (!root.stats(file)?.isDirectory()) remove(root, file);
}

function remove(root: Root, file: string): void {
  try {
    unlinkSync(root.at(file));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== 'ENOENT' && errno !== 'ENOTDIR') throw error;
  }
}

/** Ours to remove only while nobody has put anything into it. */
function removeFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== 'ENOTEMPTY' && errno !== 'EEXIST' && errno !== 'ENOENT') throw error;
  }
}
