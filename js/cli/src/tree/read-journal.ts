/**
 * A journal that is found in a tree. It may be anybody's: a tree that was unpacked can bring one
 * along. So only what this user has written is read, and nothing in it is believed unseen.
 */
import { closeSync, constants, fstatSync, openSync, type Stats, unlinkSync } from 'node:fs';
import process from 'node:process';
import { Failure } from '../failure.js';
import { readFull } from '../io/calls.js';
import { errnoOf, fileNamed, ioFailure } from '../io/errno.js';
import {
  type Header,
  type JournalStep,
  markUndo,
  type Old,
  oldOf,
  READY,
  type Record,
  SCHEMA,
  TAKEN_BACK,
} from './journal-format.js';
import { folderOf, isOurs, JOURNAL, pathOf } from './names.js';
import { isAlive, MAX_PROCESS_ID, type ProcessIdentity } from './process-identity.js';
import type { Root } from './root.js';
import { rootName } from './unfinished.js';

/** A journal that someone has left behind. */
export interface Found extends Record {
  /** Whether steps may have been taken; if not, all there can be is files that lay ready. */
  readonly begun: boolean;
  /** Whether steps may have been taken back. */
  readonly undoBegun: boolean;
}

/** What an earlier apply has left in the root; undefined: nothing. Throws when it is still at work. */
export function findJournal(root: Root): Found | undefined {
  return journalIn(root, (owner) => requireDead(owner, root));
}

/** The journal that the addon has written in this very process, and that stands for what it has left. */
export function ownJournal(root: Root): Found & { end(): void } {
  const found = journalIn(root, () => {}) ?? nothingBegun;
  return { ...found, end: () => removeJournal(root) };
}

function journalIn(root: Root, judge: (owner: ProcessIdentity) => void): Found | undefined {
  const bytes = readWhenOwned(root);
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf('\n');
  // Cut off: it was killed while it wrote this, before it did anything else.
  if (end === -1) {
    const owner = ownerOfCutOff(bytes);
    if (owner) judge(owner);
    return nothingBegun;
  }
  const { process: owner, steps } = headerOf(bytes.subarray(0, end), root);
  judge(owner);
  const contents = bytes.subarray(end + 1);
  const total = steps.reduce((sum, step) => sum + (oldOf(step)?.byteLength ?? 0), 0);
  const last = contents.subarray(total, total + READY.length + 1).toString();
  return {
    begun: last === READY || last === TAKEN_BACK,
    undoBegun: last === TAKEN_BACK,
    steps,
    content: ({ offset, byteLength }) => contents.subarray(offset, offset + byteLength),
    beginUndo: () => markUndoIn(root, end + 1 + total),
  };
}

export function removeJournal(root: Root): void {
  unlinkSync(root.at(JOURNAL));
}

const nothingBegun: Found = {
  begun: false,
  undoBegun: false,
  steps: [],
  content: () => new Uint8Array(),
  beginUndo: () => {},
};

