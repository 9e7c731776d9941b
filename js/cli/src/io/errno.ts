import { getSystemErrorMap, getSystemErrorName } from 'node:util';
import { Failure } from '../failure.js';
import { quoted } from '../render/safe.js';

/** What goes wrong with files, in words. What is not here is worded by the system. */
const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBADF: 'the descriptor is not open for that',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than is allowed',
  EIO: 'input/output error',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links go in circles',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of its path is not a directory',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
};

/** The system's name of an error, such as ENOENT; undefined for an error that is not the system's. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Its number, as C has it; undefined for an error that is not the system's. */
export function systemErrorOf(error: unknown): number | undefined {
  if (errnoOf(error) === undefined) return undefined;
  const { errno } = Object.assign({ errno: undefined }, error);
  return typeof errno === 'number' ? -errno : undefined;
}

/** As Node throws what the system says, by its number, of a call that Node did not make itself. */
export function errorOf(systemError: number, syscall: string): Error {
  const code = getSystemErrorName(-systemError);
  return Object.assign(new Error(code), { code, syscall });
}

/** Something that is read or written. */
export interface Place {
  /** As it was named on the command line; `-` is a standard stream. */
  readonly path: string;
  /** As a message calls it: `'cart.js'`, `standard input`. */
  readonly name: string;
}

export function placeOf(path: string, stream: 'standard input' | 'standard output'): Place {
  return { path, name: path === '-' ? stream : quoted(path, "'") };
}

/** A file, whatever its name. */
export function fileNamed(path: string): Place {
  return { path, name: quoted(path, "'") };
}

type Deed = 'read' | 'write' | 'copy';

/** "cannot read 'x': no such file" */
export function ioFailure(deed: Deed, { path, name }: Place, error: unknown): Failure {
  const errno = errnoOf(error);
  const message = `cannot ${deed} ${name}: ${reasonOf(error, errno, deed)}`;
  return new Failure('io', message, errno === undefined ? { path } : { path, errno });
}

function reasonOf(error: unknown, errno: string | undefined, deed: Deed): string {
  if (errno === undefined) return error instanceof Error ? error.message : String(error);
  // A file to write may be new: what is missing then is the place for it.
  if (errno === 'ENOENT' && deed === 'write') return 'no such directory';
  const known = words[errno];
  if (known !== undefined) return known;
  for (const [name, message] of getSystemErrorMap().values()) {
    if (name === errno) return message;
  }
  return errno;
}
