/** Rows that are on their way or here. Only what was asked for last is fetched; the rest is taken back. */
import type { Row } from '../worker/protocol.js';

export interface RowSource {
  readonly rowCount: number;
  /** Rows from `from` (0-based), `count` of them or as many as there are. */
  rows(from: number, count: number, signal: AbortSignal): Promise<readonly Row[]>;
}

const CHUNK_ROWS = 64;

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

  /** Resolves when the rows that are looked at are here. */
  async load(from: number, to: number): Promise<void> {
    const first = Math.floor(from / CHUNK_ROWS);
    const chunks = Array.from(
      { length: Math.floor(to / CHUNK_ROWS) - first + 1 },
      (_, at) => first + at,
    );
    await Promise.all(
      chunks.filter((chunk) => !this.#chunks.has(chunk)).map((chunk) => this.#fetch(chunk)),
    );
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
