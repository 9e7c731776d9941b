import { isBytes } from './arguments.js';
import type { Boxed, ErrorJson, Fallible, OwnedBytes } from './binding.js';
import { type ErrorFields, errorFromJson } from './error.js';
import { type Address, type Exports, functionsOf, Missing, Shortage } from './wasm-exports.js';

const encoder = new TextEncoder();
// A byte order mark is text like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * A started firn.wasm, or firn.page.wasm, and how values get into its memory and out of it. Its memory is its own: two
 * modules share nothing.
 */
export class WasmModule {
  readonly exports: Exports;
  readonly #memory: WebAssembly.Memory;
  /** The stack as it is between two calls. */
  readonly #stack: number;
  /** Where the address and the size of what a call has left behind stand. */
  readonly #left: Address;
  // Both go stale when the memory grows.
  #bytes = new Uint8Array();
  #words = new Uint32Array();
  /** Why the last call came to an end before it could say anything. */
  #stopped: ErrorJson | undefined;
  /** What firn.rest.wasm is linked to, while it is not there. */
  #page: { readonly build: string; readonly exports: WebAssembly.Exports } | undefined;

  private constructor(instance: WebAssembly.Exports, build: string | undefined) {
    const { memory } = instance;
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('it is not firn.wasm');
    this.#memory = memory;
    this.exports = functionsOf(instance, (ended) => this.#recover(ended));
    this.exports._initialize();
    this.#stack = this.exports.emscripten_stack_get_current();
    this.#left = this.exports.left() >>> 0;
    if (build !== undefined) this.#page = { build, exports: instance };
  }

  static async start(compiled: WebAssembly.Module): Promise<WasmModule> {
    const host = {
      firn: {
        now: () => performance.now(),
        out_of_memory: () => {
          throw new Shortage();
        },
      },
      env: { emscripten_notify_memory_growth: () => {} },
    };
    const missing = WebAssembly.Module.imports(compiled).filter(({ module }) => !(module in host));
    const build = missing[0]?.module;
    const instance = await WebAssembly.instantiate(compiled, {
      ...host,
      ...(build !== undefined && {
        [build]: Object.fromEntries(missing.map(({ name }) => [name, refuseMissing])),
      }),
    });
    return new WasmModule(instance.exports, build);
  }

  /** False for firn.page.wasm alone. */
  get isComplete(): boolean {
    return this.#page === undefined;
  }

  /** Puts firn.rest.wasm, of the same build, into what is running. Twice is no error. */
  async complete(rest: WebAssembly.Module): Promise<void> {
    const page = this.#page;
    if (page === undefined) return;
    // A module that wants nothing would start beside any other, and bring nothing.
    if (!WebAssembly.Module.imports(rest).some(({ module }) => module === page.build)) {
      throw new Error('it is not the firn.rest.wasm of this build');
    }
    await WebAssembly.instantiate(rest, { [page.build]: page.exports });
    this.#page = undefined;
  }

  /** Copies bytes in, for as long as `use` runs, and hands over the address of the copy; or says why not. */
  withBytes<T>(bytes: Uint8Array, use: (copy: Address) => T): T | ErrorJson {
    if (!isBytes(bytes)) throw new TypeError('needs a Uint8Array');
    const copy = this.#copyOf(bytes);
    if (copy === 0) return this.#noMemoryFor('a copy of the bytes', bytes.byteLength);
    try {
      return use(copy);
    } finally {
      this.exports.bytes_delete(copy);
    }
  }

  /** The same with strings, as UTF-8. REQUIRES well-formed ones. */
  withTexts<T>(texts: readonly string[], use: (...copies: Address[]) => T): T | ErrorJson {
    if (!texts.every((text) => typeof text === 'string')) throw new TypeError('needs a string');
    const copies: Address[] = [];
    try {
      for (const text of texts) {
        const copy = this.#encoded(text);
        if (typeof copy === 'string') return copy;
        copies.push(copy);
      }
      return use(...copies);
    } finally {
      for (const copy of copies) this.exports.bytes_delete(copy);
    }
  }

  /** The same with strings, and before them numbers that the first one counts. */
  withNumbers<T>(
    numbers: Float64Array,
    texts: readonly string[],
    use: (numbers: Address, ...copies: Address[]) => T,
  ): T | ErrorJson {
    if (!(numbers instanceof Float64Array)) throw new TypeError('needs a Float64Array');
    const { buffer, byteOffset, byteLength } = numbers.subarray(0, numbers[0]);
    return this.withBytes(new Uint8Array(buffer, byteOffset, byteLength), (copy) =>
      this.withTexts(texts, (...copies) => use(copy, ...copies)),
    );
  }

  /** The bytes that a call has left behind, yours to keep; or why there are none. */
  bytes(isValue: number): Fallible<OwnedBytes> {
    return this.#copied(isValue, 'a copy of the bytes', (left) => left.slice());
  }

  /** The same to the beginning of `target`, which has room for them: how many. */
  bytesInto(isValue: number, target: Uint8Array): number | ErrorJson {
    if (!isValue) return this.error();
    const left = this.#leftBehind();
    try {
      Uint8Array.prototype.set.call(target, left);
      return left.length;
    } finally {
      this.exports.release();
    }
  }

  /** The same as a string, of a call that needs no memory. */
  text(isValue: number): string {
    if (!isValue) throw errorFromJson(this.error());
    return this.#text();
  }

  /** The same as a string of any length. */
  boxed(isValue: number): Fallible<Boxed> {
    return this.#copied(isValue, 'a string', (left) => [decoder.decode(left)] as const);
  }

  /** Why a call has failed. */
  error(): ErrorJson {
    const stopped = this.#stopped;
    this.#stopped = undefined;
    if (stopped !== undefined) return stopped;
    const left = this.#leftBehind();
    try {
      return decoder.decode(left);
    } catch {
      // A million violations may be longer than any string.
      return outOfMemory('the list of violations', left.length);
    } finally {
      this.exports.release();
    }
  }

  /** The same of one that may give nothing, and need not say why. */
  errorOrNull(): ErrorJson | null {
    return this.#stopped === undefined ? null : this.error();
  }

  #copied<T extends object>(
    isValue: number,
    what: string,
    copy: (left: Uint8Array<ArrayBuffer>) => T,
  ): Fallible<T> {
    if (!isValue) return this.error();
    const left = this.#leftBehind();
    try {
      return copy(left);
    } catch {
      return outOfMemory(what, left.length);
    } finally {
      this.exports.release();
    }
  }

