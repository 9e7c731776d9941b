import { invalidArgument } from './error.js';

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const nameOf = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)?.get;
const lengthGetter = Object.getOwnPropertyDescriptor(typedArray, 'length')?.get;

/** True for a Uint8Array of any realm (a test runner's vm, an iframe), and for Node's Buffer. */
export function isBytes(value: unknown): value is Uint8Array {
  return nameOf?.call(value) === 'Uint8Array';
}

/** The length that it has, whatever it says. */
export function lengthOf(bytes: Uint8Array): number {
  return Number(lengthGetter?.call(bytes));
}

/**
 * Refuses what would be read as other bytes than its maker meant: an array that lies about its
 * length, and one whose buffer is gone, which just says that it is empty.
 */
export function requireSound(bytes: Uint8Array, what: string): void {
  if (bytes.length !== lengthOf(bytes)) {
    throw invalidArgument(`${what}: the Uint8Array lies about its length`);
  }
  try {
    Uint8Array.prototype.at.call(bytes, 0);
  } catch {
    throw invalidArgument(
      `${what}: the buffer below the Uint8Array is gone: transferred, or shrunk`,
    );
  }
}

/** Memory to write to, or `invalid_argument`. */
export function requireMemory(value: unknown, what: string): Uint8Array {
  if (!isBytes(value)) {
    throw invalidArgument(`${what}: needs a Uint8Array, not ${describe(value)}${wrapping(value)}`);
  }
  requireSound(value, what);
  return value;
}

/** What to do with a buffer in the place of a Uint8Array. */
export function wrapping(value: unknown): string {
  return value instanceof ArrayBuffer ? '; wrap it in new Uint8Array()' : '';
}

/** `value` as a message shows it. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
      return `${value}n`;
    case 'string':
      return value.length <= 40 ? JSON.stringify(value) : `a string of ${value.length} units`;
    case 'object':
      return kindOf(value);
    case 'undefined':
      return 'undefined';
    default:
      return `a ${typeof value}`;
  }
}

/** "a Promise", "an ArrayBuffer"; a name that an object gives itself is believed if it looks like one. */
function kindOf(value: object): string {
  let name = 'Object';
  try {
    name = Object.prototype.toString.call(value).slice('[object '.length, -1);
  } catch {
    // Whoever throws when asked for a name has none.
  }
  if (name === 'Object' || !/^[A-Z]\w{0,30}$/.test(name)) return 'an object';
  return `${/^[AEIOU](?!int)/.test(name) ? 'an' : 'a'} ${name}`;
}

/** A whole number in `from`..`to`, or `invalid_argument`. */
export function requireWhole(value: unknown, what: string, from: number, to: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) {
    return value;
  }
  throw invalidArgument(
    `${what} must be a whole number from ${from} to ${to}, not ${describe(value)}`,
  );
}

/** Line `line` of a text of `lineCount` lines. */
export function requireLine(line: unknown, what: string, lineCount: number): number {
  if (typeof line === 'number' && Number.isInteger(line) && line >= 1 && line <= lineCount) {
    return line;
  }
  const bound = lineCount === 0 ? 'the text has no lines' : `lines count from 1 to ${lineCount}`;
  throw outside(line, `${what}: there is no line ${describe(line)}; ${bound}`, lineCount);
}

/** Lines `from` to `to`, both included; `to` = `from` - 1 asks for none. */
export function requireRange(from: unknown, to: unknown, what: string, lineCount: number): void {
  const first = requireWhole(from, `${what}: from`, 1, Number.MAX_SAFE_INTEGER);
  const last = requireWhole(to, `${what}: to`, 0, Number.MAX_SAFE_INTEGER);
  const given = `${what}(${first}, ${last})`;
  if (last < first - 1) throw invalidArgument(`${given}: to comes before from`);
  if (last > lineCount) {
    // Of no lines, the one that they would come before.
    throw outside(
      Math.max(last, first),
      `${given}: the text ends with line ${lineCount}`,
      lineCount,
    );
  }
}

function outside(line: unknown, message: string, limit: number) {
  const whole = typeof line === 'number' && Number.isInteger(line);
  return invalidArgument(message, whole ? { line, limit } : { limit });
}