const { O_RDONLY, O_WRONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

function markUndoIn(root: Root, readyOffset: number): void {
  const fd = openSync(root.at(JOURNAL), O_WRONLY | O_NOFOLLOW);
  try {
    markUndo(fd, readyOffset);
  } finally {
    closeSync(fd);
  }
}

/** Whoever has just made it writes their name into it next: that is waited for, but not for ever. */
function readWhenOwned(root: Root): Buffer | undefined {
  for (;;) {
    const read = readJournal(root);
    if (!read || read.bytes.length > 0 || Date.now() - read.modified > PATIENCE_MS) {
      return read?.bytes;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

const PATIENCE_MS = 1000;

function readJournal(root: Root): { bytes: Buffer; modified: number } | undefined {
  let fd: number | undefined;
  try {
    // A pipe in its place would be waited for without end.
    fd = openSync(root.at(JOURNAL), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stats = fstatSync(fd);
    requireOwn(stats, root);
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    return { bytes: bytes.subarray(0, readFull(fd, bytes)), modified: stats.mtimeMs };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return undefined;
    if (errno === 'ELOOP') throw notOurs(root, 'it is a symbolic link');
    if (error instanceof Failure) throw error;
    throw ioFailure('read', fileNamed(root.shown(JOURNAL)), error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** It says what files hold and whose they are: only from this very user is that taken. */
function requireOwn(stats: Stats, root: Root): void {
  if (!stats.isFile()) throw notOurs(root, 'it is no regular file');
  const uid = process.geteuid?.();
  // Where there are no users there are no such modes either.
  if (uid === undefined) return;
  if (stats.uid !== uid) throw notOurs(root, 'it belongs to another user');
  if ((stats.mode & 0o7777 & ~0o600) !== 0) throw notOurs(root, 'its mode is not 0600');
}

function notOurs(root: Root, why: string): Failure {
  const { path, name } = fileNamed(root.shown(JOURNAL));
  const message = `cannot read ${name}: it is no journal of Firn's: ${why}; delete it to go on without`;
  return new Failure('io', message, { path });
}

function ownerOfCutOff(bytes: Buffer): ProcessIdentity | undefined {
  const begin = bytes.subarray(0, 200).toString('latin1');
  const [, id, started] = /"process":\{"id":(\d+),"started":"(\d*)"/.exec(begin) ?? [];
  const owner = { id: Number(id), started: started ?? '' };
  return owner.id >= 1 && owner.id <= MAX_PROCESS_ID ? owner : undefined;
}

function requireDead(owner: ProcessIdentity, root: Root): void {
  if (!isAlive(owner)) return;
  const message = `${rootName(root)} is being worked on by another firn, process ${owner.id}`;
  throw new Failure('unfinished', message, { path: root.name });
}

/** Refuses what Firn cannot have written: a path that leads out of the tree, say. */
function headerOf(json: Buffer, root: Root): Header {
  try {
    return asHeader(JSON.parse(json.toString()));
  } catch (error) {
    throw notOurs(root, error instanceof Error ? error.message : String(error));
  }
}

function asHeader(value: unknown): Header {
  const { schema, process: owner, steps } = asFields(value);
  if (schema !== SCHEMA) throw new Error('another schema');
  const { id, started } = asFields(owner);
  if (typeof started !== 'string' || !/^\d*$/.test(started)) throw new Error('no time of a start');
  if (!Array.isArray(steps)) throw new Error('no steps');
  let offset = 0;
  const read = steps.map((fields: unknown): JournalStep => {
    const step = asStep(asFields(fields));
    const old = oldOf(step);
    if (old && old.offset !== offset) throw new Error('contents out of order');
    offset += old?.byteLength ?? 0;
    return step;
  });
  return { schema, process: { id: asCount(id, MAX_PROCESS_ID, 1), started }, steps: read };
}

interface Fields {
  readonly [name: string]: unknown;
}

function asFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw new Error('a field is missing');
  return { ...value };
}

function asStep({ kind, path, staged, byteLength, crc32, before }: Fields): JournalStep {
  switch (kind) {
    case 'folder':
    case 'prune':
      return { kind, path: asPath(path) };
    case 'remove':
      return { kind, path: asPath(path), before: asOld(before) };
    case 'write':
      return {
        kind,
        path: asPath(path),
        staged: asStaged(staged),
        byteLength: asCount(byteLength, Number.MAX_SAFE_INTEGER),
        crc32: asCount(crc32, MAX_UINT32),
        before: before === null ? null : asOld(before),
      };
    default:
      throw new Error('a step of no known kind');
  }
}

const MAX_UINT32 = 2 ** 32 - 1;

function asOld(value: unknown): Old {
  const { offset, byteLength, mode, uid, gid } = asFields(value);
  return {
    offset: asCount(offset, Number.MAX_SAFE_INTEGER),
    byteLength: asCount(byteLength, Number.MAX_SAFE_INTEGER),
    // Never a set-user-id that nobody but a file vouches for.
    mode: asCount(mode, 0o7777) & 0o777,
    uid: asCount(uid, MAX_UINT32),
    gid: asCount(gid, MAX_UINT32),
  };
}

function asCount(value: unknown, most: number, least = 0): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw new Error('a number out of range');
}

function asPath(value: unknown): string {
  if (typeof value === 'string' && value !== '' && pathOf(value, 0) === value) return value;
  throw new Error('a path that is none');
}

function asStaged(value: unknown): string {
  if (typeof value !== 'string') throw new Error('a path that is none');
  const folder = folderOf(value);
  if (folder !== '') asPath(folder);
  const name = folder === '' ? value : value.slice(folder.length + 1);
  if (!isOurs(name) || name.toLowerCase() === JOURNAL) throw new Error('not a file of ours');
  return value;
}
