/**
 * What an apply to a tree is about to do, written down before it does it, so that whoever finds the
 * tree afterwards can finish it or take it back. One file in the root:
 *
 *     {"schema":"firn.journal/1", ..., "steps":[...]}\n     what is done, in this order
 *     old content of every file that is replaced or removed, one after the other
 *     \nready +\n                                           appended when all new files lie ready
 *
 * Its "+" becomes "-" before the first step is taken back: from there on no step can be told from one
 * that is still to be taken, so there is no way but back. Without the last line nothing of the tree was touched but for files beside, which the steps name.
 * It may be anybody's: a tree that was unpacked can bring a journal along, so no path in it is trusted.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
  writevSync,
} from 'node:fs';
import process from 'node:process';
import { crc32 } from 'node:zlib';
import { Failure } from '../failure.js';
import { errnoOf, fileNamed, ioFailure } from '../io/errno.js';
import { quoted } from '../render/safe.js';
import type { Before } from './draft.js';
import { folderOf, isOurs, JOURNAL, pathOf } from './names.js';
import type { Step } from './plan.js';
import type { Root } from './root.js';

/** Where in the journal the old content of a file stands, and what else the file was. */
export interface Old {
  readonly offset: number;
  readonly byteLength: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export type JournalStep =
  | { readonly kind: 'remove'; readonly path: string; readonly before: Old }
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'write';
      readonly path: string;
      /** The new file, until it is put in its place. */
      readonly staged: string;
      readonly byteLength: number;
      readonly crc32: number;
      readonly before: Old | null;
    }
  | { readonly kind: 'prune'; readonly path: string };

export type WriteStep = Extract<JournalStep, { kind: 'write' }>;

interface Header {
  readonly schema: 'firn.journal/1';
  /** Who is at work, so that nobody takes over while it still is. */
  readonly process: ProcessIdentity;
  readonly steps: readonly JournalStep[];
}

interface ProcessIdentity {
  readonly id: number;
  /** As the system has it; ids are used again. Empty where it does not tell. */
  readonly started: string;
}

/** The steps, and the old contents they need to be taken back. */
export interface Record {
  readonly steps: readonly JournalStep[];
  content(old: Old): Uint8Array;
}

const READY = '\nready +\n';
const TAKEN_BACK = '\nready -\n';

/** What goes ahead of the steps that are taken back. */
export interface UndoRecord extends Record {
  /** From here on nobody goes on with it: it can only be taken back. */
  beginUndo(): void;
}

/** The journal of this very process. */
export class Journal implements UndoRecord {
  readonly steps: readonly JournalStep[];
  readonly #root: Root;
  readonly #fd: number;
  readonly #contents = new Map<Old, Buffer>();
  /** Where the last line begins, once it is there. */
  #readyAt = 0;

