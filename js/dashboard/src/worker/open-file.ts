/** One file as it is looked at: its baseline, its patches, what they make of it, and how its rows lie. */
import {
  type Batch,
  type Change,
  type Engine,
  FirnError,
  type Patched,
  type Snapshot,
} from '@firn/engine';
import { type Language, languageOf } from '../highlight/languages.js';
import { ColouredLines } from './coloured-lines.js';
import { type Arrangement, Layout, type Segment } from './layout.js';
import { type ListedPatch, listBatch, listPatches, type PatchList } from './patch-list.js';
import {
  type Applied,
  CHUNK_ROWS,
  type FileInput,
  type LineOfSide,
  type Opened,
  type OpenRequest,
  type Origin,
  type PatchSource,
  type Refusal,
  type Row,
  type RowsRequest,
  type SearchQuery,
  type SearchResult,
  type TextFacts,
  type View,
  type ViewRequest,
} from './protocol.js';
import { rowsOf } from './rows.js';
import { search } from './search.js';
import type { Task } from './serve.js';

const EVERYTHING: Arrangement = { mode: 'unified', context: null, revealed: [] };

export class OpenFile {
  readonly #engine: Engine;
  readonly #name: string;
  readonly #language: Language;
  readonly #snapshot: Snapshot;
  readonly #list: PatchList;
  #keys: Uint32Array = new Uint32Array();
  #patched: Patched;
  #refused: readonly Refusal[] = [];
  #patchOfChange: readonly number[] = [];
  #layout = new Layout(EVERYTHING, 0, [], []);
  #edition = 0;

  private constructor(
    engine: Engine,
    file: FileInput,
    language: Language | undefined,
    snapshot: Snapshot,
    list: PatchList,
  ) {
    this.#engine = engine;
    this.#name = file.name;
    this.#language = language ?? languageOf(file.name);
    this.#snapshot = snapshot;
    this.#list = list;
    this.#patched = snapshot.apply(engine.batch([]));
  }

  static open(engine: Engine, { file, against, language }: OpenRequest): OpenFile {
    const snapshot = engine.freeze(file.baseline);
    if (against === undefined) {
      const list = listPatches(engine, snapshot, file.name, file.sources);
      return new OpenFile(engine, file, language, snapshot, list);
    }
    return OpenFile.#compare(engine, file, against, language, snapshot);
  }

