import { MAX_PATH } from './limits.js';

// Two parts of a path that git treats as ".git" on some system, besides that name in any case.
const gitAliases = /^(?:\.git|git~\d)[ .]*(?::.*)?$/i;
// What most paths are: nothing in them is like any of what is looked for.
const plain = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;
// HFS+ does not see these: ".g\u200cit" is ".git" there.
const ignorable = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Why `path` is not one below its root that means the same file on every system, in words that follow
 * its name ("leads out of the root"); undefined for one that is. Parts are divided by `/`.
 */
export function unsafeReason(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > MAX_PATH) return `has more than ${MAX_PATH} characters`;
  if (plain.test(path)) return undefined;
  if (!path.isWellFormed()) return 'has a lone surrogate';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f\x7f]/.test(path)) return 'has a control character';
  if (path.includes('\\')) return 'has a backslash; parts of a path are divided by /';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'is absolute';
  for (const part of path.split('/')) {
    if (part === '') return 'has an empty part';
    if (part === '.' || part === '..') return `has the part "${part}"`;
    if (gitAliases.test(part.replace(ignorable, ''))) return 'lies in .git';
  }
  return undefined;
}

/** What names have in common that are one name to some file systems: case, and how accents are spelled. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}
