/** Manifests as text, in the one form that each has, and the quick way to read what has it. */
import { byCodeUnit, inOrder } from './order.js';
import type { PatchEntry, SetManifest } from './set-manifest.js';

/** Of ids. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const FINGERPRINT = /^[0-9a-f]{32}$/;

/** A lone surrogate, as JSON spells it; or what looks like one. */
const SURROGATE = /\\ud/i;

/** A patch is a block of lines of its own, in order of file, `order` and id. O(n log n). */
export function printed({ schema, id, patches, ...extensions }: SetManifest): string {
  const sorted = [...patches].sort(
    (a, b) => byCodeUnit(a.file, b.file) || a.order - b.order || byCodeUnit(a.id, b.id),
  );
  const value = { schema, id, ...inOrder(extensions), patches: sorted.map(printedEntry) };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function printedEntry(entry: PatchEntry): PatchEntry {
  const { id, file, patch, order, base, result, when, author, reason, ...extensions } = entry;
  return {
    id,
    file,
    patch,
    order,
    base,
    result,
    ...(when === undefined ? {} : { when: inOrder(when) }),
    ...(author === undefined ? {} : { author }),
    ...(reason === undefined ? {} : { reason }),
    ...inOrder(extensions),
  };
}

/**
 * The manifest of a text that is just what `printed` makes of it, and has no extensions. Such a text
 * means what JSON.parse makes of it: a key that is there twice, a number spelled `1e0`, a comment would
 * be printed otherwise. Undefined for every other text, which is no judgement: it wants to be read with
 * the place of everything in it. Whether paths are safe, and names used once, is not looked at. O(n log n).
 */
export function readPrinted(text: string): SetManifest | undefined {
  if (SURROGATE.test(text) || !text.isWellFormed()) return undefined;
  const manifest = manifestOf(parsed(text));
  return manifest && printed(manifest) === text ? manifest : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function manifestOf(value: unknown): SetManifest | undefined {
  if (!isObject(value)) return undefined;
  const { schema, id, patches: values, ...others } = value;
  if (schema !== 'firn.set/1' || !isMatching(id, ID_PATTERN) || !Array.isArray(values)) return;
  if (Object.keys(others).length > 0) return undefined;
  const patches = values.flatMap((each: unknown) => entryOf(each) ?? []);
  return patches.length === values.length ? { schema, id, patches } : undefined;
}

function entryOf(value: unknown): PatchEntry | undefined {
  if (!isObject(value)) return undefined;
  const { id, file, patch, order, base, result, when, author, reason, ...others } = value;
  if (!isMatching(id, ID_PATTERN) || !isString(file) || !isString(patch)) return undefined;
  if (!isMatching(base, FINGERPRINT) || !isMatching(result, FINGERPRINT)) return undefined;
  if (typeof order !== 'number' || !Number.isSafeInteger(order) || order < 0) return undefined;
  if (when !== undefined && !areStrings(when)) return undefined;
  if (author !== undefined && !isString(author)) return undefined;
  if (reason !== undefined && !isString(reason)) return undefined;
  if (Object.keys(others).length > 0) return undefined;
  return {
    ...{ id, file, patch, order, base, result },
    ...(when === undefined ? {} : { when }),
    ...(author === undefined ? {} : { author }),
    ...(reason === undefined ? {} : { reason }),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isString = (value: unknown): value is string => typeof value === 'string';

const isMatching = (value: unknown, pattern: RegExp): value is string =>
  isString(value) && pattern.test(value);

const areStrings = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every(isString);