  /** Two variants of one file: the first is what is frozen, and the engine's diff is the patch. */
  static #compare(
    engine: Engine,
    file: FileInput,
    against: readonly PatchSource[],
    language: Language | undefined,
    snapshot: Snapshot,
  ): OpenFile {
    const left = engine.freeze(textOf(engine, snapshot, file.name, against));
    const right = engine.freeze(textOf(engine, snapshot, file.name, file.sources));
    const batch = engine.diff(left, right);
    const list = listBatch(batch, left, 'comparison');
    for (const handle of [snapshot, right, batch]) handle.dispose();
    return new OpenFile(engine, file, language, left, list);
  }

  opened(): Opened {
    return {
      baseline: factsOf(this.#snapshot),
      patches: this.#list.patches.map(({ facts }) => facts),
      sources: this.#list.sources,
    };
  }

  /** Keys of what every build takes, in the order of the sources and then of their lines. */
  always(): Uint32Array<ArrayBuffer> {
    const { patches, sources } = this.#list;
    const always = patches
      .map(({ facts }) => facts)
      .filter(({ source }) => sources[source]?.when === undefined)
      .sort((a, b) => a.source - b.source || a.line - b.line);
    return Uint32Array.from(always, ({ key }) => key);
  }

  /** Applies the patches of these keys, what is lawful of them. O(patches). */
  apply(keys: Uint32Array): Applied {
    const { sources } = this.#list;
    const usable = keys.filter(
      (key) => sources[this.#patch(key).facts.source]?.problem === undefined,
    );
    const batch = batchOf(
      this.#engine,
      [...usable].map((key) => this.#patch(key)),
    );
    const { patched, failed } = applyAll(this.#snapshot, batch);
    batch.dispose();
    this.#patched.dispose();
    this.#patched = patched;
    this.#keys = usable;
    const keyOf = (index: number | undefined) => usable[index ?? -1] ?? -1;
    this.#refused = failed
      .map(({ patch, other, ...violation }) => ({
        key: keyOf(patch?.index),
        ...(other && { other: keyOf(other.index) }),
        violation,
      }))
      .sort((a, b) => this.#lineOf(a) - this.#lineOf(b));
    const changes = patched.changes();
    this.#patchOfChange = changes.map(({ patch }) => keyOf(patch.index));
    return { patched: factsOf(patched), ...effectOf(changes), refused: this.#refused };
  }

  /** Lays the rows out, and gives those on screen. */
  view({ arrangement, anchor, top: wanted, count, query }: ViewRequest): View {
    this.#layout = new Layout(
      arrangement,
      this.#snapshot.lineCount,
      this.#patched.changes(),
      this.#refused.map((refusal) => this.#lineOf(refusal)),
    );
    this.#edition += 1;
    const { rowCount, segments } = this.#layout;
    const most = Math.max(rowCount - count, 0);
    const top = Math.min(anchor ? this.#layout.rowOf(anchor.side, anchor.line) : wanted, most);
    const first = top - (top % CHUNK_ROWS);
    const end = Math.ceil((top + count) / CHUNK_ROWS) * CHUNK_ROWS;
    const rows = this.rows({ edition: this.#edition, from: first, count: end - first, query });
    return { edition: this.#edition, rowCount, top, first, rows, changes: changedRows(segments) };
  }

  /** None for an older view: its rows are no longer there. */
  rows({ edition, from, count, query }: RowsRequest): Row[] {
    if (edition !== this.#edition) return [];
    const sides = {
      layout: this.#layout,
      base: new ColouredLines(this.#snapshot, this.#language),
      patched: new ColouredLines(this.#patched, this.#language),
      patchOfChange: this.#patchOfChange,
      notes: this.#refused,
    };
    return rowsOf(this.#engine, sides, from, count, query);
  }

  rowsOf(lines: readonly LineOfSide[]): number[] {
    return lines.map(({ side, line }) => this.#layout.rowOf(side, line));
  }

  origin({ side, line }: LineOfSide): Origin {
    if (side === 'base') {
      const change = this.#patched
        .changes()
        .findIndex(({ base }) => base.from <= line && line <= base.to);
      const patch = this.#patchOfChange[change];
      return { base: line, ...(patch !== undefined && { patch }), text: this.#snapshot.line(line) };
    }
    const text = this.#patched.line(line);
    const [origin] = this.#patched.provenance(line, line);
    if (origin?.patch === undefined) return { base: origin?.base ?? 0, text };
    return { patch: this.#keys[origin.patch.index] ?? -1, text };
  }

  search(query: SearchQuery, task: Task): Promise<SearchResult> {
    const texts = { base: this.#snapshot, patched: this.#patched };
    return search(texts, this.#layout, query, task);
  }

  unifiedDiff(): Uint8Array<ArrayBuffer> {
    return this.#patched.unifiedDiffBytes({
      oldName: `a/${this.#name}`,
      newName: `b/${this.#name}`,
      functionNames: 'plain',
    });
  }

  patchedBytes(): Uint8Array<ArrayBuffer> {
    return this.#patched.bytes();
  }

  dispose(): void {
    this.#patched.dispose();
    this.#snapshot.dispose();
  }

  #patch(key: number): ListedPatch {
    const patch = this.#list.patches[key];
    if (patch === undefined) throw new Error(`there is no patch ${key}`);
    return patch;
  }

  #lineOf({ key }: Refusal): number {
    return Math.min(this.#patch(key).facts.line, this.#snapshot.lineCount + 1);
  }
}

function batchOf(engine: Engine, patches: readonly ListedPatch[]): Batch {
  return engine.batch(`[${patches.map(({ json }) => json).join(',')}]`);
}

/** Most batches are lawful: then nobody asks for the report, which names every patch. */
function applyAll(snapshot: Snapshot, batch: Batch) {
  try {
    return { patched: snapshot.apply(batch), failed: [] };
  } catch (error) {
    if (!(error instanceof FirnError)) throw error;
    const patched = snapshot.apply(batch, { policy: 'best-effort' });
    return { patched, failed: patched.report.failed };
  }
}

/** Three numbers for each change that has rows, as in `View`. */
function changedRows(segments: readonly Segment[]): Uint32Array<ArrayBuffer> {
  const numbers: number[] = [];
  for (const segment of segments) {
    if (segment.kind !== 'change' || segment.rows === 0) continue;
    const sides = (segment.removed > 0 ? 1 : 0) + (segment.added > 0 ? 2 : 0);
    numbers.push(segment.row, segment.rows, sides);
  }
  return Uint32Array.from(numbers);
}

function effectOf(changes: readonly Change[]): { linesAdded: number; linesRemoved: number } {
  let linesAdded = 0;
  let linesRemoved = 0;
  for (const { from, to, base } of changes) {
    linesAdded += to + 1 - from;
    linesRemoved += base.to + 1 - base.from;
  }
  return { linesAdded, linesRemoved };
}

/** What all patches of some sources make of a text. */
function textOf(
  engine: Engine,
  snapshot: Snapshot,
  name: string,
  sources: readonly PatchSource[],
): Uint8Array<ArrayBuffer> {
  const { patches, sources: facts } = listPatches(engine, snapshot, name, sources);
  const usable = patches.filter((patch) => facts[patch.facts.source]?.problem === undefined);
  const batch = batchOf(engine, usable);
  const patched = snapshot.apply(batch, { policy: 'best-effort' });
  const bytes = patched.bytes();
  for (const handle of [batch, patched]) handle.dispose();
  return bytes;
}

function factsOf({ fingerprint, lineCount, byteLength }: TextFacts): TextFacts {
  return { fingerprint, lineCount, byteLength };
}
