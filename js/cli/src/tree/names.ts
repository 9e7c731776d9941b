/** Names in a diff, as paths below the root of a tree: slashes between, nothing that leads out. */
import { FirnError } from '@firn/engine';
import { quotedShort } from '../render/safe.js';

/** What an apply under way leaves in the root of the tree; no diff may name it. */
export const JOURNAL = '.firn-journal';

/** How much of a name a message quotes. */
export const MAX_NAME = 200;

/** What takes a closer look: a part that is empty or begins with a dot, and NUL. Few names have any. */
const unusual = /(?:^|\/)(?:[./]|$)|\0/;

/** `name` without its first `strip` folders, as `-pN` of patch and git apply. */
export function pathOf(name: string, strip: number): string {
  if (!unusual.test(name)) {
    let begin = 0;
    for (let left = strip; left > 0 && begin >= 0; left -= 1)
      begin = name.indexOf('/', begin) + 1 || -1;
    if (begin >= 0) return name.slice(begin);
  }
  // Several slashes are one, as for the system, and "./" is nothing.
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const path = parts.slice(strip).join('/');
  if (path === '') {
    const message = `the name ${quotedShort(name, MAX_NAME)} has no more than ${strip} parts, all of which -p${strip} takes away`;
    throw new FirnError({ code: 'malformed_diff', message });
  }
  requireSafe(path);
  return path;
}

/** The engine has refused what leaves the root in any tree; this is what is unsafe in ours. */
function requireSafe(path: string): void {
  const unsafe = path
    .split('/')
    .some((part) => part === '..' || part.toLowerCase() === '.git' || isOurs(part));
  if (unsafe || path.includes('\0')) throw unsafePath(path, 'is not for a diff to change');
}

/** What Firn itself makes in a tree while it works. */
export function isOurs(name: string): boolean {
  return /^\.firn-(?:journal|[0-9a-f]{8,}.*\.tmp)$/.test(name.toLowerCase());
}

export function unsafePath(path: string, why: string): FirnError {
  return new FirnError({
    code: 'unsafe_path',
    message: `${quotedShort(path, MAX_NAME)} ${why}`,
  });
}

/** "a/b" of "a/b/c"; "" of what lies in the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
