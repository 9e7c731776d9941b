// @ts-check
/** Seeded texts that differ in a few places, drawn from few lines so that they repeat: what diff and merge find hard. */

export class RandomText {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** Mulberry32: good enough to choose lines with. @param {number} bound */
  below(bound) {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  /** @param {number} bound */
  oneIn(bound) {
    return this.below(bound) === 0;
  }

  /** One of `kinds` different lines. @param {number} kinds */
  line(kinds) {
    return `line ${this.below(kinds)}`;
  }

  /** @param {number} count @param {number} kinds */
  lines(count, kinds) {
    return Array.from({ length: count }, () => this.line(kinds));
  }

  /** The lines with so many of them changed, taken out or put in. @param {string[]} lines @param {number} edits @param {number} kinds */
  edited(lines, edits, kinds) {
    const result = [...lines];
    for (let edit = 0; edit < edits; edit += 1) {
      const at = this.below(result.length + 1);
      const removed = this.below(3);
      result.splice(at, removed, ...this.lines(this.below(3), kinds));
    }
    return result;
  }

  /** @param {string[]} lines @param {string} [end] */
  joined(lines, end = '\n') {
    const text = lines.map((line) => line + end).join('');
    return this.oneIn(4) ? text.slice(0, text.length - end.length) : text;
  }
}
