/// <reference lib="esnext.disposable" preserve="true" />
import { describe } from './arguments.js';
import type { BatchInput } from './batch-input.js';
import type { BatchHandle, EngineBinding } from './binding.js';
import { invalidArgument } from './error.js';
import { parseFrozen } from './frozen.js';
import { disposeSymbol, type maker, Owned, requireMaker, strayed } from './owned.js';

/** For the engine: the handle of a batch that `binding` made, or `invalid_argument`. */
export let batchHandle: (value: unknown, binding: EngineBinding, what: string) => BatchHandle;

/**
 * What someone asked for: patches over one snapshot, in the order given. Well-formed, and nothing
 * more: whether it is lawful is for `snapshot.check` and `snapshot.apply` to say.
 *
 * Made by `engine.batch()`. Immutable; apply it as often as you like. Free it with `dispose()` or
 * `using`; after that every use throws `disposed`.
 */
export class Batch implements Disposable {
  readonly #owned: Owned<BatchHandle>;
  readonly #binding: EngineBinding;
  #json: BatchInput | undefined;

  /** @internal */
  constructor(token: typeof maker, handle: BatchHandle, binding: EngineBinding) {
    requireMaker(token, 'Batch');
    this.#owned = new Owned(this, handle, 'batch');
    this.#binding = binding;
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Owned<BatchHandle> {
    if (typeof self === 'object' && self !== null && #owned in self) return self.#owned;
    throw strayed('Batch', self);
  }

  static {
    batchHandle = (value, binding, what) => {
      if (typeof value !== 'object' || value === null || !(#owned in value)) {
        throw invalidArgument(
          `${what}: needs a Batch, as engine.batch() makes; got ${describe(value)}`,
        );
      }
      if (value.#binding !== binding) {
        throw invalidArgument(`${what}: the batch belongs to another engine`);
      }
      return value.#owned.live;
    };
  }

  /** The id it was given. O(1). */
  get id(): string | undefined {
    return Batch.#of(this).live.id() || undefined;
  }

  /** The file it is about. O(1). */
  get file(): string | undefined {
    return Batch.#of(this).live.file() || undefined;
  }

  /** How many patches it holds. O(1). */
  get patchCount(): number {
    return Batch.#of(this).live.patchCount();
  }

  /**
   * The batch as data, which `engine.batch()` takes back; so `JSON.stringify(batch)` works. Line
   * ends of `text` come out as LF. Parsed at the first call, frozen, and the same object ever
   * after. Throws `limit_exceeded` when the JSON is longer than any string. O(patches + text).
   */
  toJSON(): BatchInput {
    const handle = Batch.#of(this).live;
    this.#json ??= parseFrozen<BatchInput>(handle.json(), 'the batch as JSON');
    return this.#json;
  }

  /** Frees the engine's memory now. Twice is no error. */
  dispose(): void {
    Batch.#of(this).dispose();
  }

  [disposeSymbol](): void {
    Batch.#of(this).dispose();
  }
}
