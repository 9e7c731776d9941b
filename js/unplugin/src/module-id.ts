/** What bundlers call modules, and what sets call files. */
import path from 'node:path';

/**
 * Keys of a query that ask for the file itself: Vite's version of a dependency, its time of a change,
 * what it marks imports and workers with. Any other asks for something made of the file.
 */
const PLAIN_KEYS = new Set(['v', 't', 'import', 'worker_file', 'type']);

/** The path of the file that a module is; undefined for virtual modules and what is made of a file. */
export function fileOfModule(id: string): string | undefined {
  if (id.startsWith('\0')) return undefined;
  const at = id.indexOf('?');
  const file = at === -1 ? id : id.slice(0, at);
  if (!path.isAbsolute(file)) return undefined;
  if (at !== -1 && !isPlain(new URLSearchParams(id.slice(at)))) return undefined;
  return path.normalize(file);
}

function isPlain(query: URLSearchParams): boolean {
  return [...query.keys()].every((key) => PLAIN_KEYS.has(key));
}

/**
 * Matches ids of modules whose paths end with one of the files, with or without a query: bundlers ask
 * it of every module, most of them outside JavaScript. No root in it, because some ask before they
 * tell theirs; whoever matches is looked up by its whole path.
 */
export function filterOf(files: readonly string[]): RegExp {
  // What has no files matches nothing, in any dialect of regular expressions.
  if (files.length === 0) return /[^\s\S]/;
  return new RegExp(`[\\\\/]${alternatives(files.map((file) => file.split('/')))}(?:\\?[^#]*)?$`);
}

/** Folder by folder: thousands of files share few of them. */
function alternatives(paths: readonly (readonly string[])[]): string {
  const tailsOf = new Map<string, string[][]>();
  for (const [head = '', ...tail] of paths) {
    const tails = tailsOf.get(head) ?? [];
    if (tail.length > 0) tails.push(tail);
    tailsOf.set(head, tails);
  }
  const parts = Array.from(tailsOf, ([head, tails]) =>
    tails.length > 0 ? `${escaped(head)}[\\\\/]${alternatives(tails)}` : escaped(head),
  );
  return parts.length === 1 ? parts.join('') : `(?:${parts.join('|')})`;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
