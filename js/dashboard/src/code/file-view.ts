/** One file in view: opened in the worker, its patches switched, its rows arranged, searched and walked. */
import type { BatchInput, LineRange } from '@firn/engine';
import type { CallOptions, EngineClient } from '../client/engine-client.js';
import type { Language } from '../highlight/languages.js';
import { SHOWN_UNITS } from '../worker/coloured-lines.js';
import type { Editable, EditOutcome, EditRequest } from '../worker/edit-protocol.js';
import type { ViewMode } from '../worker/layout.js';
import type {
  Applied,
  Argument,
  FileInput,
  LineOfSide,
  Opened,
  Origin,
  Refusal,
  Result,
  Row,
  SearchQuery,
  Variant,
  Verb,
  View,
  ViewRequest,
} from '../worker/protocol.js';
import { CodeView } from './code-view.js';
import type { RowLook } from './row-element.js';
import { visible } from './visible-text.js';

/** What is looked at: a line, or a patch that is not there. */
export interface Selected {
  readonly place: LineOfSide;
  readonly origin: Origin;
}

export interface FileViewListener {
  onSelect?(selected: Selected): void;
  onRefusal?(refusal: Refusal): void;
  /** Something went on in the background and failed. */
  onError?(error: unknown): void;
}

export interface Look {
  readonly mode: ViewMode;
  /** Unchanged lines around a change; null shows all. */
  readonly context: number | null;
  readonly showSpaces: boolean;
}

export interface Found {
  /** Of all places, from 0; -1 before the first is gone to. */
  readonly at: number;
  readonly total: number;
  /** There are more. */
  readonly isCut: boolean;
}

const NOTHING_FOUND: Found = { at: -1, total: 0, isCut: false };

/** What opening a fold by its row shows at either end of it, when it hides more than twice that. */
const REVEALED_LINES = 40;

const MOST_FOUND_MARKS = 500;

/** A step sideways keeps half of what was shown. */
const SIDEWAYS_UNITS = SHOWN_UNITS / 2;

export class FileView {
  readonly #client: EngineClient;
  readonly #document: number;
  readonly #listener: FileViewListener;
  readonly #code: CodeView;
  #look: Look = { mode: 'unified', context: 3, showSpaces: false };
  #revealed: readonly LineRange[] = [];
  #opened: Opened | undefined;
  #mostLines = 1;
  #edition = 0;
  /** Where lines that are too long begin to be shown. */
  #column = 0;
  #query: SearchQuery | undefined;
  #places: Uint32Array = new Uint32Array();
  #found = NOTHING_FOUND;
  #work = new AbortController();
  #searching = new AbortController();

