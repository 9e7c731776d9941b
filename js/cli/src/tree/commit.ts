/**
 * Takes all steps or none. New files are written beside the old ones first; only when all of them lie
 * ready are they put in place, one rename after the other. Whoever ends the process at any moment
 * finds every file whole, old or new, and a journal that says how to go on.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { Failure } from '../failure.js';
import { writeFull } from '../io/calls.js';
import { errnoOf, fileNamed, ioFailure } from '../io/errno.js';
import { HeldSignals } from './held-signals.js';
import { EXCLUSIVELY, Journal } from './journal.js';
import type { JournalStep, Record, WriteStep } from './journal-format.js';
import { folderOf } from './names.js';
import { requireWritable, takeOver } from './permissions.js';
import type { Step, Write } from './plan.js';
import { isStill, type Root } from './root.js';
import { discard, take, takeBack } from './steps.js';
import { unfinished } from './unfinished.js';

export interface CommitOptions {
  /** Get every new file to the disk before the first is put in place: for when the power may fail. */
  readonly flush: boolean;
}

export async function commit(
  root: Root,
  steps: readonly Step[],
  { flush }: CommitOptions,
): Promise<void> {
  if (steps.length === 0) return;
  const signals = new HeldSignals();
  try {
    const journal = new Journal(root, steps);
    await stageAll(root, steps, journal, signals, flush);
    takeAll(root, journal);
    if (flush) flushFolders(root, journal.steps);
    journal.end();
  } finally {
    signals.release();
  }
}

/** Between so many files signals are heard. */
const FILES_PER_TURN = 256;

async function stageAll(
  root: Root,
  steps: readonly Step[],
  journal: Journal,
  signals: HeldSignals,
  flush: boolean,
): Promise<void> {
  let step: Step | undefined;
  try {
    for (const [index, described] of journal.steps.entries()) {
      step = steps[index];
      if (step?.kind === 'write' && described.kind === 'write') {
        stage(root, step.deed, described, flush);
      }
      if (index % FILES_PER_TURN === 0) await turn();
      if (signals.caught) break;
    }
    for (step of steps) requireUnchanged(root, step);
    if (!signals.caught) return journal.ready(flush);
  } catch (error) {
    discard(root, journal);
    journal.end();
    const path = step && 'deed' in step ? step.deed.path : '';
    throw error instanceof Failure ? error : ioFailure('write', fileNamed(root.shown(path)), error);
  }
  discard(root, journal);
  journal.end();
  throw signals.end();
}

/** Writes the new file beside the old one. Nobody can guess its name, and O_EXCL follows no link. */
function stage(root: Root, { before, after }: Write, { staged }: WriteStep, flush: boolean): void {
  const wanted = after.mode ?? (after.executable ? 0o777 : 0o666);
  const fd = openSync(root.at(staged), EXCLUSIVELY, wanted & 0o777);
  try {
    writeFull(fd, after.bytes);
    if (before) takeOver(fd, before.identity, wanted);
    if (flush) fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function requireUnchanged(root: Root, step: Step): void {
  if (step.kind !== 'write' && step.kind !== 'remove') return;
  const { path, before } = step.deed;
  const now = root.stats(path);
  if (before) requireWritable(root.at(path), before.identity);
  if (before ? isStill(before.identity, now) : now === undefined || now.isDirectory()) return;
  const message = before ? 'it changed since it was read' : 'someone else has made it meanwhile';
  const { path: named, name } = fileNamed(root.shown(path));
  throw new Failure('changed_meanwhile', `cannot write ${name}: ${message}`, { path: named });
}

/** From the first step on nothing stops us but an error, which takes back what was done. */
function takeAll(root: Root, journal: Journal): void {
  let current: JournalStep | undefined;
  try {
    for (current of journal.steps) take(root, current);
  } catch (error) {
    const failure = ioFailure('write', fileNamed(root.shown(current?.path ?? '')), error);
    throw takenBack(root, journal, failure);
  }
}

/** Takes back the steps that were taken before the failure. Returns what to say of it. */
export function takenBack(
  root: Root,
  journal: Record & { end(): void },
  failure: Failure,
): Failure {
  try {
    takeBack(root, journal);
  } catch {
    const { message } = unfinished(root, true);
    const path = { path: root.name };
    return new Failure('unfinished', `${failure.message}; ${message}`, path);
  }
  journal.end();
  return failure;
}

/** The renames are on the disk when the folders are. Not every file system flushes folders. */
function flushFolders(root: Root, steps: readonly JournalStep[]): void {
  for (const folder of new Set(steps.map(({ path }) => folderOf(path)))) {
    let fd: number | undefined;
    try {
      fd = openSync(root.at(folder), 'r');
      fsyncSync(fd);
    } catch (error) {
      const errno = errnoOf(error);
      // Pruned, or not for flushing.
      if (errno === 'EIO') throw ioFailure('write', fileNamed(root.shown(folder)), error);
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }
}