  /** Writes it down; of the tree nothing is touched yet. Throws when there is one already. */
  constructor(root: Root, steps: readonly Step[]) {
    this.#root = root;
    this.steps = this.#describe(steps);
    this.#fd = this.#create();
    try {
      const header: Header = { schema: 'firn.journal/1', process: ourselves(), steps: this.steps };
      writeWhole(this.#fd, [
        Buffer.from(`${JSON.stringify(header)}\n`),
        ...this.#contents.values(),
      ]);
    } catch (error) {
      this.end();
      throw ioFailure('write', fileNamed(root.shown(JOURNAL)), error);
    }
  }

  content(old: Old): Buffer {
    const bytes = this.#contents.get(old);
    if (bytes === undefined) throw new Error('no such content in the journal');
    return bytes;
  }

  /** From here on the tree is worked on. */
  ready(flush: boolean): void {
    this.#readyAt = fstatSync(this.#fd).size;
    writeWhole(this.#fd, [Buffer.from(READY)]);
    if (flush) fsyncSync(this.#fd);
  }

  beginUndo(): void {
    markUndo(this.#fd, this.#readyAt);
  }

  /** Nothing is left to be done or taken back. */
  end(): void {
    closeSync(this.#fd);
    unlinkSync(this.#root.at(JOURNAL));
  }

  #create(): number {
    try {
      return openSync(this.#root.at(JOURNAL), EXCLUSIVELY, 0o600);
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') {
        // Made since we looked; if its owner is at work, that is what is said.
        findJournal(this.#root);
        throw unfinished(this.#root);
      }
      throw ioFailure('write', fileNamed(this.#root.shown(JOURNAL)), error);
    }
  }

  #describe(steps: readonly Step[]): JournalStep[] {
    const tag = randomBytes(8).toString('hex');
    let offset = 0;
    const old = ({ bytes, identity }: Before): Old => {
      const { mode, uid, gid } = identity;
      const where = { offset, byteLength: bytes.length, mode: mode & 0o7777, uid, gid };
      offset += bytes.length;
      this.#contents.set(where, bytes);
      return where;
    };
    return steps.map((step, index) => {
      if (step.kind === 'folder' || step.kind === 'prune') return step;
      if (step.kind === 'remove') {
        return { kind: 'remove', path: step.deed.path, before: old(step.deed.before) };
      }
      const { path, before, after } = step.deed;
      return {
        kind: 'write',
        path,
        staged: this.#beside(path, `.firn-${tag}-${index}.tmp`),
        byteLength: after.bytes.length,
        crc32: crc32(after.bytes),
        before: before ? old(before) : null,
      };
    });
  }

  /** In the same folder, or, when that is still to be made, in the next one above it. */
  #beside(path: string, name: string): string {
    let folder = folderOf(path);
    while (!this.#root.hasFolder(folder)) folder = folderOf(folder);
    return folder === '' ? name : `${folder}/${name}`;
  }
}

const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW = 0 } = constants;
/** A new file of ours, or none. */
export const EXCLUSIVELY = O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW;

/** The system takes so many pieces in one call. */
const MAX_PIECES = 1024;

function writeWhole(fd: number, pieces: readonly Uint8Array[]): void {
  for (let at = 0; at < pieces.length; at += MAX_PIECES) {
    const some = pieces.slice(at, at + MAX_PIECES).filter((piece) => piece.length > 0);
    if (some.length > 0) writeRest(fd, some, writevSync(fd, some));
  }
}

/** A call may stop early; the next one tells why. */
function writeRest(fd: number, pieces: readonly Uint8Array[], written: number): void {
  let before = 0;
  for (const piece of pieces) {
    for (let at = Math.max(written - before, 0); at < piece.length; ) {
      at += writeSync(fd, piece, at, Math.min(piece.length - at, MAX_CALL_BYTES), null);
    }
    before += piece.length;
  }
}

/** A system call takes 31 bits of length at most. */
const MAX_CALL_BYTES = 1 << 30;

/** One byte over another: there is room for it on a full disk, and half of it is never there. */
function markUndo(fd: number, readyAt: number): void {
  const at = [...READY].findIndex((character, index) => character !== TAKEN_BACK[index]);
  writeSync(fd, TAKEN_BACK.charAt(at), readyAt + at);
}

/** A journal that someone has left behind. */
export interface Found extends UndoRecord {
  /** Whether steps may have been taken; if not, all there can be is files that lay ready. */
  readonly begun: boolean;
  /** Whether steps may have been taken back. */
  readonly undoBegun: boolean;
}

/** What an earlier apply has left in the root; undefined: nothing. Throws when it is still at work. */
export function findJournal(root: Root): Found | undefined {
  const bytes = readWhenOwned(root);
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf('\n');
  // Cut off: it was killed while it wrote this, before it did anything else.
  if (end === -1) {
    const [, id, started] = /"process":\{"id":(\d+),"started":"(\d*)"/.exec(bytes.toString()) ?? [];
    if (id !== undefined) requireDead({ id: Number(id), started: started ?? '' }, root);
    return nothingBegun;
  }
  const { process: owner, steps } = headerOf(bytes.subarray(0, end), root);
  requireDead(owner, root);
  const contents = bytes.subarray(end + 1);
  const total = steps.reduce((sum, step) => sum + (oldOf(step)?.byteLength ?? 0), 0);
  const last = contents.subarray(total, total + READY.length + 1).toString();
  return {
    begun: last === READY || last === TAKEN_BACK,
    undoBegun: last === TAKEN_BACK,
    steps,
    beginUndo: () => reopen(root, (fd) => markUndo(fd, end + 1 + total)),
    content: ({ offset, byteLength }) => contents.subarray(offset, offset + byteLength),
  };
}

const nothingBegun: Found = {
  begun: false,
  undoBegun: false,
  steps: [],
  beginUndo: () => {},
  content: () => new Uint8Array(),
};

function reopen(root: Root, write: (fd: number) => void): void {
  const fd = openSync(root.at(JOURNAL), constants.O_WRONLY | O_NOFOLLOW);
  try {
    write(fd);
  } finally {
    closeSync(fd);
  }
}

/** For who asks how to go on. */
export function unfinished(root: Root, undoBegun = false): Failure {
  const command = `firn apply${root.name === '.' ? '' : ` -d ${root.name}`}`;
  const message = undoBegun
    ? `taking back an earlier apply to ${rootName(root)} was cut short: "${command} --abort" finishes that`
    : `an earlier apply to ${rootName(root)} was cut short: "${command} --continue" finishes it, "${command} --abort" takes it back`;
  return new Failure('unfinished', message, { path: root.name });
}

export function rootName(root: Root): string {
  return quoted(root.name, "'");
}

export function removeJournal(root: Root): void {
  unlinkSync(root.at(JOURNAL));
}

/** Whoever has just made it writes their name into it next: that is waited for, but not for ever. */
function readWhenOwned(root: Root): Buffer | undefined {
  for (;;) {
    const bytes = readJournal(root);
    const made = root.stats(JOURNAL)?.mtimeMs ?? 0;
    if (bytes === undefined || bytes.length > 0 || Date.now() - made > PATIENCE_MS) return bytes;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

const PATIENCE_MS = 1000;

function readJournal(root: Root): Buffer | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(root.at(JOURNAL), constants.O_RDONLY | O_NOFOLLOW);
    return readFileSync(fd);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw ioFailure('read', fileNamed(root.shown(JOURNAL)), error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Refuses what Firn cannot have written: a path that leads out of the tree, say. */
function headerOf(json: Buffer, root: Root): Header {
  try {
    const header = JSON.parse(json.toString()) as Header;
    if (header.schema !== 'firn.journal/1') throw new Error('another schema');
    let offset = 0;
    for (const step of header.steps) {
      requireInside(step.path);
      if (step.kind === 'write') {
        requireInside(folderOf(step.staged));
        const name = step.staged.slice(step.staged.lastIndexOf('/') + 1);
        if (!isOurs(name)) throw new Error('not a file of ours');
      }
      const old = oldOf(step);
      if (old && old.offset !== offset) throw new Error('contents out of order');
      offset += old?.byteLength ?? 0;
    }
    return header;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const { name } = fileNamed(root.shown(JOURNAL));
    throw new Failure('io', `cannot read ${name}: it is no journal of Firn's: ${why}`);
  }
}

function requireInside(path: string): void {
  if (path !== '' && pathOf(path, 0) !== path) throw new Error('a path that is none');
}

export function oldOf(step: JournalStep): Old | null {
  return step.kind === 'write' || step.kind === 'remove' ? step.before : null;
}

function ourselves(): ProcessIdentity {
  return { id: process.pid, started: startOf(process.pid) };
}

function requireDead(owner: ProcessIdentity, root: Root): void {
  if (!isAlive(owner)) return;
  const message = `${rootName(root)} is being worked on by another firn, process ${owner.id}`;
  throw new Failure('unfinished', message, { path: root.name });
}

function isAlive({ id, started }: ProcessIdentity): boolean {
  if (id === process.pid && started === startOf(id)) return true;
  try {
    process.kill(id, 0);
  } catch (error) {
    return errnoOf(error) === 'EPERM' && started === startOf(id);
  }
  return started === startOf(id);
}

/** When a process began, in the system's own count; empty where /proc does not say. */
function startOf(id: number): string {
  try {
    // The name of the program, in parentheses, may hold anything.
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
  } catch {
    return '';
  }
}