  constructor(client: EngineClient, listener: FileViewListener) {
    this.#client = client;
    this.#document = client.newDocument();
    this.#listener = listener;
    this.#code = new CodeView(
      {
        onCursor: (_, row) => void this.#try(() => this.#select(row)),
        onChoose: (_, row) => void this.#try(() => this.#choose(row)),
        onSideways: (direction) => void this.#try(() => this.#moveSideways(direction)),
      },
      this.#rowLook(),
    );
  }

  get element(): HTMLElement {
    return this.#code.element;
  }

  get look(): Look {
    return this.#look;
  }

  /**
   * Opens a file, with the patches of these keys on (default: what every build takes), and takes back what was asked for
   * before. The baseline and the patches are transferred: copy what you keep.
   */
  async open(
    file: FileInput,
    options: {
      readonly against?: Variant | undefined;
      readonly language?: Language | undefined;
      readonly look?: Look | undefined;
      readonly keys?: Uint32Array<ArrayBuffer> | undefined;
    } = {},
  ): Promise<{ opened: Opened; applied: Applied }> {
    const signal = this.#begin();
    const { against, language, keys, look = this.#look } = options;
    const bytes = [
      file.baseline,
      ...[...file.sources, ...(against?.sources ?? [])].map((of) => of.bytes),
    ];
    this.#look = look;
    this.#revealed = [];
    this.#column = 0;
    this.#forgetSearch();
    const request = { ...this.#request(0), document: this.#document };
    const { opened, applied, view } = await this.#client.call(
      'open',
      { ...request, file, against, language, keys },
      { signal },
      [...new Set(bytes.map(({ buffer }) => buffer))],
    );
    this.#opened = opened;
    this.#code.reset(`Code of ${visible(file.name)}`);
    this.#show(view, applied);
    return { opened, applied };
  }

  /** Switches patches: those of `keys` are on. */
  async apply(keys: Uint32Array<ArrayBuffer>): Promise<Applied> {
    const signal = this.#begin();
    const { applied, view } = await this.#call('apply', { keys, ...this.#request() }, { signal });
    this.#show(view, applied);
    if (this.#query !== undefined) await this.search(this.#query);
    return applied;
  }

  async arrange(look: Partial<Look>): Promise<void> {
    this.#look = { ...this.#look, ...look };
    if (this.#opened === undefined) return;
    await this.#arrange(this.#begin());
    if (this.#query !== undefined) await this.search(this.#query);
  }

  /** Brings a line to sight, out of its fold if need be. */
  async goToLine({ side, line }: LineOfSide): Promise<void> {
    let row = await this.#rowOf({ side, line });
    const shown = await this.#rowAt(row);
    if (shown?.kind === 'fold') {
      const base = shown.base + (line - shown[side]);
      this.#reveal({ from: base - REVEALED_LINES / 2, to: base + REVEALED_LINES / 2 });
      await this.#arrange(this.#begin());
      row = await this.#rowOf({ side, line });
    }
    this.#code.goTo(row);
  }

  /** Brings what a patch does to sight, or where it would do it. */
  async goToPatch(key: number): Promise<void> {
    await this.goToLine(await this.#call('placeOf', { key }));
  }

  goToChange(direction: 1 | -1): void {
    const row = this.#code.rowOfChange(direction);
    if (row !== undefined) this.#code.goTo(row);
  }

  /** Finds a text everywhere, rendered or not, and marks it. An empty one ends the search. */
  async search(query: SearchQuery, options: Pick<CallOptions, 'onProgress'> = {}): Promise<Found> {
    this.#forgetSearch();
    const { signal } = this.#searching;
    this.#query = query.text === '' ? undefined : query;
    const { places, isCut } = await this.#call('search', { query }, { signal, ...options });
    this.#places = places;
    this.#found = { at: -1, total: places.length / 3, isCut };
    await this.#arrange(signal);
    await this.#markFound(signal);
    return this.#found;
  }

  /** Goes to the next place found, or the one before. */
  async goToFound(direction: 1 | -1): Promise<Found> {
    const { total, at, isCut } = this.#found;
    if (total === 0) return this.#found;
    const first = direction === 1 ? 0 : total - 1;
    const next = at < 0 ? first : (at + direction + total) % total;
    this.#found = { at: next, total, isCut };
    const [side, line, column = 0] = this.#places.subarray(3 * next, 3 * next + 3);
    const width = this.#query?.text.length ?? 0;
    if (column < this.#column || column + width > this.#column + SHOWN_UNITS) {
      this.#column = Math.max(column - SHOWN_UNITS / 2, 0);
      await this.#arrange(this.#begin());
    }
    await this.goToLine(this.#placeAt(3 * next));
    // Of those in its line, which it is: those before what is shown have no mark.
    let mark = 0;
    for (let at = 3 * (next - 1); at >= 0; at -= 3) {
      const [otherSide, otherLine, otherColumn = 0] = this.#places.subarray(at, at + 3);
      if (otherSide !== side || otherLine !== line || otherColumn < this.#column) break;
      mark += 1;
    }
    this.#code.showMark(mark);
    return this.#found;
  }

  async unifiedDiff(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#call('unifiedDiff', {});
  }

  async patchedBytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#call('patchedBytes', {});
  }

  /** Of the patched text, the line at the cursor or at the top of what is shown. */
  get line(): number {
    const { cursor, topRow } = this.#code;
    const rows = [this.#code.rowAt(cursor), this.#code.rowAt(topRow)];
    return rows.find((row) => row !== undefined && row.line > 0)?.line ?? 1;
  }

  async editable(around: number): Promise<Editable> {
    return this.#call('editable', { around });
  }

  async record(request: EditRequest): Promise<EditOutcome> {
    return this.#call('record', request);
  }

  /** Fingerprint of what a batch makes of the patched text. */
  async tryBatch(batch: BatchInput): Promise<string> {
    return this.#call('tryBatch', { batch });
  }

  focus(): void {
    this.#code.focus();
  }

  /** After the colours changed. */
  redraw(): void {
    this.#code.redraw();
  }

  close(): void {
    this.#begin();
    this.#searching.abort();
    void this.#call('close', {}).catch(() => undefined);
  }

  #call<V extends Verb>(
    verb: V,
    argument: Omit<Argument<V>, 'document'>,
    options?: CallOptions,
  ): Promise<Result<V>> {
    // What remains of an argument without its document is the argument again with it.
    return this.#client.call(
      verb,
      { ...argument, document: this.#document } as Argument<V>,
      options,
    );
  }

  /** What was begun before is not wanted any more. */
  #begin(): AbortSignal {
    this.#work.abort();
    this.#work = new AbortController();
    return this.#work.signal;
  }

  /** Takes back the search that goes on, and forgets what was found. */
  #forgetSearch(): void {
    this.#searching.abort();
    this.#searching = new AbortController();
    this.#query = undefined;
    this.#places = new Uint32Array();
    this.#found = NOTHING_FOUND;
  }

  async #arrange(signal: AbortSignal): Promise<void> {
    this.#show(await this.#call('arrange', this.#request(), { signal }));
  }

  /** What to lay out and to send; the line at the top stays there, unless a row is named. */
  #request(top?: number): ViewRequest {
    const { mode, context } = this.#look;
    return {
      arrangement: { mode, context, revealed: this.#revealed },
      anchor: top === undefined ? this.#anchor() : undefined,
      top: top ?? this.#code.topRow,
      count: this.#code.screenRows,
      column: this.#column,
      query: this.#query,
    };
  }

  #show(view: View, applied?: Applied): void {
    if (applied !== undefined) {
      this.#mostLines = Math.max(applied.patched.lineCount, this.#opened?.baseline.lineCount ?? 1);
    }
    const { edition, rowCount, first, rows, changes, top } = view;
    const query = this.#query;
    const column = this.#column;
    const shown = {
      rowCount,
      first,
      here: rows,
      changes,
      digits: String(this.#mostLines).length,
      rows: (from: number, count: number, signal: AbortSignal) =>
        this.#call('rows', { edition, from, count, column, query }, { signal }),
    };
    this.#edition = edition;
    // Where the top did not move, neither do the pixels.
    this.#code.show(shown, this.#rowLook(), top === this.#code.topRow ? undefined : top);
  }

  /** The line at the top, which stays there when the rows change. */
  #anchor(): LineOfSide | undefined {
    const top = this.#code.rowAt(this.#code.topRow);
    if (top === undefined || this.#code.topRow === 0) return undefined;
    return top.base > 0
      ? { side: 'base', line: top.base }
      : { side: 'line', line: Math.max(top.line, 1) };
  }

  #rowLook(): RowLook {
    return {
      isSplit: this.#look.mode === 'split',
      showSpaces: this.#look.showSpaces,
      nameOfPatch: (key) => visible(this.#opened?.patches[key]?.id ?? ''),
    };
  }

  async #rowAt(index: number): Promise<Row | undefined> {
    const request = { edition: this.#edition, from: index, count: 1, column: this.#column };
    const [row] = await this.#call('rows', request);
    return row;
  }

  /** Of lines that are too long to be shown at once, what comes after what is shown, or before. */
  async #moveSideways(direction: 1 | -1): Promise<void> {
    this.#column = Math.max(this.#column + direction * SIDEWAYS_UNITS, 0);
    await this.#arrange(this.#begin());
  }

  #reveal(range: LineRange): void {
    this.#revealed = [...this.#revealed, { from: Math.max(range.from, 1), to: range.to }];
  }

  async #choose(row: Row): Promise<void> {
    if (row.kind === 'fold') {
      const end = row.base + row.hidden - 1;
      if (row.hidden <= 2 * REVEALED_LINES) {
        this.#reveal({ from: row.base, to: end });
      } else {
        this.#reveal({ from: row.base, to: row.base + REVEALED_LINES - 1 });
        this.#reveal({ from: end - REVEALED_LINES + 1, to: end });
      }
      await this.#arrange(this.#begin());
    }
  }

  async #select(row: Row): Promise<void> {
    if (row.kind === 'note') {
      this.#listener.onRefusal?.(row.refusal);
      return;
    }
    if (row.kind === 'fold') return;
    const place: LineOfSide =
      row.line > 0 && row.kind !== 'gone'
        ? { side: 'line', line: row.line }
        : { side: 'base', line: row.base };
    this.#listener.onSelect?.({ place, origin: await this.#call('origin', place) });
  }

  async #markFound(signal: AbortSignal): Promise<void> {
    // Marks are a few pixels each: more of them than this say nothing more.
    const step = 3 * Math.max(Math.floor(this.#places.length / 3 / MOST_FOUND_MARKS), 1);
    const lines: LineOfSide[] = [];
    for (let at = 0; at < this.#places.length; at += step) lines.push(this.#placeAt(at));
    this.#code.markFound(await this.#call('rowsOf', { lines }, { signal }));
  }

  #placeAt(at: number): LineOfSide {
    const [side, line = 1] = this.#places.subarray(at, at + 2);
    return { side: side === 0 ? 'base' : 'line', line };
  }

  async #rowOf(line: LineOfSide, signal?: AbortSignal): Promise<number> {
    const [row = 0] = await this.#call('rowsOf', { lines: [line] }, { signal });
    return row;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isAbort(error)) this.#listener.onError?.(error);
    }
  }
}

/** Somebody asked for something else meanwhile. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
