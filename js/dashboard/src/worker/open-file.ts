/** One file as it is looked at: its baseline, its patches, what they make of it, and how its rows lie. */
import type { BatchInput, Change, Engine, Snapshot } from '@firn/engine';
import { checkFile } from '@firn/sets';
import { type Language, languageOf } from '../highlight/languages.js';
import { type AppliedPatches, applyKeys } from './applied.js';
import { ColouredLines } from './coloured-lines.js';
import type { Editable, EditOutcome, EditRequest, RecordedFile } from './edit-protocol.js';
import { applyLawful } from './lawful.js';
import { type Arrangement, Layout, type RowLines, type Segment } from './layout.js';
import { listBatch, listPatches, type PatchList, patchOf, sourceOf } from './patch-list.js';
import {
  type Applied,
  CHUNK_ROWS,
  type FileInput,
  type LineOfSide,
  type Opened,
  type OpenRequest,
  type Origin,
  type Row,
  type RowsRequest,
  type SearchQuery,
  type SearchResult,
  type TextFacts,
  type Variant,
  type View,
  type ViewRequest,
} from './protocol.js';
import { record, recordAll } from './record.js';
import { rowsOf } from './rows.js';
import { search } from './search.js';
import type { Task } from './serve.js';

/** What an editor holds without making the page wait; of a larger text it gets so many lines on either side. */
const EDITED_LINES = 20_000;
const EDITED_BYTES = 2_000_000;
const AROUND_LINES = 1000;

const EVERYTHING: Arrangement = { mode: 'unified', context: null, revealed: [] };

