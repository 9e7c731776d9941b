/** One file in view: opened in the worker, its patches switched, its rows arranged, searched and walked. */
import type { LineRange } from '@firn/engine';
import type { CallOptions, EngineClient } from '../client/engine-client.js';
import { WorkerDocument } from '../client/worker-document.js';
import type { Language } from '../highlight/languages.js';
import { SHOWN_UNITS } from '../worker/coloured-lines.js';
import type { ViewMode } from '../worker/layout.js';
import type {
  Applied,
  FileInput,
  LineOfSide,
  Opened,
  Origin,
  Refusal,
  Row,
  SearchQuery,
  Variant,
  View,
  ViewRequest,
} from '../worker/protocol.js';
import { CodeView } from './code-view.js';
import { type Found, FoundPlaces } from './found-places.js';
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

/** What opening a fold by its row shows at either end of it, when it hides more than twice that. */
const REVEALED_LINES = 40;

/** Marks are a few pixels each: more of them say nothing more. */
const MOST_FOUND_MARKS = 500;

/** A step sideways keeps half of what was shown. */
const SIDEWAYS_UNITS = SHOWN_UNITS / 2;

export class FileView {
  /** For what else is asked about the file. */
  readonly document: WorkerDocument;
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
  #places = new FoundPlaces();
  /** Counts what changes the places that a search finds. */
  #layouts = 0;
  #work = new AbortController();
  #searching = new AbortController();
  #isSearching = false;

  constructor(client: EngineClient, listener: FileViewListener) {
    this.document = new WorkerDocument(client);
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
    const { opened, applied, view } = await this.document.call(
      'open',
      { ...this.#request(0), file, against, language, keys },
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
    this.#layouts += 1;
    const { applied, view } = await this.document.call(
      'apply',
      { keys, ...this.#request() },
      { signal },
    );
    this.#show(view, applied);
    await this.#searchAgain();
    return applied;
  }

  async arrange(look: Partial<Look>): Promise<void> {
    this.#look = { ...this.#look, ...look };
    if (this.#opened === undefined) return;
    this.#layouts += 1;
    await this.#arrange(this.#begin());
    await this.#searchAgain();
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
    await this.goToLine(await this.document.call('placeOf', { key }));
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
    this.#isSearching = true;
    try {
      // What is laid out another way meanwhile is searched again.
      let layouts: number;
      do {
        layouts = this.#layouts;
        const { places, isCut } = await this.document.call(
          'search',
          { query },
          { signal, ...options },
        );
        this.#places = new FoundPlaces(places, isCut);
        await this.#arrange(signal);
        await this.#markFound(signal);
      } while (layouts !== this.#layouts);
    } finally {
      if (signal === this.#searching.signal) this.#isSearching = false;
    }
    return this.found;
  }

  get found(): Found {
    return this.#places.found;
  }

  /** Goes to the next place found, or the one before. */
  async goToFound(direction: 1 | -1): Promise<Found> {
    const places = this.#places;
    const place = places.go(direction);
    if (place === undefined) return places.found;
    const { column } = place;
    const width = this.#query?.text.length ?? 0;
    if (column < this.#column || column + width > this.#column + SHOWN_UNITS) {
      this.#column = Math.max(column - SHOWN_UNITS / 2, 0);
      await this.#arrange(this.#begin());
    }
    await this.goToLine(place);
    this.#code.showMark(places.marksBefore(this.#column));
    return places.found;
  }

  /** Of the patched text, the line at the cursor or at the top of what is shown. */
  get line(): number {
    const { cursor, topRow } = this.#code;
    const rows = [this.#code.rowAt(cursor), this.#code.rowAt(topRow)];
    return rows.find((row) => row !== undefined && row.line > 0)?.line ?? 1;
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
    void this.document.call('close', {}).catch(() => undefined);
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
    this.#isSearching = false;
    this.#query = undefined;
    this.#places = new FoundPlaces();
  }

  async #arrange(signal: AbortSignal): Promise<void> {
    this.#show(await this.document.call('arrange', this.#request(), { signal }));
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
        this.document.call('rows', { edition, from, count, column, query }, { signal }),
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
    const [row] = await this.document.call('rows', request);
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
    this.#listener.onSelect?.({ place, origin: await this.document.call('origin', place) });
  }

  /** After something changed what a search finds; a search that goes on sees to it itself. */
  async #searchAgain(): Promise<void> {
    if (this.#query !== undefined && !this.#isSearching) await this.search(this.#query);
  }

  async #markFound(signal: AbortSignal): Promise<void> {
    const lines = this.#places.sample(MOST_FOUND_MARKS);
    this.#code.markFound(await this.document.call('rowsOf', { lines }, { signal }));
  }

  async #rowOf(line: LineOfSide, signal?: AbortSignal): Promise<number> {
    const [row = 0] = await this.document.call('rowsOf', { lines: [line] }, { signal });
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
