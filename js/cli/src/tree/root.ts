/**
 * A folder whose files a diff may change. Nothing is followed out of it: a symbolic link on the way
 * to a file, or in its place, is refused wherever it leads, as git apply does.
 */
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  realpathSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.js';
import { readFull } from '../io/calls.js';
import { errnoOf, fileNamed, ioFailure } from '../io/errno.js';
import { type Identity, identityOf, isSame } from '../io/read.js';
import { folderOf, unsafePath } from './names.js';

/** A file as it was read. */
export interface TreeFile {
  readonly bytes: Buffer;
  readonly identity: FileIdentity;
}

/** What tells that a file is still the one that was read, and what a new one takes over from it. */
export interface FileIdentity extends Identity {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

function fileIdentityOf(stats: BigIntStats): FileIdentity {
  const { mode, uid, gid } = stats;
  return { ...identityOf(stats), mode: Number(mode), uid: Number(uid), gid: Number(gid) };
}

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

export class Root {
  /** As the user named it. */
  readonly name: string;
  readonly #path: string;
  /** What each folder looked at so far is; "" is the root. */
  readonly #folders = new Map<string, boolean>([['', true]]);

  constructor(name: string) {
    this.name = name;
    try {
      if (!statSync(name).isDirectory()) throw notFolder(name);
      this.#path = realpathSync(name);
    } catch (error) {
      throw error instanceof Failure ? error : ioFailure('read', fileNamed(name), error);
    }
  }

  /** For the system. */
  at(file: string): string {
    return file === '' ? this.#path : `${this.#path}/${file}`;
  }

  /** For people: from where they are. */
  shown(file: string): string {
    return this.name === '.' ? file : path.join(this.name, file);
  }

  /** Whether there is such a folder. A file in its place is none. Refuses symbolic links. */
  hasFolder(folder: string): boolean {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const found = this.hasFolder(folderOf(folder)) && this.#isFolder(folder);
    this.#folders.set(folder, found);
    return found;
  }

  #isFolder(folder: string): boolean {
    const stats = this.stats(folder);
    if (stats?.isSymbolicLink()) {
      throw unsafePath(folder, 'is a symbolic link, and no diff is followed through one');
    }
    return stats?.isDirectory() ?? false;
  }

  /** What is there now, not what a link leads to. */
  stats(file: string): BigIntStats | undefined {
    try {
      return lstatSync(this.at(file), { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      if (errnoOf(error) === 'ENOTDIR') return undefined;
      throw ioFailure('read', fileNamed(this.shown(file)), error);
    }
  }

  /** Reads a file whole; undefined when there is none, or a folder. What is neither is refused. */
  read(file: string): TreeFile | undefined {
    if (!this.hasFolder(folderOf(file))) return undefined;
    let fd: number | undefined;
    try {
      fd = openSync(this.at(file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      const stats = fstatSync(fd, { bigint: true });
      if (stats.isDirectory()) return undefined;
      if (!stats.isFile()) throw unsafePath(file, 'is no regular file');
      const bytes = room(Number(stats.size));
      // Shorter than it was: it is somebody else's work in progress.
      if (readFull(fd, bytes) < bytes.length) throw changed(this.shown(file));
      return { identity: fileIdentityOf(stats), bytes };
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'ENOENT') return undefined;
      if (errno === 'ELOOP') throw unsafePath(file, 'is a symbolic link, not a file');
      throw errno === undefined ? error : ioFailure('read', fileNamed(this.shown(file)), error);
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }
}

/** Small files share their memory: a buffer of its own for each of thousands takes longer than to read it. */
const SLAB_BYTES = 1 << 22;
let slab = Buffer.alloc(0);
let used = 0;

function room(byteLength: number): Buffer {
  if (byteLength > SLAB_BYTES / 16) return Buffer.allocUnsafeSlow(byteLength);
  if (used + byteLength > slab.length) {
    slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
    used = 0;
  }
  used += byteLength;
  return slab.subarray(used - byteLength, used);
}

function changed(name: string): Failure {
  const message = `cannot read ${fileNamed(name).name}: it changed while it was read`;
  return new Failure('changed_meanwhile', message, { path: name });
}

/** Whether a file is still what was read. */
export function isStill(before: FileIdentity, now: BigIntStats | undefined): boolean {
  return now !== undefined && isSame(before, identityOf(now));
}

function notFolder(name: string): Failure {
  const message = `cannot read ${fileNamed(name).name}: it is not a directory`;
  return new Failure('io', message, { path: name, errno: 'ENOTDIR' });
}
