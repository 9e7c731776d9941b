/// <reference lib="esnext.disposable" preserve="true" />
import type { DiffHandle, EngineBinding } from './binding.js';
import { FileDiff, type FileHeaders } from './file-diff.js';
import { parseFrozen } from './frozen.js';
import { diffKind } from './kind.js';
import { disposeSymbol, maker, Owned, requireMaker, strayed } from './owned.js';

/**
 * A unified diff, read: what `git diff` and `diff -u` write, of any number of files.
 *
 * Made by `engine.parseDiff()`. Immutable. Holds a copy of the text: free it with `dispose()` or
 * `using`; after that its files can be looked at, but not placed.
 */
export class Diff implements Disposable {
  readonly #owned: Owned<DiffHandle>;
  #files: readonly FileDiff[] | undefined;

  /** @internal */
  constructor(token: typeof maker, handle: DiffHandle, binding: EngineBinding) {
    requireMaker(token, 'Diff');
    this.#owned = new Owned(this, handle, 'diff', binding);
  }

  static {
    diffKind.ownedBy = (value) => (#owned in value ? value.#owned : undefined);
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Owned<DiffHandle> {
    if (typeof self === 'object' && self !== null && #owned in self) return self.#owned;
    throw strayed('Diff', self);
  }

  /** The files, in the order of the diff: made at the first call, frozen. O(files + hunks) once. */
  get files(): readonly FileDiff[] {
    const owned = Diff.#of(this);
    const handle = owned.live;
    this.#files ??= Object.freeze(
      parseFrozen<{ files: FileHeaders[] }>(handle.files(), 'the list of files').files.map(
        (headers, index) => new FileDiff(maker, headers, { owner: this, owned }, index),
      ),
    );
    return this.#files;
  }

  /** Frees the engine's memory now. Twice is no error. */
  dispose(): void {
    Diff.#of(this).dispose();
  }

  [disposeSymbol](): void {
    Diff.#of(this).dispose();
  }
}
