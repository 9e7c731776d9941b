import { NOT_GIVEN, OPS } from './binding.js';

/**
 * A batch that is data already, as it crosses: numbers and texts, and nothing to parse. How they lie
 * is said where they are read, in native/js/packed_batch.h.
 */
export interface PackedBatch {
  /** The first one says how many there are; what follows those means nothing. */
  readonly numbers: Float64Array;
  readonly texts: string;
}

/**
 * Packs what is a batch and nothing else: plain objects and arrays, with fields that the engine knows,
 * of the types that it wants. Undefined for all else: that goes the long way, as JSON, whose reader
 * knows what to say of it; and so does what the engine then refuses. So the answer to a batch is the
 * answer to its JSON, whichever way it went.
 *
 * What is packed is valid until the next batch is.
 */
export function packBatch(input: unknown): PackedBatch | undefined {
  if (typeof input !== 'object' || input === null || !isUnpolluted()) return undefined;
  const packing = new Packing();
  try {
    return packing.addBatch(input) ? packing.finish() : undefined;
  } catch {
    return undefined; // A getter threw, and will again.
  }
}

/** Past this, the JSON might be longer than the engine takes. */
const MOST_UNITS = 1 << 24;
const MOST_NUMBERS = 1 << 22;

/** Numbers that are kept for the next batch. */
const KEPT_NUMBERS = 1 << 16;
let kept: Float64Array | undefined;

/** Of the objects of a program that adds to all of them, JSON has more to say. */
function isUnpolluted(): boolean {
  for (const _ in {}) return false;
  return isPlain({}) && isList([]);
}

/** An object that is what its own fields are, to JSON too. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !('toJSON' in value);
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= least;
}

/** What is not given, or a count. */
function isOptionalCount(value: unknown, least: number): value is number | undefined {
  return value === undefined || isCount(value, least);
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

/** Each method is false for what it does not take; then nothing of it counts. */
class Packing {
  #numbers = kept ?? new Float64Array(KEPT_NUMBERS >> 8);
  #size = 1;
  #texts = '';

  constructor() {
    kept = undefined;
  }

  finish(): PackedBatch | undefined {
    const numbers = this.#numbers;
    numbers[0] = this.#size;
    if (numbers.length <= KEPT_NUMBERS) kept = numbers;
    const tooLong = this.#texts.length > MOST_UNITS || this.#size > MOST_NUMBERS;
    // A lone surrogate has no UTF-8; a string that is well-formed is flat now, too.
    return tooLong || !this.#texts.isWellFormed() ? undefined : { numbers, texts: this.#texts };
  }

  addBatch(input: object): boolean {
    if (isList(input)) {
      this.#addHead(undefined, undefined, undefined, undefined, undefined);
      return this.#addPatches(input);
    }
    if (!isPlain(input)) return false;
    let id: unknown;
    let file: unknown;
    let base: unknown;
    let revision: unknown;
    let patches: unknown;
    for (const key in input) {
      const value = input[key];
      if (key === 'patches') patches = value;
      else if (key === 'id') id = value;
      else if (key === 'file') file = value;
      else if (key === 'base') base = value;
      else if (key === 'revision') revision = value;
      else if (key !== 'schema' || value !== 'firn.batch/1') return false;
    }
    if (!isOptionalText(id) || !isOptionalText(file) || !isOptionalCount(revision, 0)) return false;
    return (
      this.#addHeadOn(base, id, file, revision) && isList(patches) && this.#addPatches(patches)
    );
  }

  #addHeadOn(
    base: unknown,
    id: string | undefined,
    file: string | undefined,
    revision: number | undefined,
  ): boolean {
    let fingerprint: unknown;
    let lineCount: unknown;
    if (base !== undefined) {
      if (!isPlain(base)) return false;
      for (const key in base) {
        if (key === 'fingerprint') fingerprint = base[key];
        else if (key === 'lineCount') lineCount = base[key];
        else return false;
      }
    }
    if (!isOptionalText(fingerprint) || !isOptionalCount(lineCount, 0)) return false;
    this.#addHead(revision, lineCount, id, file, fingerprint);
    return true;
  }

  #addHead(
    revision: number | undefined,
    lineCount: number | undefined,
    id: string | undefined,
    file: string | undefined,
    fingerprint: string | undefined,
  ): void {
    const numbers = this.#withRoomFor(5);
    numbers[this.#size++] = revision ?? NOT_GIVEN;
    numbers[this.#size++] = lineCount ?? NOT_GIVEN;
    numbers[this.#size++] = this.#addText(id);
    numbers[this.#size++] = this.#addText(file);
    numbers[this.#size++] = this.#addText(fingerprint);
  }

  #addPatches(patches: readonly unknown[]): boolean {
    const count = patches.length;
    for (let index = 0; index < count; index += 1) {
      if (!this.#addPatch(patches[index])) return false;
    }
    return true;
  }

  #addPatch(patch: unknown): boolean {
    if (!isPlain(patch)) return false;
    let op: unknown;
    let line: unknown;
    let endLine: unknown;
    let text: unknown;
    let lines: unknown;
    let id: unknown;
    let expect: unknown;
    let verbatim: unknown;
    for (const key in patch) {
      const value = patch[key];
      if (key === 'op') op = value;
      else if (key === 'line') line = value;
      else if (key === 'endLine') endLine = value;
      else if (key === 'text') text = value;
      else if (key === 'lines') lines = value;
      else if (key === 'id') id = value;
      else if (key === 'expect') expect = value;
      else if (key === 'verbatim') verbatim = value;
      else return false;
    }
    const code = codeOf(op);
    if (code < 0 || !isCount(line, 1) || !isOptionalCount(endLine, 1)) return false;
    if (!isOptionalText(id) || !isOptionalText(expect) || !isOptionalText(text)) return false;
    if (verbatim !== undefined && typeof verbatim !== 'boolean') return false;
    const numbers = this.#withRoomFor(7);
    numbers[this.#size++] = code;
    numbers[this.#size++] = line;
    numbers[this.#size++] = endLine ?? NOT_GIVEN;
    numbers[this.#size++] = verbatim ? 1 : 0;
    numbers[this.#size++] = this.#addText(id);
    numbers[this.#size++] = this.#addText(expect);
    numbers[this.#size++] = this.#addText(text);
    return this.#addLines(lines);
  }

  #addLines(lines: unknown): boolean {
    if (lines === undefined) {
      this.#withRoomFor(1)[this.#size++] = NOT_GIVEN;
      return true;
    }
    if (!isList(lines) || lines.length > MOST_NUMBERS) return false;
    const count = lines.length;
    const numbers = this.#withRoomFor(1 + count);
    numbers[this.#size++] = count;
    for (let index = 0; index < count; index += 1) {
      const line = lines[index];
      if (typeof line !== 'string') return false;
      numbers[this.#size++] = this.#addText(line);
    }
    return true;
  }

  /** The numbers, of which so many more can be written. */
  #withRoomFor(count: number): Float64Array {
    const size = this.#size + count;
    if (size > this.#numbers.length) {
      const more = new Float64Array(2 * size);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    return this.#numbers;
  }

  /** The number that stands for it: its units. */
  #addText(text: string | undefined): number {
    if (text === undefined) return NOT_GIVEN;
    this.#texts += text;
    this.#texts += '\n'; // So that no half of a surrogate pair meets the other half here.
    return text.length;
  }
}

/** The engine's number of it; below 0 for none that it knows. */
function codeOf(op: unknown): number {
  for (let code = 0; code < OPS.length; code += 1) {
    if (OPS[code] === op) return code;
  }
  return -1;
}