  #text(): string {
    const text = decoder.decode(this.#leftBehind());
    this.exports.release();
    return text;
  }

  /** Goes stale with the next call. */
  #leftBehind(): Uint8Array<ArrayBuffer> {
    const heap = this.#heap();
    const data = this.#words[this.#left / 4] ?? 0;
    const byteCount = this.#words[this.#left / 4 + 1] ?? 0;
    return heap.subarray(data, data + byteCount);
  }

  /** 0: there is no memory for it. */
  #copyOf(bytes: Uint8Array): Address {
    const copy = this.exports.bytes_allocate(bytes.byteLength);
    if (copy === 0) return 0;
    try {
      // An array that is longer than it says does not fit.
      this.#leftBehind().set(bytes);
    } catch {
      this.exports.bytes_delete(copy);
      throw new TypeError('the Uint8Array lies about its length');
    }
    return copy;
  }

  /**
   * Most texts are ASCII: as many bytes as units. Only another one is encoded apart, because what it
   * takes at worst, three bytes a unit, could not be given back to the machine.
   */
  #encoded(text: string): Address | ErrorJson {
    const address = this.exports.bytes_allocate(text.length);
    if (address === 0) return this.#noMemoryFor('a copy of the text', text.length);
    if (encoder.encodeInto(text, this.#leftBehind()).read === text.length) return address;
    this.exports.bytes_delete(address);
    try {
      const copy = this.#copyOf(encoder.encode(text));
      if (copy !== 0) return copy;
    } catch {
      // JavaScript has no memory for it either.
    }
    return this.#noMemoryFor('the text as UTF-8', text.length);
  }

  /** In place of what the module has said of it, if it has. */
  #noMemoryFor(what: string, byteCount: number): ErrorJson {
    this.#stopped = undefined;
    return outOfMemory(what, byteCount);
  }

  #heap(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length === 0) {
      const { buffer } = this.#memory;
      this.#bytes = new Uint8Array(buffer);
      this.#words = new Uint32Array(buffer);
    }
    return this.#bytes;
  }

  /** A call that was ended by one of ours: its stack and its blocks are given back, and the module goes on. */
  #recover(ended: Shortage | Missing): number {
    this.exports._emscripten_stack_restore(this.#stack);
    this.exports.give_back();
    this.#stopped =
      ended instanceof Shortage
        ? outOfMemory('this call')
        : JSON.stringify({
            code: 'invalid_argument',
            message:
              "this verb is not loaded: the engine was, with verbs: 'page'; await engine.complete()",
          } satisfies ErrorFields);
    return 0;
  }
}

function refuseMissing(): never {
  throw new Missing();
}

/** Core's out_of_memory(), for what is found on this side. */
function outOfMemory(what: string, byteCount?: number): ErrorJson {
  const message = `there is not enough memory for ${what}`;
  return JSON.stringify({
    code: 'limit_exceeded',
    ...(byteCount === undefined
      ? { message }
      : { message: `${message} (${byteCount} bytes)`, limit: byteCount }),
  } satisfies ErrorFields);
}
