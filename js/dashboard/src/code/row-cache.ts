/** Rows that are on their way or here. Only what was asked for last is fetched; the rest is taken back. */
import { CHUNK_ROWS, type Row } from '../worker/protocol.js';

export interface RowSource {
  readonly rowCount: number;
  /** Rows that are here already, from `first` on: whole chunks. */
  readonly first: number;
  readonly here: readonly Row[];
  /** Rows from `from` (0-based), `count` of them or as many as there are. */
  rows(from: number, count: number, signal: AbortSignal): Promise<readonly Row[]>;
}

/** Enough for some screens in either direction. */
const MOST_CHUNKS = 48;

export class RowCache {
  readonly source: RowSource;
  readonly #onRows: () => void;
  readonly #chunks = new Map<number, readonly Row[]>();
  readonly #fetching = new Map<number, AbortController>();

  constructor(source: RowSource, onRows: () => void) {
    this.source = source;
    this.#onRows = onRows;
    for (let at = 0; at < source.here.length; at += CHUNK_ROWS) {
      const chunk = (source.first + at) / CHUNK_ROWS;
      this.#chunks.set(chunk, source.here.slice(at, at + CHUNK_ROWS));
    }
  }

  /** Undefined while it is not here. */
  row(index: number): Row | undefined {
    return this.#chunks.get(Math.floor(index / CHUNK_ROWS))?.[index % CHUNK_ROWS];
  }

  /** Says which rows are looked at: those, and some around them, are fetched; others no longer. */
  want(from: number, to: number): void {
    const last = Math.floor(Math.max(this.source.rowCount - 1, 0) / CHUNK_ROWS);
    const first = Math.max(Math.floor(from / CHUNK_ROWS) - 1, 0);
    const end = Math.min(Math.floor(to / CHUNK_ROWS) + 1, last);
    for (const [chunk, stop] of this.#fetching) {
      if (chunk < first || chunk > end) stop.abort();
    }
    for (const chunk of nearestFirst(first, end)) {
      if (!this.#chunks.has(chunk) && !this.#fetching.has(chunk)) void this.#fetch(chunk);
    }
    this.#forget(first, end);
  }

  /** Takes back what is on its way. */
  close(): void {
    for (const stop of this.#fetching.values()) stop.abort();
  }

  async #fetch(chunk: number): Promise<void> {
    const stop = new AbortController();
    this.#fetching.set(chunk, stop);
    try {
      const rows = await this.source.rows(chunk * CHUNK_ROWS, CHUNK_ROWS, stop.signal);
      this.#chunks.set(chunk, rows);
      this.#onRows();
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    } finally {
      this.#fetching.delete(chunk);
    }
  }

  #forget(first: number, end: number): void {
    for (const chunk of this.#chunks.keys()) {
      if (this.#chunks.size <= MOST_CHUNKS) return;
      if (chunk < first || chunk > end) this.#chunks.delete(chunk);
    }
  }
}

/** What is on screen is in the middle. */
function nearestFirst(first: number, end: number): number[] {
  const middle = (first + end) / 2;
  return Array.from({ length: end - first + 1 }, (_, at) => first + at).sort(
    (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
  );
}
