/** What the page has in front of it: a frozen baseline, the sets of patches over it, and what was built of them. */
import type { BuildFacts, PatchSource } from '../worker/protocol.js';

/** Bytes that are read when they are needed, and each time anew: what is read is handed to the worker. */
export interface Stored {
  readonly path: string;
  bytes(signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** One patch file, and the file of the baseline that it is about. */
export interface StoredPatch {
  readonly file: string;
  readonly stored: Stored;
  /** What its set says about it. */
  readonly reason?: string | undefined;
  readonly author?: string | undefined;
  /** The conditions of a build that takes it: `env = production`; absent: every build does. */
  readonly when?: string | undefined;
}

export interface PatchSet {
  readonly id: string;
  readonly patches: readonly StoredPatch[];
  readonly build?: BuildFacts | undefined;
}

/** Reads `firn-manifest.json`, or throws why it cannot be believed. */
export type ReadBuild = (bytes: Uint8Array<ArrayBuffer>, path: string) => Promise<BuildFacts>;

export interface Project {
  readonly name: string;
  /** By path. */
  readonly files: ReadonlyMap<string, Stored>;
  readonly sets: readonly PatchSet[];
}

/** Something that was opened cannot be used; the message says what, and what would do. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
}

export async function sourcesOf(
  set: PatchSet | undefined,
  file: string,
  signal?: AbortSignal,
): Promise<PatchSource[]> {
  const patches = set?.patches.filter((patch) => patch.file === file) ?? [];
  return Promise.all(
    patches.map(async ({ stored, reason, author, when }) => ({
      name: stored.path,
      bytes: await stored.bytes(signal),
      reason,
      author,
      when,
    })),
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What an entry of a set says besides the file and the patch. */
export function remarksOf(
  entry: Readonly<Record<string, unknown>>,
): Pick<StoredPatch, 'reason' | 'author' | 'when'> {
  const when = isRecord(entry['when']) ? Object.entries(entry['when']) : [];
  return {
    reason: stringOf(entry['reason']),
    author: stringOf(entry['author']),
    when: when.map(([key, value]) => `${key} = ${value}`).join(', ') || undefined,
  };
}

/** JSON from anywhere, or why not. */
export function parse(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProjectError(`${path} is no JSON: ${reason}`);
  }
}
