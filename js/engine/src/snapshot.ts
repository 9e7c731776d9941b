/// <reference lib="esnext.disposable" preserve="true" />
import { describe, requireLine, requireRange } from './arguments.js';
import { Batch } from './batch.js';
import type { EngineBinding, SnapshotHandle } from './binding.js';
import { errorFromJson, invalidArgument } from './error.js';
import { parseJson } from './json.js';
import { batchKind, snapshotKind } from './kind.js';
import { displayLine, displayLines } from './lines.js';
import { applyArguments, stackArguments } from './option-arguments.js';
import type { ApplyOptions, StackOptions } from './options.js';
import { disposeSymbol, freeAfter, maker, Owned, requireMaker, strayed, unwrap } from './owned.js';
import { Patched } from './patched.js';
import type { CheckReport } from './report.js';
import { type Stacked, stackedOf } from './stacked.js';
import { jsonOfTextEdits, type TextEdit } from './text-edits.js';

/**
 * A frozen text: bytes, line index and fingerprint. The single source of truth: every line number
 * anywhere in Firn is a line of a snapshot, counted from 1.
 *
 *     ""            0 lines
 *     "a"           1 line, no final newline
 *     "a\n"         1 line
 *     "a\n\nb"      3 lines; the second is empty
 *     "a\r\nb\r\n"  2 lines; a CR before LF belongs to the terminator, a lone CR is content
 *
 * Made by `engine.freeze()`. Immutable. Holds its own copy of the bytes and 4 bytes a line, outside
 * the JavaScript heap: free it with `dispose()` or `using`; after that every use throws `disposed`.
 * What was made of it lives on.
 */
export class Snapshot implements Disposable {
  readonly #owned: Owned<SnapshotHandle>;

  /** @internal */
  constructor(token: typeof maker, handle: SnapshotHandle, binding: EngineBinding) {
    requireMaker(token, 'Snapshot');
    this.#owned = new Owned(this, handle, 'snapshot', binding);
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Owned<SnapshotHandle> {
    if (typeof self === 'object' && self !== null && #owned in self) return self.#owned;
    throw strayed('Snapshot', self);
  }

  static {
    snapshotKind.ownedBy = (value) => (#owned in value ? value.#owned : undefined);
  }

  /** O(1). */
  get lineCount(): number {
    return Snapshot.#of(this).live.lineCount();
  }

  /** O(1). */
  get byteLength(): number {
    return Snapshot.#of(this).live.byteLength();
  }

  /** The identity of the bytes: XXH3-128, 32 hex digits. No signature. O(1). */
  get fingerprint(): string {
    return Snapshot.#of(this).live.fingerprint();
  }

  /** A copy of the frozen bytes. Throws `limit_exceeded` without memory. O(n). */
  bytes(): Uint8Array<ArrayBuffer> {
    return unwrap(Snapshot.#of(this).live.bytes());
  }

  /**
   * Line `line`, from 1 to `lineCount`, without its terminator, for display: bytes that are not
   * UTF-8 show as U+FFFD. Throws `invalid_argument` for any other line. O(line).
   */
  line(line: number): string {
    const handle = Snapshot.#of(this).live;
    requireLine(line, 'snapshot.line', handle.lineCount());
    return displayLine(handle, line);
  }

  /**
   * Lines `from` to `to`, both included, each as by `line()`; `to` = `from` - 1 gives none. Throws
   * `invalid_argument` for a line that is not there. O(lines).
   */
  lines(from: number, to: number): string[] {
    const handle = Snapshot.#of(this).live;
    requireRange(from, to, 'snapshot.lines', handle.lineCount());
    return displayLines(handle, from, to);
  }

  /**
   * What the batch means and every violation it has; applies nothing, and throws for no violation.
   * O(k), O(k log k) for patches in no order.
   */
  check(batch: Batch, options?: ApplyOptions): CheckReport {
    const { live, binding } = Snapshot.#of(this);
    const other = batchKind.handleOf(batch, binding, 'snapshot.check');
    const json = live.check(other, ...applyArguments(options, 'snapshot.check'));
    return parseJson<CheckReport>(json, 'the check report');
  }

  /**
   * Applies the batch. The snapshot stays as it is.
   *
   * Throws, with nothing applied and the reasons under `violations`: `snapshot_mismatch`,
   * `stale_revision`; but under `best-effort` also `line_out_of_range`, `insert_out_of_bounds`,
   * `expectation_failed`, `overlap`. O(k), O(k log k) for patches in no order; no text is copied.
   */
  apply(batch: Batch, options?: ApplyOptions): Patched {
    const { live, binding } = Snapshot.#of(this);
    const other = batchKind.handleOf(batch, binding, 'snapshot.apply');
    const patched = live.apply(other, ...applyArguments(options, 'snapshot.apply'));
    return new Patched(maker, unwrap(patched), binding);
  }

  /**
   * An editor's edits as a batch of exactly their effect, one patch for each run of lines touched. The
   * order is the Language Server Protocol's: inserts at one place come out as they stand in the array,
   * and may be followed by one replacement that starts there.
   *
   * Throws `line_out_of_range` for a place that the text does not have, or inside a surrogate pair
   * (nothing is clamped); `overlap`, which names both edits by their index; `malformed_batch` for what
   * is no edit; `malformed_text` for a lone surrogate, and for a column in a line that is not UTF-8.
   * O(k log k + lines touched).
   */
  textEdits(edits: readonly TextEdit[]): Batch {
    const { live, binding } = Snapshot.#of(this);
    return new Batch(maker, unwrap(live.textEdits(jsonOfTextEdits(edits))), binding);
  }

  /**
   * Many independent batches as one, whatever their order; or exactly which patches of which batches
   * collide, and which batches are not lawful even alone. That is no error: it is in the answer.
   * O(k log k + text + collisions listed), k patches in all.
   */
  stack(batches: readonly Batch[], options?: StackOptions): Stacked {
    const { live, binding } = Snapshot.#of(this);
    const what = 'snapshot.stack';
    const args = stackArguments(options, what);
    if (!Array.isArray(batches)) {
      throw invalidArgument(`${what}: needs an array of batches, not ${describe(batches)}`);
    }
    return freeAfter(unwrap(binding.batchList()), (list) => {
      for (const batch of batches) {
        const refusal = list.add(batchKind.handleOf(batch, binding, what));
        if (refusal !== null) throw errorFromJson(refusal);
      }
      return stackedOf(live.stack(list, ...args), (batch) => new Batch(maker, batch, binding));
    });
  }

  /**
   * Proves anew that the frozen bytes are what they were: counts and fingerprints them once more.
   * Throws `snapshot_mutated`, `snapshot_size_changed`. O(n).
   */
  verify(): void {
    const error = Snapshot.#of(this).live.verify();
    if (error !== null) throw errorFromJson(error);
  }

  /** Frees the engine's memory now. Twice is no error. */
  dispose(): void {
    Snapshot.#of(this).dispose();
  }

  [disposeSymbol](): void {
    Snapshot.#of(this).dispose();
  }
}
