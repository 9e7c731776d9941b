/** One file as it is looked at: its baseline, its patches, what they make of it, and how its rows lie. */
import type { Batch, BatchInput, Change, Engine, Patched, Snapshot } from '@firn/engine';
import { type Language, languageOf } from '../highlight/languages.js';
import { ColouredLines } from './coloured-lines.js';
import { type Arrangement, Layout } from './layout.js';
import {
  type ListedPatch,
  listBatch,
  listPatches,
  type PatchList,
  readSource,
} from './patch-list.js';
import type {
  Applied,
  Arranged,
  Carried,
  FileInput,
  LineOfSide,
  Opened,
  OpenRequest,
  Origin,
  PatchSource,
  Rebased,
  Refusal,
  Row,
  RowsRequest,
  SearchQuery,
  SearchResult,
  TextFacts,
} from './protocol.js';
import { rowsOf } from './rows.js';
import { search } from './search.js';
import type { Task } from './serve.js';

const EVERYTHING: Arrangement = { mode: 'unified', context: null, revealed: [] };

export class OpenFile {
  readonly #engine: Engine;
  readonly #name: string;
  readonly #language: Language;
  readonly #sources: readonly PatchSource[];
  readonly #snapshot: Snapshot;
  readonly #list: PatchList;
  #keys: Uint32Array = new Uint32Array();
  #patched: Patched;
  #refused: readonly Refusal[] = [];
  #patchOfChange: readonly number[] = [];
  #arrangement = EVERYTHING;
  #layout: Layout;

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
    this.#sources = file.sources;
    this.#snapshot = snapshot;
    this.#list = list;
    this.#patched = snapshot.apply(engine.batch([]));
    this.#layout = this.#newLayout();
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
    const patched = this.#snapshot.apply(batch, { policy: 'best-effort' });
    batch.dispose();
    this.#patched.dispose();
    this.#patched = patched;
    this.#keys = usable;
    const { failed, warnings } = patched.report;
    const keyOf = (index: number | undefined) => usable[index ?? -1] ?? -1;
    this.#refused = failed
      .map(({ patch, other, ...violation }) => ({
        key: keyOf(patch?.index),
        ...(other && { other: keyOf(other.index) }),
        violation,
      }))
      .sort((a, b) => this.#lineOf(a) - this.#lineOf(b));
    this.#patchOfChange = patched.changes().map(({ patch }) => keyOf(patch.index));
    this.#layout = this.#newLayout();
    const { linesAdded, linesRemoved } = effectOf(patched.changes());
    return {
      patched: factsOf(patched),
      linesAdded,
      linesRemoved,
      refused: this.#refused,
      warnings: warnings.map(({ patch, message }) => ({ key: keyOf(patch.index), message })),
    };
  }

  arrange(arrangement: Arrangement): Arranged {
    this.#arrangement = arrangement;
    this.#layout = this.#newLayout();
    const changes: number[] = [];
    for (const segment of this.#layout.segments) {
      if (segment.kind !== 'change' || segment.rows === 0) continue;
      const sides = (segment.removed > 0 ? 1 : 0) + (segment.added > 0 ? 2 : 0);
      changes.push(segment.row, segment.rows, sides);
    }
    return { rowCount: this.#layout.rowCount, changes: Uint32Array.from(changes) };
  }

  rows({ from, count, query }: RowsRequest): Row[] {
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

  batchOfEdit(text: string): BatchInput {
    const batch = this.#engine.diff(this.#snapshot, text);
    const input = batch.toJSON();
    batch.dispose();
    return input;
  }

  rebase(baseline: Uint8Array<ArrayBuffer>): Rebased {
    const snapshot = this.#engine.freeze(baseline);
    const patches: Carried[] = [];
    const batches: { source: number; batch: BatchInput }[] = [];
    let key = 0;
    for (const [source, { problem }] of this.#list.sources.entries()) {
      const count = this.#list.patches.filter(({ facts }) => facts.source === source).length;
      const given = this.#sources[source];
      if (problem === undefined && given !== undefined) {
        const batch = readSource(this.#engine, this.#snapshot, this.#name, given);
        const rebased = batch.rebase(this.#snapshot, snapshot);
        const first = key;
        patches.push(
          ...rebased.patches.map((patch) => ({ ...patch, key: first + patch.patch.index })),
        );
        batches.push({ source, batch: rebased.batch.toJSON() });
        for (const handle of [batch, rebased.batch]) handle.dispose();
      }
      key += count;
    }
    const baselineFacts = factsOf(snapshot);
    snapshot.dispose();
    return { baseline: baselineFacts, patches, batches };
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

  #newLayout(): Layout {
    return new Layout(
      this.#arrangement,
      this.#snapshot.lineCount,
      this.#patched.changes(),
      this.#refused.map((refusal) => this.#lineOf(refusal)),
    );
  }
}

function batchOf(engine: Engine, patches: readonly ListedPatch[]): Batch {
  return engine.batch(`[${patches.map(({ json }) => json).join(',')}]`);
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
