/// <reference lib="esnext.disposable" preserve="true" />
import { composeApplied, withApplied } from './algebra.js';
import type { BatchInput } from './batch-input.js';
import type { BatchHandle, EngineBinding } from './binding.js';
import { parseFrozen } from './frozen.js';
import { batchKind, snapshotKind } from './kind.js';
import type { ApplyOptions } from './options.js';
import { disposeSymbol, maker, Owned, requireMaker, strayed, unwrap } from './owned.js';
import { placesArgument } from './places.js';
import { type Rebased, rebasedOf } from './rebased.js';
import type { Snapshot } from './snapshot.js';

/**
 * What someone asked for: patches over one snapshot, in the order given. Well-formed, and nothing
 * more: whether it is lawful is for `snapshot.check` and `snapshot.apply` to say.
 *
 * Made by `engine.batch()`. Immutable; apply it as often as you like. Free it with `dispose()` or
 * `using`; after that every use throws `disposed`.
 */
export class Batch implements Disposable {
  readonly #owned: Owned<BatchHandle>;
  #json: BatchInput | undefined;

  /** @internal */
  constructor(token: typeof maker, handle: BatchHandle, binding: EngineBinding) {
    requireMaker(token, 'Batch');
    this.#owned = new Owned(this, handle, 'batch', binding);
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Owned<BatchHandle> {
    if (typeof self === 'object' && self !== null && #owned in self) return self.#owned;
    throw strayed('Batch', self);
  }

  static {
    batchKind.ownedBy = (value) => (#owned in value ? value.#owned : undefined);
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
   * after. Throws `malformed_text`, with the patch, when a text is not UTF-8, which JSON cannot hold
   * (a diff can: `patched.unifiedDiffBytes()`); `limit_exceeded` when the JSON is longer than any
   * string. O(patches + text).
   */
  toJSON(): BatchInput {
    const handle = Batch.#of(this).live;
    this.#json ??= parseFrozen<BatchInput>(handle.json(), 'the batch as JSON');
    return this.#json;
  }

  /**
   * These of its patches, by their 0-based places, as a batch in this order; id, file, base and
   * revision stay. For who switches patches on and off: nothing is read again, and no text is copied.
   * Throws `invalid_argument` for a place that is not there, or is there twice. O(patches of both).
   */
  select(places: readonly number[]): Batch {
    const { live, binding } = Batch.#of(this);
    return new Batch(maker, unwrap(live.select(placesArgument(places, 'batch.select'))), binding);
  }

  /**
   * The batch that takes this one back: over the text that applying it to `snapshot` gives, with the
   * old lines as its new ones. Throws as `snapshot.apply`. O(k + lines changed + n).
   */
  invert(snapshot: Snapshot, options?: ApplyOptions): Batch {
    const { live, binding } = Batch.#of(this);
    return withApplied(live, snapshot, binding, options, 'batch.invert', (patched) => {
      return new Batch(maker, unwrap(patched.invert()), binding);
    });
  }

  /**
   * This batch and then `second`, which is over its result, as one batch over `snapshot`. Options are
   * for both; a revision is that of `snapshot`, and the second then is for the one after. Throws as
   * `snapshot.apply`. O(k + lines changed + n).
   */
  compose(second: Batch, snapshot: Snapshot, options?: ApplyOptions): Batch {
    const { live, binding } = Batch.#of(this);
    const then = batchKind.handleOf(second, binding, 'batch.compose');
    return withApplied(live, snapshot, binding, options, 'batch.compose', (patched) => {
      const composed = composeApplied(patched, then, binding, options, 'batch.compose');
      return new Batch(maker, composed, binding);
    });
  }

  /**
   * This batch, made for `oldSnapshot`, carried over to `newSnapshot`: as `patched.rebase`. Throws as
   * `oldSnapshot.apply`. O(diff of the texts + k log k).
   */
  rebase(oldSnapshot: Snapshot, newSnapshot: Snapshot, options?: ApplyOptions): Rebased {
    const { live, binding } = Batch.#of(this);
    const newText = snapshotKind.handleOf(newSnapshot, binding, 'batch.rebase');
    return withApplied(live, oldSnapshot, binding, options, 'batch.rebase', (patched) => {
      return rebasedOf(patched.rebase(newText), (batch) => new Batch(maker, batch, binding));
    });
  }

  /** Frees the engine's memory now. Twice is no error. */
  dispose(): void {
    Batch.#of(this).dispose();
  }

  [disposeSymbol](): void {
    Batch.#of(this).dispose();
  }
}
