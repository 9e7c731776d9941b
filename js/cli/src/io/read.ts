import { constants } from 'node:buffer';
import { type BigIntStats, closeSync, fstatSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.js';
import { plain } from '../render/safe.js';
import { readSome } from './calls.js';
import { errnoOf, ioFailure, type Place, placeOf } from './errno.js';

export interface Input extends Place {
  readonly bytes: Buffer;
  /** What diagnostics put before `:line`; safe to print. */
  readonly label: string;
  /** What the file was when it was read; undefined for standard input. */
  readonly identity: Identity | undefined;
}

/** What tells that a file is still the one that was read. */
export interface Identity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly byteLength: bigint;
  readonly modifiedNanoseconds: bigint;
  /** Nobody can set it back, as they can the time of modification. */
  readonly changedNanoseconds: bigint;
}

export function identityOf(stats: BigIntStats): Identity {
  return {
    device: stats.dev,
    inode: stats.ino,
    byteLength: stats.size,
    modifiedNanoseconds: stats.mtimeNs,
    changedNanoseconds: stats.ctimeNs,
  };
}

export function isSame(a: Identity, b: Identity): boolean {
  return (
    isSameFile(a, b) &&
    a.byteLength === b.byteLength &&
    a.modifiedNanoseconds === b.modifiedNanoseconds &&
    a.changedNanoseconds === b.changedNanoseconds
  );
}

/** The same file, whatever it holds. */
export function isSameFile(a: Identity, b: Identity): boolean {
  return a.device === b.device && a.inode === b.inode;
}

/** Reads a file, or standard input for `-`, whole. */
export async function readInput(path: string): Promise<Input> {
  const place = placeOf(path, 'standard input');
  const label = path === '-' ? '<stdin>' : plain(path);
  let fd: number | undefined;
  try {
    fd = path === '-' ? 0 : openSync(path, 'r');
    const before = fstatSync(fd, { bigint: true });
    const bytes = await readAll(fd, Number(before.size), place);
    if (!before.isFile()) return { ...place, label, bytes, identity: undefined };
    const identity = identityOf(before);
    if (!isSame(identity, identityOf(fstatSync(fd, { bigint: true })))) {
      const message = `cannot read ${place.name}: it changed while it was read`;
      throw new Failure('changed_meanwhile', message, { path });
    }
    return { ...place, label, bytes, identity: path === '-' ? undefined : identity };
  } catch (error) {
    throw error instanceof Failure ? error : ioFailure('read', place, error);
  } finally {
    if (fd !== undefined && fd !== 0) closeSync(fd);
  }
}

/** To begin with, when the size is unknown: a pipe. */
const PIPE_BYTES = 1 << 16;

/** The size is a hint: a pipe has none, and some files of the system say 0. */
async function readAll(fd: number, size: number, place: Place): Promise<Buffer> {
  // One byte more, so that the end of the file is seen without growing.
  let buffer = allocate(size > 0 ? size + 1 : PIPE_BYTES, place);
  let used = 0;
  for (;;) {
    const count = await readWaiting(fd, buffer, used);
    if (count === 0) return buffer.subarray(0, used);
    used += count;
    if (used === buffer.length) {
      const larger = allocate(used * 2, place);
      buffer.copy(larger);
      buffer = larger;
    }
  }
}

async function readWaiting(fd: number, buffer: Buffer, at: number): Promise<number> {
  for (;;) {
    try {
      return readSome(fd, buffer, at);
    } catch (error) {
      // Someone else's end of the pipe or terminal may have made it non-blocking.
      if (errnoOf(error) !== 'EAGAIN') throw error;
      await sleep(2);
    }
  }
}

function allocate(byteLength: number, { path, name }: Place): Buffer {
  if (byteLength <= constants.MAX_LENGTH) {
    try {
      return Buffer.allocUnsafeSlow(byteLength);
    } catch {
      // Said below.
    }
  }
  const message = `cannot read ${name}: it is too large for the memory there is (${byteLength} bytes)`;
  throw new Failure('io', message, { path });
}
