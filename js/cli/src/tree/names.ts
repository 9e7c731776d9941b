/** Names in a diff, as paths below the root of a tree: slashes between, nothing that leads out. */
import path from 'node:path';
import { FirnError } from '@firn/engine';
import { quotedShort } from '../render/safe.js';

/** What an apply under way leaves in the root of the tree; no diff may name it. */
export const JOURNAL = '.firn-journal';

/** How much of a name a message quotes. */
export const MAX_NAME = 200;

/** What takes a closer look: a part that is empty or begins with a dot, and NUL. Few names have any. */
const unusual = /(?:^|\/)(?:[./]|$)|\0/;

/** What the engine shows for bytes that are not UTF-8: they would be written as another name. */
const REPLACEMENT = '\ufffd';

/** `name` without its first `strip` folders, as `-pN` of patch and git apply. */
export function pathOf(name: string, strip: number): string {
  if (name.includes(REPLACEMENT)) {
    const message = `the name ${quotedShort(name, MAX_NAME)} is not UTF-8, or holds U+FFFD, which stands for what is not`;
    throw new FirnError({ code: 'malformed_text', message });
  }
  if (!unusual.test(name)) {
    let begin = 0;
    for (let left = strip; left > 0 && begin >= 0; left -= 1)
      begin = name.indexOf('/', begin) + 1 || -1;
    if (begin >= 0) return name.slice(begin);
  }
  // Several slashes are one, as for the system, and "./" is nothing.
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const below = parts.slice(strip).join('/');
  if (below === '') {
    const message = `the name ${quotedShort(name, MAX_NAME)} has no more than ${strip} parts, all of which -p${strip} takes away`;
    throw new FirnError({ code: 'malformed_diff', message });
  }
  requireSafe(below);
  return below;
}

/** The same of a name that may be none, and is then found out when it is its turn. */
export function nameOrNothing(name: string, strip: number): string {
  try {
    return pathOf(name, strip);
  } catch {
    return name;
  }
}

/** The engine has refused what leaves the root in any tree; this is what is unsafe in ours. */
function requireSafe(file: string): void {
  const unsafe = file
    .split('/')
    .some((part) => part === '..' || part.toLowerCase() === '.git' || isOurs(part));
  if (unsafe || file.includes('\0')) throw unsafePath(file, 'is not for a diff to change');
}

/** So that `git apply` and `patch -p1` find it from where we are. */
export function nameFromHere(file: string): string | undefined {
  if (file === '-') return undefined;
  const parts = path.relative('', file).split(path.sep);
  const isBelow = parts[0] !== '..' && parts[0] !== '';
  return isBelow && !parts.some((part) => part.toLowerCase() === '.git')
    ? parts.join('/')
    : undefined;
}

/** As a diff or batch names a file: from here, if it lies below, else by its last name. */
export function nameOf(file: string): string | undefined {
  return file === '-' ? undefined : (nameFromHere(file) ?? path.basename(file));
}

/** What Firn itself makes in a tree while it works. */
export function isOurs(name: string): boolean {
  return /^\.firn-(?:journal|[0-9a-f]{8,}.*\.tmp)$/.test(name.toLowerCase());
}

export function unsafePath(file: string, why: string): FirnError {
  return new FirnError({
    code: 'unsafe_path',
    message: `${quotedShort(file, MAX_NAME)} ${why}`,
  });
}

/** "a/b" of "a/b/c"; "" of what lies in the root. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}
