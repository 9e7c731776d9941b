/** What `-o OUT` and `--in-place` write to, found out before anything is written. */
import {
  accessSync,
  type BigIntStats,
  constants,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { Failure } from '../failure.js';
import { errnoOf, ioFailure, placeOf } from './errno.js';

export type Destination =
  /** A file descriptor that the process was started with. */
  | { readonly kind: 'descriptor'; readonly fd: number }
  /** A pipe or a device: nothing to replace. */
  | { readonly kind: 'stream'; readonly path: string }
  /** A regular file, or none yet; `path` has no symbolic link at its end. */
  | { readonly kind: 'file'; readonly path: string; readonly stats: BigIntStats | undefined };

/** `/dev/stdout` is whatever the shell has opened; opening it anew would be another file position. */
const descriptor = /^(?:\/dev\/fd|\/proc\/self\/fd)\/(\d+)$/;
const standard: Readonly<Record<string, number>> = { '-': 1, '/dev/stdout': 1, '/dev/stderr': 2 };

/** Where output for `path` goes: a link is followed, so that the link stays and its target changes. */
export function destinationOf(path: string): Destination {
  const fd = standard[path] ?? descriptor.exec(path)?.[1];
  if (fd !== undefined) {
    if (isInherited(Number(fd))) return { kind: 'descriptor', fd: Number(fd) };
    throw refused(path, 'no such descriptor was opened', 'EBADF');
  }
  try {
    const link = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (link === undefined) return { kind: 'file', path, stats: undefined };
    const stats = link.isSymbolicLink() ? targetOf(path) : link;
    if (stats.isDirectory()) throw refused(path, 'it is a directory', 'EISDIR');
    if (!stats.isFile()) return { kind: 'stream', path };
    const real = link.isSymbolicLink() ? realpathSync(path) : path;
    // A rename asks only the directory; a file that is not to be written must not be replaced either.
    accessSync(real, constants.W_OK);
    return { kind: 'file', path: real, stats };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw ioFailure('write', placeOf(path, 'standard output'), error);
  }
}

/** Node has descriptors of its own, and what is written there would reach its event loop. */
function isInherited(fd: number): boolean {
  if (fd <= 2) return true;
  const link = linkOf(fd);
  if (link === '' || link.startsWith('anon_inode:')) return false;
  if (!link.startsWith('pipe:')) return true;
  // The shell gives one end of a pipe; both ends are here when it is Node that talks to itself.
  const others = readdirSync('/proc/self/fd').map(Number);
  return others.every((other) => linkOf(other) !== link || accessOf(other) === accessOf(fd));
}

/** What a descriptor stands for; '' when it is not open, or when the system does not tell. */
function linkOf(fd: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}

/** To read, to write, or both. */
function accessOf(fd: number): number {
  const info = readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');
  return Number.parseInt(/^flags:\s*(\d+)/m.exec(info)?.[1] ?? '', 8) & 3;
}

function targetOf(path: string): BigIntStats {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') throw refused(path, 'it is a symbolic link to nowhere', errno);
    throw error;
  }
}

function refused(path: string, why: string, errno: string): Failure {
  const { name } = placeOf(path, 'standard output');
  return new Failure('io', `cannot write ${name}: ${why}`, { path, errno });
}
