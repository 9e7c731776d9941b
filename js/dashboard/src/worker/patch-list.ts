/** The patches of a file, one by one, out of every batch and diff that is about it. */
import { type Batch, type Engine, FirnError, type PatchInput, type Snapshot } from '@firn/engine';
import type { PatchFacts, PatchSource, SourceFacts } from './protocol.js';

export interface ListedPatch {
  readonly facts: PatchFacts;
  /** As it stands in a batch of all of them, with an id that no other has. */
  readonly json: string;
}

export interface PatchList {
  readonly sources: readonly SourceFacts[];
  readonly patches: readonly ListedPatch[];
}

/** Reads every source; one that cannot be used says why, and stops none of the others. */
export function listPatches(
  engine: Engine,
  snapshot: Snapshot,
  name: string,
  sources: readonly PatchSource[],
): PatchList {
  const facts: SourceFacts[] = [];
  const patches: ListedPatch[] = [];
  for (const source of sources) {
    try {
      const batch = readSource(engine, snapshot, name, source);
      const { reason, author } = source;
      const remarks = { 'x-why': reason, 'x-author': author, ...remarksOf(source) };
      const added = addBatch(batch, snapshot, source.name, facts.length, patches, remarks);
      facts.push({ ...added, ...(source.when !== undefined && { when: source.when }) });
      batch.dispose();
    } catch (error) {
      if (!(error instanceof FirnError)) throw error;
      facts.push({ name: source.name, problem: error.toJSON() });
    }
  }
  return { sources: facts, patches };
}

export function listBatch(batch: Batch, snapshot: Snapshot, name: string): PatchList {
  const patches: ListedPatch[] = [];
  return { sources: [addBatch(batch, snapshot, name, 0, patches, {})], patches };
}

/** The batch in a patch file. A diff is placed where GNU patch would place it. */
function readSource(
  engine: Engine,
  snapshot: Snapshot,
  name: string,
  { bytes }: PatchSource,
): Batch {
  if (looksLikeJson(bytes)) return engine.batch(bytes);
  const diff = engine.parseDiff(bytes);
  try {
    const files = diff.files;
    const file =
      files.find(({ oldName, newName }) => [oldName, newName].some((of) => names(of, name))) ??
      files[0];
    if (file === undefined) {
      throw new FirnError({ code: 'malformed_diff', message: 'the patch names no file' });
    }
    return file.place(snapshot, { placement: 'fuzzy' }).batch;
  } finally {
    diff.dispose();
  }
}

/** Diffs write `a/` and `b/` before a path, or do not. */
function names(written: string | undefined, name: string): boolean {
  return written === name || written?.replace(/^[^/]+\//, '') === name;
}

/** The first byte that is no white space and no byte order mark opens an object or an array. */
function looksLikeJson(bytes: Uint8Array): boolean {
  const passed = [0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d];
  const first = bytes.find((byte) => !passed.includes(byte));
  return first === 0x7b || first === 0x5b;
}

function addBatch(
  batch: Batch,
  snapshot: Snapshot,
  name: string,
  source: number,
  patches: ListedPatch[],
  remarks: Remarks,
): SourceFacts {
  const input = batch.toJSON();
  const { violations } = snapshot.check(batch);
  // Its numbers mean another text: none of its patches can be switched on.
  const problem = violations.find(({ patch }) => patch === undefined);
  const ids = new Set(patches.map(({ facts }) => facts.id));
  for (const [index, patch] of input.patches.entries()) {
    const facts = factsOf(patch, patches.length, source, index);
    const remark = remarks.patches?.[index];
    // Ids are unique in one batch only.
    const id = ids.has(facts.id) ? `${facts.id} of ${name}, ${index + 1}` : facts.id;
    ids.add(id);
    const json = JSON.stringify({ ...patch, id });
    patches.push({ facts: { ...facts, ...shownOf(remark) }, json });
  }
  return {
    name,
    ...(input.id !== undefined && { id: input.id }),
    ...(input.revision !== undefined && { revision: input.revision }),
    ...shownOf(remarks),
    ...(problem && { problem }),
  };
}

function factsOf(patch: PatchInput, key: number, source: number, index: number): PatchFacts {
  const endLine = patch.op === 'insert' ? patch.line - 1 : (patch.endLine ?? patch.line);
  return {
    key,
    source,
    id: patch.id ?? `#${index + 1}`,
    op: patch.op,
    line: patch.line,
    endLine,
    linesAdded: patch.op === 'delete' ? 0 : newLinesOf(patch),
  };
}

function newLinesOf({ text, lines }: Exclude<PatchInput, { op: 'delete' }>): number {
  if (lines !== undefined) return lines.length;
  const breaks = (text ?? '').split('\n').length;
  return text?.endsWith('\n') ? breaks - 1 : breaks;
}

/** What people say about a patch, under keys of their own: the engine passes over them. */
interface Remark {
  readonly 'x-why'?: unknown;
  readonly 'x-author'?: unknown;
}

interface Remarks extends Remark {
  readonly patches?: readonly (Remark | undefined)[];
}

/** REQUIRES a source that the engine has read. */
function remarksOf({ bytes }: PatchSource): Remarks {
  if (!looksLikeJson(bytes)) return {};
  const json = JSON.parse(new TextDecoder().decode(bytes));
  return Array.isArray(json) ? { patches: json } : json;
}

/** Strangers may have put anything there; only text is shown. */
function shownOf(remark: Remark | undefined): { reason?: string; author?: string } {
  const { 'x-why': reason, 'x-author': author } = remark ?? {};
  return {
    ...(typeof reason === 'string' && { reason }),
    ...(typeof author === 'string' && { author }),
  };
}
