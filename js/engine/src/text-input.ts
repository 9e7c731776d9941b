import { describe, isBytes, requireSound, wrapping } from './arguments.js';
import type { EngineBinding, SnapshotHandle } from './binding.js';
import { invalidArgument } from './error.js';
import { snapshotKind } from './kind.js';
import { unwrap } from './owned.js';
import type { Snapshot } from './snapshot.js';
import { requireWellFormed } from './text.js';

/** A text: frozen already, or to be frozen for as long as one call takes. */
export type Text = Snapshot | string | Uint8Array;

/** `value` if it is a string or bytes, checked; undefined for anything else. */
export function inputOf(value: unknown, what: string): string | Uint8Array | undefined {
  if (typeof value === 'string') {
    requireWellFormed(value, `${what}: the text`);
    return value;
  }
  if (!isBytes(value)) return undefined;
  requireSound(value, what);
  return value;
}

/** A string that UTF-8 can spell, or `invalid_argument`, `malformed_text`. */
export function requireText(value: unknown, what: string): string {
  if (typeof value !== 'string') {
    throw invalidArgument(`${what} must be a string, not ${describe(value)}`);
  }
  requireWellFormed(value, what);
  return value;
}

/** As inputOf(), or `invalid_argument`. */
export function requireInput(value: unknown, what: string): string | Uint8Array {
  const input = inputOf(value, what);
  if (input !== undefined) return input;
  throw invalidArgument(
    `${what}: needs a string or a Uint8Array, not ${describe(value)}${wrapping(value)}`,
  );
}

export function freezeInput(binding: EngineBinding, value: unknown, what: string): SnapshotHandle {
  const input = requireInput(value, what);
  const frozen = typeof input === 'string' ? binding.freezeText(input) : binding.freezeBytes(input);
  return unwrap(frozen);
}

/** Freezes those of the texts that are not, for as long as `use` takes. */
export function withTexts<K extends string, T>(
  binding: EngineBinding,
  what: string,
  texts: Readonly<Record<K, unknown>>,
  use: (handles: Readonly<Record<K, SnapshotHandle>>) => T,
): T {
  const frozen: SnapshotHandle[] = [];
  const handles = {} as Record<K, SnapshotHandle>;
  try {
    for (const name of Object.keys(texts) as K[]) {
      const text = texts[name];
      if (typeof text === 'object' && text !== null && snapshotKind.ownedBy(text)) {
        handles[name] = snapshotKind.handleOf(text, binding, what);
      } else {
        handles[name] = freezeInput(binding, text, `${what}: ${name}`);
        frozen.push(handles[name]);
      }
    }
    return use(handles);
  } finally {
    for (const handle of frozen) handle.delete();
  }
}