export class OpenFile {
  readonly #engine: Engine;
  readonly #name: string;
  readonly #language: Language;
  readonly #snapshot: Snapshot;
  readonly #list: PatchList;
  #applied: AppliedPatches;
  #keys: readonly number[] = [];
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
    this.#applied = applyKeys(engine, snapshot, list, []);
  }

  static open(engine: Engine, { file, against, language }: OpenRequest): OpenFile {
    const snapshot = engine.freeze(file.baseline);
    if (against === undefined) {
      const list = listPatches(engine, snapshot, file);
      return new OpenFile(engine, file, language, snapshot, list);
    }
    return OpenFile.#compare(engine, file, against, language, snapshot);
  }

  /** Two variants of one file: the first is what is frozen, and the engine's diff is the patch. */
  static #compare(
    engine: Engine,
    file: FileInput,
    against: Variant,
    language: Language | undefined,
    snapshot: Snapshot,
  ): OpenFile {
    const left = engine.freeze(textOf(engine, snapshot, { ...file, ...against }));
    const right = engine.freeze(textOf(engine, snapshot, file));
    const batch = engine.diff(left, right);
    const list = listBatch(batch, left, 'comparison');
    for (const handle of [snapshot, right, batch]) handle.dispose();
    return new OpenFile(engine, file, language, left, list);
  }

  opened(): Opened {
    return {
      baseline: factsOf(this.#snapshot),
      patches: this.#list.patches.map(({ facts }) => facts),
      sources: this.#list.sources.map(({ facts }) => facts),
    };
  }

  /** Keys of what every build takes, in the order of the sources and then of their lines. */
  always(): Uint32Array<ArrayBuffer> {
    return alwaysOf(this.#list);
  }

  /** Applies the patches of these keys, what is lawful of them. O(patches). */
  apply(keys: Uint32Array): Applied {
    const list = this.#list;
    const usable = [...keys].filter((key) => sourceOf(list, key).facts.problem === undefined);
    const applied = applyKeys(this.#engine, this.#snapshot, list, usable);
    this.#applied.dispose();
    this.#applied = applied;
    this.#keys = usable;
    const { patched, refused } = applied;
    return { patched: factsOf(patched), ...effectOf(patched.changes()), refused };
  }

  /** Lays the rows out, and gives those on screen. */
  view({ arrangement, anchor, top: wanted, count, column, query }: ViewRequest): View {
    this.#layout = new Layout(
      arrangement,
      this.#snapshot.lineCount,
      this.#applied.patched.changes(),
      this.#applied.refused.map(({ key }) => this.#lineOf(key)),
    );
    this.#edition += 1;
    const { rowCount, segments } = this.#layout;
    const most = Math.max(rowCount - count, 0);
    const top = Math.min(anchor ? this.#layout.rowOf(anchor.side, anchor.line) : wanted, most);
    const first = top - (top % CHUNK_ROWS);
    const end = Math.ceil((top + count) / CHUNK_ROWS) * CHUNK_ROWS;
    const edition = this.#edition;
    const rows = this.rows({ edition, from: first, count: end - first, column, query });
    return { edition, rowCount, top, first, rows, changes: changedRows(segments) };
  }

  /** None for an older view: its rows are no longer there. */
  rows({ edition, from, count, column, query }: RowsRequest): Row[] {
    if (edition !== this.#edition) return [];
    const sides = {
      layout: this.#layout,
      base: new ColouredLines(this.#snapshot, this.#language, column),
      patched: new ColouredLines(this.#applied.patched, this.#language, column),
      authorOf: (lines: RowLines) => this.#applied.authorOf(lines),
      notes: this.#applied.refused,
    };
    return rowsOf(this.#engine, sides, from, count, query);
  }

  rowsOf(lines: readonly LineOfSide[]): number[] {
    return lines.map(({ side, line }) => this.#layout.rowOf(side, line));
  }

  origin({ side, line }: LineOfSide): Origin {
    const { patched } = this.#applied;
    const isBase = side === 'base';
    const text = isBase ? this.#snapshot.line(line) : patched.line(line);
    const base = isBase ? line : patched.unmapLine(line);
    const isFrozen = isBase ? patched.mapLine(line) !== null : base !== null;
    const patch = isFrozen
      ? -1
      : this.#applied.authorOf(isBase ? { base: line, line: 0 } : { base: 0, line });
    return { ...(base !== null && { base }), ...(patch >= 0 && { patch }), text };
  }

  /** Of a patch that is off, where it would be: of one that follows others, the first line of the file. */
  placeOf(key: number): LineOfSide {
    const { patched } = this.#applied;
    const { facts } = patchOf(this.#list, key);
    if (sourceOf(this.#list, key).facts.follows === undefined) {
      const line = facts.op === 'insert' ? facts.line - 1 : facts.line;
      return { side: 'base', line: Math.max(Math.min(line, this.#snapshot.lineCount), 1) };
    }
    for (const { from, to, base } of patched.changes()) {
      for (let line = from; line <= to; line += 1) {
        if (this.#applied.authorOf({ base: 0, line }) === key) return { side: 'line', line };
      }
      for (let line = base.from; line <= base.to; line += 1) {
        if (this.#applied.authorOf({ base: line, line: 0 }) === key) return { side: 'base', line };
      }
    }
    return { side: 'base', line: 1 };
  }

  search(query: SearchQuery, task: Task): Promise<SearchResult> {
    const texts = { base: this.#snapshot, patched: this.#applied.patched };
    return search(texts, this.#layout, query, task);
  }

  unifiedDiff(): Uint8Array<ArrayBuffer> {
    return this.#applied.patched.unifiedDiffBytes({
      oldName: `a/${this.#name}`,
      newName: `b/${this.#name}`,
      functionNames: 'plain',
    });
  }

  diffOfSource(index: number): Uint8Array<ArrayBuffer> {
    const source = this.#list.sources[index];
    if (source === undefined) throw new Error(`there is no source ${index}`);
    const batch = this.#list.select(this.#engine, source.keys);
    const { patched } = applyLawful(source.text, batch);
    const [oldName, newName] = [`a/${this.#name}`, `b/${this.#name}`];
    const diff = patched.unifiedDiffBytes({ oldName, newName, functionNames: 'plain' });
    for (const handle of [batch, patched]) handle.dispose();
    return diff;
  }

  editable(around: number): Editable {
    const { patched } = this.#applied;
    const { lineCount } = patched;
    const isWhole = lineCount <= EDITED_LINES && patched.byteLength <= EDITED_BYTES;
    const from = isWhole ? 1 : Math.max(around - AROUND_LINES, 1);
    const to = isWhole ? lineCount : Math.min(around + AROUND_LINES, lineCount);
    const lines = patched.lines(from, to);
    return { from, to, lineCount, lines, isBinary: lines.some((line) => line.includes('\ufffd')) };
  }

  record(request: EditRequest): EditOutcome {
    const { patched, refused } = this.#applied;
    const keys = new Set(this.#keys);
    for (const { key } of refused) keys.delete(key);
    const list = this.#list;
    return record({ engine: this.#engine, baseline: this.#snapshot, list, keys, patched }, request);
  }

  tryBatch(input: BatchInput): string {
    const text = this.#engine.freeze(this.patchedBytes());
    const batch = this.#engine.batch(input);
    const patched = text.apply(batch);
    const { fingerprint } = patched;
    for (const handle of [patched, batch, text]) handle.dispose();
    return fingerprint;
  }

  recordAll(): RecordedFile {
    const patches = recordAll(this.#engine, this.#list);
    const always = patches.map(({ patch }) => patch).filter(({ when }) => when === undefined);
    const { built, problems } = checkFile(this.#engine, this.#snapshot, always);
    built?.dispose();
    const broken = this.#list.sources.flatMap(({ facts }) => facts.problem?.message ?? []);
    const messages = [...broken, ...problems.map(({ message }) => message)];
    return { patches, problems: [...new Set(messages)] };
  }

  patchedBytes(): Uint8Array<ArrayBuffer> {
    return this.#applied.patched.bytes();
  }

  dispose(): void {
    this.#applied.dispose();
    this.#list.dispose();
    this.#snapshot.dispose();
  }

  #lineOf(key: number): number {
    return Math.min(patchOf(this.#list, key).facts.line, this.#snapshot.lineCount + 1);
  }
}

function alwaysOf({ patches, sources }: PatchList): Uint32Array<ArrayBuffer> {
  const always = patches
    .map(({ facts }) => facts)
    .filter(({ source }) => sources[source]?.facts.when === undefined)
    .sort((a, b) => a.source - b.source || a.line - b.line);
  return Uint32Array.from(always, ({ key }) => key);
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

/** What a build makes of a file, as far as it can. */
function textOf(engine: Engine, snapshot: Snapshot, file: FileInput): Uint8Array<ArrayBuffer> {
  const list = listPatches(engine, snapshot, file);
  const usable = [...alwaysOf(list)].filter(
    (key) => sourceOf(list, key).facts.problem === undefined,
  );
  const applied = applyKeys(engine, snapshot, list, usable);
  const bytes = applied.patched.bytes();
  for (const handle of [applied, list]) handle.dispose();
  return bytes;
}

function factsOf({ fingerprint, lineCount, byteLength }: TextFacts): TextFacts {
  return { fingerprint, lineCount, byteLength };
}
