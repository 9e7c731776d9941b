import { describe, isBytes, limitArguments, requireSound } from './arguments.js';
import { Batch } from './batch.js';
import type { BatchInput, PatchInput } from './batch-input.js';
import { jsonOf } from './batch-json.js';
import type { EngineBinding } from './binding.js';
import { invalidArgument } from './error.js';
import type { UrlLike } from './load.js';
import type { BatchOptions } from './options.js';
import { maker, requireMaker, strayed, unwrap } from './owned.js';
import { Snapshot } from './snapshot.js';
import { requireWellFormed } from './text.js';

/** Where the engine's code runs; the bytes that come out are the same. */
export type Backend = 'native' | 'wasm';

/** A backend that could not be used, and why. */
export interface Unavailable {
  readonly backend: Backend;
  readonly reason: string;
}

/** Reads a file whole, or rejects with why not. */
type ReadFile = (path: string | URL) => Promise<Uint8Array>;

/** The engine, as `loadEngine()` makes it. Nothing is global: two engines know nothing of each other. */
export class Engine {
  readonly backend: Backend;
  /** "major.minor.patch" of the C++ core. */
  readonly version: string;
  /** What `loadEngine` would have preferred but could not use, and why; empty for a forced backend. */
  readonly unavailable: readonly Unavailable[];
  readonly #binding: EngineBinding;
  readonly #readFile: ReadFile;

  /** @internal */
  constructor(
    token: typeof maker,
    binding: EngineBinding,
    backend: Backend,
    unavailable: readonly Unavailable[],
    readFile: ReadFile,
  ) {
    requireMaker(token, 'Engine');
    this.#binding = binding;
    this.backend = backend;
    this.version = binding.version();
    this.unavailable = unavailable;
    this.#readFile = readFile;
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Engine {
    if (typeof self === 'object' && self !== null && #binding in self) return self;
    throw strayed('Engine', self);
  }

  /**
   * Freezes a text: copies it, indexes its lines, fingerprints it. Bytes are bytes: invalid UTF-8,
   * NUL and a byte order mark are kept as they are. A string is frozen as UTF-8; one with a lone
   * surrogate throws `malformed_text`. Throws `limit_exceeded` without memory. O(n).
   */
  freeze(text: string | Uint8Array): Snapshot {
    const binding = Engine.#of(this).#binding;
    if (typeof text === 'string') {
      requireWellFormed(text, 'engine.freeze: the text');
      return new Snapshot(maker, unwrap(binding.freezeText(text)), binding);
    }
    if (!isBytes(text)) {
      const help = (text as unknown) instanceof ArrayBuffer ? '; wrap it in new Uint8Array()' : '';
      throw invalidArgument(
        `engine.freeze: needs a string or a Uint8Array, not ${describe(text)}${help}`,
      );
    }
    requireSound(text, 'engine.freeze');
    return new Snapshot(maker, unwrap(binding.freezeBytes(text)), binding);
  }

  /**
   * Freezes a file, in Node: read whole, because a mapped one could change under the law. Rejects
   * with Node's own error when the file cannot be read, with `invalid_argument` in a browser, else
   * as `freeze`. O(n).
   */
  async freezeFile(path: string | UrlLike): Promise<Snapshot> {
    const engine = Engine.#of(this);
    if (typeof path !== 'string' && !(path instanceof URL)) {
      throw invalidArgument(`engine.freezeFile: needs a path or a URL, not ${describe(path)}`);
    }
    return engine.freeze(await engine.#readFile(path));
  }

  /**
   * Reads a batch, which may come from anyone: JSON as bytes or text, or the same as an object, or
   * as a bare array of patches. `input` is not kept.
   *
   * Throws `malformed_json` and `malformed_batch`, which say where in the JSON (an object's is the
   * one that `JSON.stringify` makes); `malformed_text` for a string with a lone surrogate;
   * `limit_exceeded`. O(n).
   */
  batch(
    input: Uint8Array | string | BatchInput | readonly PatchInput[],
    options?: BatchOptions,
  ): Batch {
    const binding = Engine.#of(this).#binding;
    const limits = limitArguments(options, 'engine.batch');
    if (isBytes(input)) {
      requireSound(input, 'engine.batch');
      return new Batch(maker, unwrap(binding.readBatchBytes(input, ...limits)), binding);
    }
    if (typeof input === 'string') requireWellFormed(input, 'engine.batch: the JSON');
    const json = typeof input === 'string' ? input : jsonOf(input);
    return new Batch(maker, unwrap(binding.readBatchText(json, ...limits)), binding);
  }
}
