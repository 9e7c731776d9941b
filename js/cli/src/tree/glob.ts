/** Globs as git apply has them: its wildmatch without WM_PATHNAME, so that `*` and `?` match slashes, too. */

/** Matches whole names. What is no glob, a bracket that is never closed say, matches none. O(glob). */
export function patternOf(glob: string): RegExp {
  const left = [...glob].reverse();
  const parts: string[] = [];
  try {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      parts.push(partOf(next, left));
    }
  } catch (error) {
    if (error instanceof Malformed) return /[^\s\S]/;
    throw error;
  }
  return new RegExp(`^${parts.join('')}$`, 'su');
}

class Malformed extends Error {}

/** `left`: the characters that follow, the next one last; those that belong to it are taken. */
function partOf(character: string, left: string[]): string {
  switch (character) {
    case '?':
      return '.';
    case '*':
      while (left.at(-1) === '*') left.pop();
      return '.*';
    case '[':
      return setOf(left);
    case '\\':
      return spelled(taken(left));
    default:
      return spelled(character);
  }
}

function setOf(left: string[]): string {
  const isNegated = left.at(-1) === '!' || left.at(-1) === '^';
  if (isNegated) left.pop();
  const members: string[] = [];
  /** What a range would begin with. */
  let before: string | undefined;
  // A bracket that closes is a member where it comes first.
  do {
    const character = taken(left);
    const classOf = character === '[' ? classIn(left) : undefined;
    if (classOf !== undefined) {
      members.push(classOf);
      before = undefined;
    } else if (character === '-' && before !== undefined && left.at(-1) !== ']') {
      members.push(rangeOf(before, escapedOf(taken(left), left)));
      before = undefined;
    } else {
      before = escapedOf(character, left);
      members.push(spelled(before));
    }
  } while (left.at(-1) !== ']');
  left.pop();
  return `[${isNegated ? '^' : ''}${members.join('')}]`;
}

/** The members of "[:digit:]", whose first bracket is taken; undefined when there is none. */
function classIn(left: string[]): string | undefined {
  if (left.at(-1) !== ':') return undefined;
  const end = left.lastIndexOf(']');
  if (end === -1) throw new Malformed();
  const name = left
    .slice(end + 1, -1)
    .reverse()
    .join('');
  if (!name.endsWith(':')) return undefined;
  const members = classes.get(name.slice(0, -1));
  if (members === undefined) throw new Malformed();
  left.length = end;
  return members;
}

/** POSIX's, in ASCII. */
const classes: ReadonlyMap<string, string> = new Map([
  ['alnum', 'A-Za-z0-9'],
  ['alpha', 'A-Za-z'],
  ['blank', ' \\t'],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['digit', '0-9'],
  ['graph', '!-~'],
  ['lower', 'a-z'],
  ['print', ' -~'],
  ['punct', '!-\\/:-@\\[-`\\{-~'],
  ['space', ' \\t-\\r'],
  ['upper', 'A-Z'],
  ['xdigit', 'A-Fa-f0-9'],
]);

/** One that begins behind its end has no members. */
function rangeOf(first: string, last: string): string {
  const isEmpty = (first.codePointAt(0) ?? 0) > (last.codePointAt(0) ?? 0);
  return isEmpty ? '' : `${spelled(first)}-${spelled(last)}`;
}

function escapedOf(character: string, left: string[]): string {
  return character === '\\' ? taken(left) : character;
}

function taken(left: string[]): string {
  const next = left.pop();
  if (next === undefined) throw new Malformed();
  return next;
}

/** In a regular expression nothing but itself, in a set or outside. */
function spelled(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
