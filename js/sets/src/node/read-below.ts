/** Reading below a folder without being led out of it, and what reading and writing share. */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  unlinkSync,
} from 'node:fs';
import { FirnSetError } from '../error.js';
import { quoted } from '../quoted.js';

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** The system's name of an error, such as ENOENT. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Nothing is there: no such file, or a file where a folder should be. */
export function isAbsent(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === 'ENOENT' || errno === 'ENOTDIR';
}

/**
 * The bytes of `name`, a safe path below `folder`; undefined when there is nothing. Symbolic links are
 * refused wherever they lead, as is what is no regular file (`set_unsafe_path`), and what is larger than
 * `maxBytes` (`set_limit_exceeded`). Throws Node's own error for what cannot be read.
 */
export function readBelow(folder: string, name: string, maxBytes: number): Buffer | undefined {
  const path = `${folder}/${name}`;
  let fd: number | undefined;
  try {
    requireNoLinks(folder, name);
    fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    return readWhole(fd, path, maxBytes);
  } catch (error) {
    if (errnoOf(error) === 'ELOOP') throw unsafe(path, 'is a symbolic link');
    if (isAbsent(error)) return undefined;
    throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** No folder on the way to a file is a symbolic link; it may be missing. */
export function requireNoLinks(folder: string, name: string): void {
  const parts = name.split('/').slice(0, -1);
  for (const [index] of parts.entries()) {
    const path = [folder, ...parts.slice(0, index + 1)].join('/');
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isSymbolicLink()) throw unsafe(path, 'is a symbolic link');
  }
}

/** All bytes of an open file. */
export function readWhole(fd: number, path: string, maxBytes: number): Buffer {
  const stats = fstatSync(fd);
  if (!stats.isFile()) throw unsafe(path, 'is no regular file');
  if (stats.size > maxBytes) {
    const message = `${quoted(path)} has ${stats.size} bytes, more than the limit, ${maxBytes}`;
    throw new FirnSetError({ code: 'set_limit_exceeded', message, path, limit: maxBytes });
  }
  const bytes = Buffer.allocUnsafe(stats.size);
  let used = 0;
  while (used < bytes.length) {
    const count = readSync(fd, bytes, used, bytes.length - used, null);
    // Shorter than it was: it is somebody else's work in progress.
    if (count === 0) throw changed(path);
    used += count;
  }
  return bytes;
}

export function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

export function changed(path: string): FirnSetError {
  const message = `${quoted(path)} changed while it was read`;
  return new FirnSetError({ code: 'set_changed_meanwhile', message, path });
}

export function unsafe(path: string, why: string): FirnSetError {
  return new FirnSetError({ code: 'set_unsafe_path', message: `${quoted(path)} ${why}`, path });
}
