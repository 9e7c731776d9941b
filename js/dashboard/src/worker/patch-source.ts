/** One patch file as a batch over the text that it means. */
import { type Batch, type Engine, FirnError, type Snapshot } from '@firn/engine';
import { readPatch, type SetPatch } from '@firn/sets';
import type { FileInput, PatchSource } from './protocol.js';

/** The patch as its set has it; undefined for one that is in no set. */
export function patchOfSet({ set = '' }: FileInput, source: PatchSource): SetPatch | undefined {
  const { entry, name, bytes } = source;
  return entry && { ...entry, set, label: `${set}/${entry.id}`, path: name, bytes };
}

/** A patch of a set exactly as a build reads it, any other as well as it can be. Yours to dispose. */
export function readSource(
  engine: Engine,
  text: Snapshot,
  name: string,
  source: PatchSource,
  patch: SetPatch | undefined,
): Batch {
  if (patch !== undefined) return readPatch(engine, text, patch);
  return isJson(source) ? engine.batch(source.bytes) : placeDiff(engine, text, name, source);
}

/** Where GNU patch would place it. */
function placeDiff(engine: Engine, text: Snapshot, name: string, { bytes }: PatchSource): Batch {
  const diff = engine.parseDiff(bytes);
  try {
    const { files } = diff;
    const file =
      files.find(({ oldName, newName }) => [oldName, newName].some((of) => names(of, name))) ??
      files[0];
    if (file === undefined) {
      throw new FirnError({ code: 'malformed_diff', message: 'the patch names no file' });
    }
    return file.place(text, { placement: 'fuzzy' }).batch;
  } finally {
    diff.dispose();
  }
}

/** Diffs write `a/` and `b/` before a path, or do not. */
function names(written: string | undefined, name: string): boolean {
  return written === name || written?.replace(/^[^/]+\//, '') === name;
}

/** The first byte that is no white space and no byte order mark opens an object or an array. */
export function isJson({ bytes }: PatchSource): boolean {
  const passed = [0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d];
  const first = bytes.find((byte) => !passed.includes(byte));
  return first === 0x7b || first === 0x5b;
}

/** What people say about a patch. */
export interface Remark {
  readonly reason?: string;
  readonly author?: string;
}

/** What is said of all patches of a source, and of each of them. */
export interface Remarks {
  readonly all: Remark;
  readonly of: readonly Remark[];
}

/**
 * What stands in a batch under keys that the engine passes over comes before what its set says.
 * REQUIRES a source that the engine has read.
 */
export function remarksOf(source: PatchSource): Remarks {
  const { reason, author } = source.entry ?? {};
  const said = { ...(reason && { reason }), ...(author && { author }) };
  if (!isJson(source)) return { all: said, of: [] };
  const json: unknown = JSON.parse(new TextDecoder().decode(source.bytes));
  const patches = Array.isArray(json) ? json : valueAt(json, 'patches');
  return {
    all: { ...said, ...remarkOf(json) },
    of: Array.isArray(patches) ? patches.map(remarkOf) : [],
  };
}

/** Strangers may have put anything there; only text is shown. */
function remarkOf(value: unknown): Remark {
  const reason = valueAt(value, 'x-why');
  const author = valueAt(value, 'x-author');
  return {
    ...(typeof reason === 'string' && { reason }),
    ...(typeof author === 'string' && { author }),
  };
}

function valueAt(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}
