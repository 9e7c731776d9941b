/// <reference lib="esnext.disposable" preserve="true" />
import { requireWhole } from './arguments.js';
import { Batch } from './batch.js';
import type { EngineBinding, HistoryHandle } from './binding.js';
import { parseFrozen } from './frozen.js';
import { batchKind } from './kind.js';
import { appendArguments } from './option-arguments.js';
import type { AppendOptions } from './options.js';
import {
  allOrNone,
  disposeSymbol,
  freeAfter,
  given,
  maker,
  Owned,
  requireMaker,
  strayed,
  unwrap,
} from './owned.js';
import { Patched } from './patched.js';
import { type Rebased, rebasedFrom } from './rebased.js';
import { Snapshot } from './snapshot.js';

/** One revision, as a list shows it. */
export interface Revision {
  readonly revision: number;
  readonly fingerprint: string;
  readonly lineCount: number;
  /** How many patches made it; absent for the first. */
  readonly patches?: number;
  /** Absent when the batch has none. */
  readonly batchId?: string;
}

/** What `history.append` made. Both are yours to dispose. */
export interface Appended {
  readonly history: History;
  /** The batch over the text before it, with what `best-effort` left out. */
  readonly patched: Patched;
}

/**
 * What `history.undo` made. `patches` are those of `inverse`, as carried over the later revisions;
 * `batch` is what was appended. Handles are yours to dispose.
 */
export interface Undone extends Rebased {
  /** With one revision more; as it was when there is a conflict, or nothing left to undo. */
  readonly history: History;
  /** Of the batch alone, over the text that it made. */
  readonly inverse: Batch;
}

/**
 * An append-only chain of revisions over one snapshot, the root. Each batch means the text of the
 * revision before it and makes the next; any revision can be read as one change of the root, without
 * replaying the others.
 *
 * Made by `engine.history()`. Immutable: appending makes another history, which shares what both have.
 * Free each with `dispose()` or `using`; after that every use throws `disposed`. In the costs, n is the
 * size of a text, r the number of revisions, c the lines changed up to the revision.
 */
export class History implements Disposable {
  readonly #owned: Owned<HistoryHandle>;
  #revisions: readonly Revision[] | undefined;

  /** @internal */
  constructor(token: typeof maker, handle: HistoryHandle, binding: EngineBinding) {
    requireMaker(token, 'History');
    this.#owned = new Owned(this, handle, 'history', binding);
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): History {
    if (typeof self === 'object' && self !== null && #owned in self) return self;
    throw strayed('History', self);
  }

  /** The last revision. O(1). */
  get revision(): number {
    return History.#of(this).#owned.live.revision();
  }

  /** Every revision, ascending: made at the first call, frozen. O(r) once. */
  get revisions(): readonly Revision[] {
    const self = History.#of(this);
    const handle = self.#owned.live;
    self.#revisions ??= parseFrozen<{ revisions: Revision[] }>(
      handle.revisions(),
      'the list of revisions',
    ).revisions;
    return self.#revisions;
  }

  /** The text that it is over: a snapshot of your own, which shares the bytes. O(1). */
  root(): Snapshot {
    const { live, binding } = History.#of(this).#owned;
    return new Snapshot(maker, unwrap(live.root()), binding);
  }

  /** The text of the last revision, likewise. O(1). */
  latest(): Snapshot {
    const { live, binding } = History.#of(this).#owned;
    return new Snapshot(maker, unwrap(live.latest()), binding);
  }

  /**
   * This history and one batch more, which means `latest()`. With no patch applied the revision stays
   * and nothing is appended. Throws as `snapshot.apply`. O(n + c), amortised O(n + batch * log r).
   */
  append(batch: Batch, options?: AppendOptions): Appended {
    const { live, binding } = History.#of(this).#owned;
    const more = batchKind.handleOf(batch, binding, 'history.append');
    const appended = live.append(more, ...appendArguments(options, 'history.append'));
    return freeAfter(unwrap(appended), (parts) =>
      allOrNone((keep) =>
        Object.freeze({
          history: keep(new History(maker, given(parts.history()), binding)),
          patched: keep(new Patched(maker, given(parts.patched()), binding)),
        }),
      ),
    );
  }

  /**
   * The text of `revision` as one change of the root, all batches composed. Throws `invalid_argument`
   * for a revision that is not in the history. O(c log r).
   */
  at(revision: number): Patched {
    const { live, binding } = History.#of(this).#owned;
    return new Patched(maker, unwrap(live.at(revisionOf(revision, 'history.at'))), binding);
  }

  /**
   * The batch that made `revision`, with the patches that were not applied. Throws `invalid_argument`
   * for the first revision, and for one that is not in the history. O(log r).
   */
  batchOf(revision: number): Batch {
    const { live, binding } = History.#of(this).#owned;
    const handle = live.batchOf(revisionOf(revision, 'history.batchOf'));
    return new Batch(maker, unwrap(handle), binding);
  }

  /**
   * Takes back the batch that made `revision` and keeps those behind it: its inverse, carried over what
   * they changed, becomes a revision of its own. Where they changed the same lines nothing is undone,
   * and `conflicts` tells. An undo can be undone. Throws as `batchOf`; `limit_exceeded` as `rebase`.
   * O(n + c log r).
   */
  undo(revision: number): Undone {
    const { live, binding } = History.#of(this).#owned;
    return freeAfter(unwrap(live.undo(revisionOf(revision, 'history.undo'))), (parts) =>
      allOrNone((keep) => {
        const rebased = rebasedFrom(parts, (batch) => keep(new Batch(maker, batch, binding)));
        return Object.freeze({
          ...rebased,
          history: keep(new History(maker, given(parts.history()), binding)),
          inverse: keep(new Batch(maker, given(parts.inverse()), binding)),
        });
      }),
    );
  }

  /** Frees the engine's memory now. Twice is no error. */
  dispose(): void {
    History.#of(this).#owned.dispose();
  }

  [disposeSymbol](): void {
    History.#of(this).#owned.dispose();
  }
}

function revisionOf(revision: unknown, what: string): number {
  return requireWhole(revision, `${what}: the revision`, 0, Number.MAX_SAFE_INTEGER);
}
