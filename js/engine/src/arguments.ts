import { NOT_GIVEN, POLICIES, TIES } from './binding.js';
import { invalidArgument } from './error.js';
import type { ApplyOptions, DiffOptions, Limits } from './options.js';
import { requireWellFormed } from './text.js';

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const nameOf = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)?.get;
const lengthOf = Object.getOwnPropertyDescriptor(typedArray, 'length')?.get;

/** True for a Uint8Array of any realm (a test runner's vm, an iframe), and for Node's Buffer. */
export function isBytes(value: unknown): value is Uint8Array {
  return nameOf?.call(value) === 'Uint8Array';
}

/**
 * Refuses what would be read as other bytes than its maker meant: an array that lies about its
 * length, and one whose buffer is gone, which just says that it is empty.
 */
export function requireSound(bytes: Uint8Array, what: string): void {
  if (bytes.length !== lengthOf?.call(bytes)) {
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

/** The fields of an options object; a misspelt one is an error, not a silent default. */
function fieldsOf<T extends object>(
  options: T | undefined,
  what: string,
  known: readonly (keyof T & string)[],
): Partial<T> {
  if (options === undefined) return {};
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw invalidArgument(`${what} must be an object, not ${describe(options)}`);
  }
  for (const key of Object.keys(options)) {
    if (!(known as readonly string[]).includes(key)) {
      throw invalidArgument(
        `${what}: unknown option ${describe(key)}; there are ${known.join(', ')}`,
      );
    }
  }
  return options;
}

/** The 0-based place of `value` in `names`; the first when it is not given. */
function placeOf(value: unknown, what: string, names: readonly string[]): number {
  if (value === undefined) return 0;
  const place = typeof value === 'string' ? names.indexOf(value) : -1;
  if (place >= 0) return place;
  throw invalidArgument(`${what} must be one of ${names.join(', ')}, not ${describe(value)}`);
}

function optionalWhole(value: unknown, what: string, from: number): number {
  if (value === undefined) return NOT_GIVEN;
  return requireWhole(value, what, from, Number.MAX_SAFE_INTEGER);
}

/** Policy, ties and revision, as they cross. */
export function applyArguments(
  options: ApplyOptions | undefined,
  what: string,
): [policy: number, ties: number, revision: number] {
  const given = fieldsOf(options, `${what}: options`, ['policy', 'ties', 'revision']);
  return [
    placeOf(given.policy, `${what}: policy`, POLICIES),
    placeOf(given.ties, `${what}: ties`, TIES),
    optionalWhole(given.revision, `${what}: revision`, 0),
  ];
}

/** Limits, as they cross. */
export function limitArguments(
  options: { readonly limits?: Limits | undefined } | undefined,
  what: string,
): [batchBytes: number, patches: number, textLines: number, nesting: number] {
  const { limits } = fieldsOf(options, `${what}: options`, ['limits']);
  const keys = ['batchBytes', 'patches', 'textLines', 'nesting'] as const;
  const given = fieldsOf(limits, `${what}: limits`, keys);
  const at = (key: (typeof keys)[number]) => optionalWhole(given[key], `${what}: limits.${key}`, 0);
  return [at('batchBytes'), at('patches'), at('textLines'), at('nesting')];
}

/** Context and names of a diff, as they cross. */
export function diffArguments(
  options: DiffOptions | undefined,
  what: string,
): [contextLines: number, oldName: string, newName: string] {
  const given = fieldsOf(options, `${what}: options`, ['context', 'oldName', 'newName']);
  const { context = 3 } = given;
  return [
    requireWhole(context, `${what}: context`, 0, Number.MAX_SAFE_INTEGER),
    nameArgument(given.oldName, `${what}: oldName`),
    nameArgument(given.newName, `${what}: newName`),
  ];
}

function nameArgument(name: unknown, what: string): string {
  if (name === undefined) return '';
  if (typeof name !== 'string' || name === '') {
    throw invalidArgument(`${what} must be a string that is not empty, not ${describe(name)}`);
  }
  requireWellFormed(name, what);
  return name;
}
