/**
 * Finds where in a batch a value stands, so that a diagnostic can point at it. The engine has read
 * these very bytes before and says what they are: whoever asks for a value or a patch knows that
 * they are a batch. Tokens may be asked for in anything.
 */

const [SPACE, TAB, LF, CR] = [0x20, 0x09, 0x0a, 0x0d];
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

const structure = new Set([
  QUOTE,
  COMMA,
  COLON,
  OPEN_ARRAY,
  CLOSE_ARRAY,
  OPEN_OBJECT,
  CLOSE_OBJECT,
]);

export class JsonPlaces {
  readonly #json: Uint8Array;
  #patches: readonly number[] | undefined;

  constructor(json: Uint8Array) {
    this.#json = json;
  }

  /** The byte offset of the value under these keys of the batch. */
  value(...keys: readonly string[]): number | undefined {
    let at: number | undefined = this.#skipSpace(0);
    for (const key of keys) {
      at = this.#valueOf(at, key);
      if (at === undefined) return undefined;
    }
    return at;
  }

  /** The byte offset of a patch. All are looked up at the first call, O(bytes). */
  patch(index: number): number | undefined {
    this.#patches ??= this.#elementsOf(this.#list());
    return this.#patches[index];
  }

  /** Where the token that begins at `offset` ends: a string, a number, a word, or one character. */
  tokenEnd(offset: number): number {
    const json = this.#json;
    if (json[offset] === QUOTE) return Math.min(this.#skipString(offset), json.length);
    let at = offset;
    while (at < json.length && isWord(json[at])) at += 1;
    return Math.min(Math.max(at, offset + 1), json.length);
  }

  /** Whether the token that begins at `offset` is the key of an object. */
  isKey(offset: number): boolean {
    if (this.#json[offset] !== QUOTE) return false;
    return this.#json[this.#skipSpace(this.#skipString(offset))] === COLON;
  }

  #list(): number | undefined {
    const top = this.#skipSpace(0);
    return this.#json[top] === OPEN_ARRAY ? top : this.#valueOf(top, 'patches');
  }

  #valueOf(object: number, key: string): number | undefined {
    const json = this.#json;
    if (json[object] !== OPEN_OBJECT) return undefined;
    let at = this.#skipSpace(object + 1);
    while (json[at] === QUOTE) {
      const end = this.#skipString(at);
      const value = this.#skipSpace(this.#skipSpace(end) + 1);
      // Keys may be spelled with escapes; JSON knows how.
      if (JSON.parse(Buffer.from(json.subarray(at, end)).toString()) === key) return value;
      at = this.#skipSpace(this.#skipValue(value));
      if (json[at] === COMMA) at = this.#skipSpace(at + 1);
    }
    return undefined;
  }

  #elementsOf(list: number | undefined): readonly number[] {
    const json = this.#json;
    if (list === undefined || json[list] !== OPEN_ARRAY) return [];
    const places: number[] = [];
    let at = this.#skipSpace(list + 1);
    while (at < json.length && json[at] !== CLOSE_ARRAY) {
      places.push(at);
      at = this.#skipSpace(this.#skipValue(at));
      if (json[at] === COMMA) at = this.#skipSpace(at + 1);
    }
    return places;
  }

  /** Past a value: counts brackets instead of calling itself, so depth costs nothing. */
  #skipValue(from: number): number {
    const json = this.#json;
    let depth = 0;
    let at = from;
    while (at < json.length) {
      const byte = json[at];
      if (byte === QUOTE) at = this.#skipString(at);
      else if (isWord(byte)) at = this.tokenEnd(at);
      else at += 1;
      if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth += 1;
      if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1;
      if (depth === 0 && !isSpace(byte)) return at;
    }
    return at;
  }

  /** Past the closing quote. */
  #skipString(quote: number): number {
    const json = this.#json;
    let at = quote + 1;
    while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
    return at + 1;
  }

  #skipSpace(from: number): number {
    let at = from;
    while (isSpace(this.#json[at])) at += 1;
    return at;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

/** Of a number or of true, false, null: anything but what JSON is built with. */
function isWord(byte: number | undefined): boolean {
  return byte !== undefined && !isSpace(byte) && !structure.has(byte);
}
