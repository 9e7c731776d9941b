/**
 * Replaces a file as one step: whoever opens it sees the old bytes or the new ones, never a mixture,
 * whatever happens in between. The new bytes are written to a file beside it, flushed, and renamed.
 */
import { randomBytes } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  write,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { Failure } from '../failure.js';
import { errnoOf, ioFailure, type Place } from './errno.js';
import { type Identity, identityOf, isSame } from './read.js';

const writeSome = promisify(write);
const flush = promisify(fsync);

export interface Replacement {
  /** The file, with no symbolic link at its end. */
  readonly path: string;
  /** How messages call it: as the user did. */
  readonly place: Place;
  readonly bytes: Uint8Array;
  /** What the file is now, for its mode and owner; undefined when there is none. */
  readonly stats: BigIntStats | undefined;
  /** Refuse when the file is no longer this. */
  readonly expected?: Identity | undefined;
}

export async function replaceFile(replacement: Replacement): Promise<void> {
  const { place } = replacement;
  const folder = path.dirname(replacement.path);
  // Nobody can guess it, and O_EXCL follows no link: nothing planted in the folder is written to.
  const temporary = path.join(folder, `.firn-${randomBytes(12).toString('hex')}.tmp`);
  const signals = new SignalGuard(temporary);
  try {
    const fd = create(temporary, replacement);
    await fill(fd, replacement);
    requireUnchanged(replacement);
    putInPlace(temporary, replacement);
  } catch (error) {
    remove(temporary);
    throw error instanceof Failure ? error : ioFailure('write', place, error);
  } finally {
    signals.release();
  }
  flushFolder(folder, place);
}

/** In one go: a signal is handled before this or after it, and finds no file or this one. */
function create(temporary: string, { stats, place }: Replacement): number {
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  try {
    // The text may be secret: until it has the old file's mode it is the user's alone.
    return openSync(temporary, O_CREAT | O_EXCL | O_WRONLY, stats ? 0o600 : 0o666);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== 'EACCES') throw error;
    const message = `cannot write ${place.name}: no permission to create a file in its directory`;
    throw new Failure('io', message, { path: place.path, errno });
  }
}

/** Writes the new file and gets it to the disk, under the mode and owner of the old one. */
async function fill(fd: number, { bytes, stats }: Replacement): Promise<void> {
  try {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await writeSome(fd, bytes, at, Math.min(bytes.length - at, STEP));
      at += bytesWritten;
    }
    if (stats) takeOver(fd, stats);
    await flush(fd);
  } finally {
    closeSync(fd);
  }
}

/** Between steps signals are heard. */
const STEP = 1 << 24;

/** Owner first: the system takes set-user-id away when the owner changes. */
function takeOver(fd: number, stats: BigIntStats): void {
  const mode = Number(stats.mode & 0o7777n);
  const kept = attempt(() => fchownSync(fd, Number(stats.uid), Number(stats.gid)));
  // Who may not give a file away keeps it, but never with another one's set-user-id.
  fchmodSync(fd, kept ? mode : mode & 0o777);
}

function attempt(deed: () => void): boolean {
  try {
    deed();
    return true;
  } catch {
    return false;
  }
}

/** Just before the rename, so that the time in which a change goes unseen is as short as can be. */
function requireUnchanged({ path: file, place, expected }: Replacement): void {
  if (!expected) return;
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (stats && isSame(expected, identityOf(stats))) return;
  const message = `cannot write ${place.name}: it changed since it was read`;
  throw new Failure('changed_meanwhile', message, { path: place.path });
}

/** Where there was no file, one that someone else has made meanwhile is not replaced. */
function putInPlace(temporary: string, { path: file, place, stats }: Replacement): void {
  if (stats) {
    renameSync(temporary, file);
    return;
  }
  try {
    linkSync(temporary, file);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EEXIST') {
      const message = `cannot write ${place.name}: someone else has made it meanwhile`;
      throw new Failure('changed_meanwhile', message, { path: place.path });
    }
    // Not every file system has links; a rename is what is left there.
    if (errno === 'EPERM' || errno === 'ENOTSUP' || errno === 'EOPNOTSUPP' || errno === 'ENOSYS') {
      renameSync(temporary, file);
      return;
    }
    throw error;
  }
  remove(temporary);
}

function remove(temporary: string): void {
  attempt(() => unlinkSync(temporary));
}

/** The rename itself is on the disk when the folder is. Not every file system flushes folders. */
function flushFolder(folder: string, place: Place): void {
  let fd: number | undefined;
  try {
    fd = openSync(folder, 'r');
    fsyncSync(fd);
  } catch (error) {
    if (errnoOf(error) !== 'EIO') return;
    const message = `${place.name} is written, but its directory could not be flushed: input/output error`;
    throw new Failure('io', message, { path: place.path, errno: 'EIO' });
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Takes the temporary file away when the process is told to end, and then ends it just so. */
class SignalGuard {
  readonly #signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
  readonly #clean: (signal: NodeJS.Signals) => void;

  constructor(temporary: string) {
    this.#clean = (signal) => {
      remove(temporary);
      this.release();
      process.kill(process.pid, signal);
    };
    for (const signal of this.#signals) process.on(signal, this.#clean);
    // A file past the allowed size is an error like a full disk, not a reason to be killed.
    process.on('SIGXFSZ', ignore);
  }

  release(): void {
    for (const signal of this.#signals) process.off(signal, this.#clean);
    process.off('SIGXFSZ', ignore);
  }
}

function ignore(): void {}
