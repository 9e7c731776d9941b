import { isBytes } from './arguments.js';
import type { Boxed, ErrorJson, Fallible, OwnedBytes } from './binding.js';
import type { ErrorFields } from './error.js';

/** Where a value or some bytes lie in the module's memory. */
export type Address = number;

/** What crosses is numbers: addresses, sizes, counts, flags. */
type Crossing = (...numbers: (number | boolean)[]) => number;

/** The functions that wasm/ exports, by name, and how many numbers each takes. */
const EXPORTS = {
  _initialize: 0,
  emscripten_stack_get_current: 0,
  _emscripten_stack_restore: 1,
  left: 0,
  give_back: 0,
  release: 0,
  bytes_allocate: 1,
  bytes_delete: 1,
  engine_version: 0,
  engine_freeze: 1,
  engine_read_batch: 5,
  engine_read_packed_batch: 2,
  engine_patch_text: 6,
  engine_read_diff: 3,
  engine_changed_words: 2,
  engine_batch_list: 0,
  batch_list_add: 2,
  batch_list_delete: 1,
  snapshot_line_count: 1,
  snapshot_byte_length: 1,
  snapshot_fingerprint: 1,
  snapshot_bytes: 1,
  snapshot_lines: 3,
  snapshot_verify: 1,
  snapshot_check: 5,
  snapshot_apply: 5,
  snapshot_text_edits: 2,
  snapshot_diff: 4,
  snapshot_merge: 9,
  snapshot_stack: 4,
  snapshot_history: 2,
  snapshot_delete: 1,
  batch_id: 1,
  batch_file: 1,
  batch_patch_count: 1,
  batch_json: 1,
  batch_select: 2,
  batch_delete: 1,
  patched_base_line_count: 1,
  patched_line_count: 1,
  patched_byte_length: 1,
  patched_revision: 1,
  patched_fingerprint: 1,
  patched_bytes: 1,
  patched_lines: 3,
  patched_report: 1,
  patched_changes: 1,
  patched_provenance: 3,
  patched_map_line: 2,
  patched_unmap_line: 2,
  patched_unified_diff: 11,
  patched_source_map: 5,
  patched_mappings: 2,
  patched_invert: 1,
  patched_compose: 2,
  patched_rebase: 2,
  patched_delete: 1,
  diff_files: 1,
  diff_place: 9,
  diff_delete: 1,
  history_revision: 1,
  history_root: 1,
  history_latest: 1,
  history_revisions: 1,
  history_append: 4,
  history_at: 2,
  history_batch_of: 2,
  history_undo: 2,
  history_delete: 1,
  parts_batch: 1,
  parts_inverse: 1,
  parts_patched: 1,
  parts_history: 1,
  parts_json: 1,
  parts_bytes: 1,
  parts_delete: 1,
} as const;

export type Exports = Readonly<Record<keyof typeof EXPORTS, Crossing>>;

const encoder = new TextEncoder();
// A byte order mark is text like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Thrown through the module when it finds no memory: only a call that ends at once can say so. */
class Shortage extends Error {
  readonly byteCount: number;

  constructor(byteCount: number) {
    super(`the module needs ${byteCount} bytes more`);
    this.byteCount = byteCount;
  }
}

/** Thrown through the module by a function that is in firn.rest.wasm, which is not there yet. */
class Missing extends Error {}

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
    this.exports = functionsOf(instance, (cause) => this.#recover(cause));
    this.exports._initialize();
    this.#stack = this.exports.emscripten_stack_get_current();
    this.#left = this.exports.left() >>> 0;
    if (build !== undefined) this.#page = { build, exports: instance };
  }

  static async start(compiled: WebAssembly.Module): Promise<WasmModule> {
    const host = {
      firn: {
        now: () => performance.now(),
        out_of_memory: (byteCount: number) => {
          throw new Shortage(byteCount >>> 0);
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

  /** The same as a string, of a call that can only fail for want of memory. */
  text(isValue: number): string {
    if (!isValue) throw new RangeError(this.error());
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
    return stopped ?? this.#text();
  }

  /** What a call gives that can only fail for want of memory. */
  sure<T extends object>(result: Fallible<T>): T {
    if (typeof result === 'string') throw new RangeError(result);
    return result;
  }

  /** The same of one that may give nothing. */
  requireMemory(): void {
    if (this.#stopped !== undefined) throw new RangeError(this.error());
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

  /** A call that something was thrown through: its stack is given back, and the module goes on. */
  #recover(cause: unknown): number {
    this.exports._emscripten_stack_restore(this.#stack);
    this.exports.give_back();
    if (cause instanceof Shortage) {
      this.#stopped = outOfMemory('this call', cause.byteCount);
    } else if (cause instanceof Missing) {
      this.#stopped = JSON.stringify({
        code: 'invalid_argument',
        message:
          "this verb is not loaded: the engine was, with verbs: 'page'; await engine.complete()",
      } satisfies ErrorFields);
    } else {
      throw cause;
    }
    return 0;
  }
}

function refuseMissing(): never {
  throw new Missing();
}

/** Core's out_of_memory(), for what is found on this side. */
function outOfMemory(what: string, byteCount: number): ErrorJson {
  return JSON.stringify({
    code: 'limit_exceeded',
    message: `there is not enough memory for ${what} (${byteCount} bytes)`,
    limit: byteCount,
  } satisfies ErrorFields);
}

/** The module's functions, each with its net; or an error when it is another module. */
function functionsOf(exports: WebAssembly.Exports, recover: (cause: unknown) => number): Exports {
  const functions: Record<string, Crossing> = {};
  for (const [name, count] of Object.entries(EXPORTS)) {
    const crossing = exports[name];
    if (typeof crossing !== 'function' || crossing.length !== count) continue;
    functions[name] = (...numbers) => {
      try {
        const result: unknown = crossing(...numbers);
        return typeof result === 'number' ? result : 0;
      } catch (cause) {
        return recover(cause);
      }
    };
  }
  if (!areComplete(functions)) throw new Error('it is not firn.wasm');
  return functions;
}

function areComplete(functions: Record<string, Crossing>): functions is Exports {
  return Object.keys(EXPORTS).every((name) => name in functions);
}
