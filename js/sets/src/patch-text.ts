/** A batch as the bytes of a patch file. */
import type { Batch, BatchInput, Patched, Snapshot } from '@firn/engine';
import { isFirnError } from './error.js';
import type { SetPatch } from './patch-set.js';

/** What is written of a patch: its bytes, and the ending of the name that says what they are. */
export interface PatchText {
  readonly bytes: Uint8Array;
  readonly ending: '.json' | '.patch';
}

/** A patch to be, before it is known what it says. */
export type PatchDraft = Omit<SetPatch, 'base' | 'result' | 'bytes'>;

/**
 * What `batch` does to `text` as a patch of a set: JSON where the draft's name says so and JSON can hold
 * it, else a diff. O(patch).
 */
export function recordPatch(
  text: Snapshot,
  batch: Batch,
  patched: Patched,
  draft: PatchDraft,
): SetPatch {
  const whole = { ...draft, base: '', result: '', bytes: new Uint8Array() };
  return renewedPatch(
    whole,
    batchText(batch, patched, draft),
    text.fingerprint,
    patched.fingerprint,
  );
}

function batchText(batch: Batch, patched: Patched, { label, file, patch }: PatchDraft): PatchText {
  const json = patch.endsWith('.json') ? jsonOf(batch) : undefined;
  if (!json) return diffText(patched, file);
  const { schema, id: _id, file: _file, ...rest } = json;
  return printed({ schema, id: label, file, ...rest });
}

/** What the patched text is to its own snapshot, as a diff that lies exactly where it says. */
function diffText(patched: Patched, file: string): PatchText {
  const git = { kind: 'modify', oldPath: file, newPath: file } as const;
  const bytes = patched.unifiedDiffBytes({ git, functionNames: 'by-name' });
  return { bytes, ending: '.patch' };
}

/**
 * A patch that was carried to another text, in the form that it had, with what is the user's own in it.
 * `survivors`: which patches of the old batch those of the new one are.
 */
export function carriedText(
  patch: SetPatch,
  batch: Batch,
  patched: Patched,
  survivors: readonly number[],
): PatchText {
  const json = patch.patch.endsWith('.json') ? jsonOf(batch) : undefined;
  if (!json) return diffText(patched, patch.file);
  const old = oldForm(patch);
  const { schema, id: _id, file: _file, patches, ...rest } = json;
  const renewed = patches.map((one, index) => {
    return { ...one, ...extensionsOf(old.patches[survivors[index] ?? -1]) };
  });
  const { file } = patch;
  return printed({ schema, ...old.names, file, ...old.extensions, ...rest, patches: renewed });
}

/** What stays of a batch when its patches are others. */
function oldForm({ bytes }: SetPatch) {
  const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!isObject(json))
    return { names: {}, extensions: {}, patches: Array.isArray(json) ? json : [] };
  const { id, patches } = json;
  return {
    names: typeof id === 'string' ? { id } : {},
    extensions: extensionsOf(json),
    patches: Array.isArray(patches) ? patches : [],
  };
}

/** The patch with other content, for the texts that it is now between. */
export function renewedPatch(
  patch: SetPatch,
  { bytes, ending }: PatchText,
  base: string,
  result: string,
): SetPatch {
  // A batch that JSON can no longer hold becomes a diff; a diff stays one, whatever its ending.
  const isRenamed = ending === '.patch' && patch.patch.endsWith('.json');
  const named = (name: string) => (isRenamed ? name.replace(/\.json$/, ending) : name);
  return { ...patch, patch: named(patch.patch), path: named(patch.path), base, result, bytes };
}

function jsonOf(batch: Batch): BatchInput | undefined {
  try {
    return batch.toJSON();
  } catch (error) {
    if (isFirnError(error) && error.code === 'malformed_text') return undefined;
    throw error;
  }
}

function printed(json: BatchInput): PatchText {
  const text = `${JSON.stringify(json, null, 2)}\n`;
  return { bytes: new TextEncoder().encode(text), ending: '.json' };
}

function extensionsOf(value: unknown): Record<`x-${string}`, unknown> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([key]) => key.startsWith('x-')));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
