/** The places where a search found its text, of which one is looked at. */
import type { LineOfSide } from '../worker/protocol.js';

export interface Found {
  /** Of all places, from 0; -1 before one is gone to. */
  readonly at: number;
  readonly total: number;
  /** There are more. */
  readonly isCut: boolean;
}

export interface FoundPlace extends LineOfSide {
  /** UTF-16 units before it in its line. */
  readonly column: number;
}

export class FoundPlaces {
  /** Of each place: its side (0: the baseline), its line, its column. */
  readonly #places: Uint32Array;
  readonly #isCut: boolean;
  #at = -1;

  constructor(places: Uint32Array = new Uint32Array(), isCut = false) {
    this.#places = places;
    this.#isCut = isCut;
  }

  get found(): Found {
    return { at: this.#at, total: this.#total, isCut: this.#isCut };
  }

  /** The next place (1) or the one before (-1), around the end; the first or the last one, to begin with. */
  go(direction: 1 | -1): FoundPlace | undefined {
    if (this.#total === 0) return undefined;
    const first = direction === 1 ? 0 : this.#total - 1;
    this.#at = this.#at < 0 ? first : (this.#at + direction + this.#total) % this.#total;
    return this.#place(this.#at);
  }

  /** How many places of its line are before the one that is looked at; those before `column` do not count. */
  marksBefore(column: number): number {
    const { side, line } = this.#place(this.#at);
    let count = 0;
    for (let at = this.#at - 1; at >= 0; at -= 1) {
      const other = this.#place(at);
      if (other.side !== side || other.line !== line || other.column < column) break;
      count += 1;
    }
    return count;
  }

  /** About `count` of the places, evenly. */
  sample(count: number): LineOfSide[] {
    const step = Math.max(Math.floor(this.#total / count), 1);
    const places: LineOfSide[] = [];
    for (let at = 0; at < this.#total; at += step) places.push(this.#place(at));
    return places;
  }

  get #total(): number {
    return this.#places.length / 3;
  }

  #place(at: number): FoundPlace {
    const [side, line = 1, column = 0] = this.#places.subarray(3 * at, 3 * at + 3);
    return { side: side === 0 ? 'base' : 'line', line, column };
  }
}
