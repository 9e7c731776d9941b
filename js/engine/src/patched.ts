/// <reference lib="esnext.disposable" preserve="true" />
import { lengthOf, requireLine, requireMemory, requireRange } from './arguments.js';
import { Batch } from './batch.js';
import { type EngineBinding, NOT_GIVEN, type PatchedHandle } from './binding.js';
import { errorFromJson, type FirnError, invalidArgument } from './error.js';
import { parseFrozen } from './frozen.js';
import { parseJson } from './json.js';
import { patchedKind, snapshotKind } from './kind.js';
import { displayLine, displayLines } from './lines.js';
import { mappingsArguments, sourceMapArguments, unifiedDiffArguments } from './option-arguments.js';
import type { MappingsOptions, SourceMapOptions, UnifiedDiffOptions } from './options.js';
import { disposeSymbol, maker, Owned, requireMaker, strayed, unwrap } from './owned.js';
import { type Rebased, rebasedOf } from './rebased.js';
import type { Change, Origin, Report } from './report.js';
import type { Snapshot } from './snapshot.js';
import { decodeStrict } from './text.js';

/**
 * A snapshot with a batch applied, seen as the text that results. Nothing is copied until bytes are
 * asked for, and every view comes from the same edits, so none can disagree with another.
 *
 * Made by `snapshot.apply()`. Immutable; its report and its changes are made at the first call,
 * frozen, and the same object ever after. Free it with `dispose()` or `using`; after that
 * every use throws `disposed`. In the costs, k is the number of patches.
 */
export class Patched implements Disposable {
  readonly #owned: Owned<PatchedHandle>;
  #fingerprint: string | undefined;
  #report: Report | undefined;
  #changes: readonly Change[] | undefined;

  /** @internal */
  constructor(token: typeof maker, handle: PatchedHandle, binding: EngineBinding) {
    requireMaker(token, 'Patched');
    this.#owned = new Owned(this, handle, 'patched text', binding);
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Owned<PatchedHandle> {
    if (typeof self === 'object' && self !== null && #owned in self) return self.#owned;
    throw strayed('Patched', self);
  }

  static {
    patchedKind.ownedBy = (value) => (#owned in value ? value.#owned : undefined);
  }

  /** O(1). */
  get lineCount(): number {
    return Patched.#of(this).live.lineCount();
  }

  /** O(1). */
  get byteLength(): number {
    return Patched.#of(this).live.byteLength();
  }

  /** The revision the text is at now: one more than before if a patch was applied. O(1). */
  get revision(): number {
    return Patched.#of(this).live.revision();
  }

  /** The identity of the patched bytes: XXH3-128, 32 hex digits. O(n) once, without a copy. */
  get fingerprint(): string {
    const handle = Patched.#of(this).live;
    this.#fingerprint ??= handle.fingerprint();
    return this.#fingerprint;
  }

  /** What was applied, what was not and why, warnings, and time per layer. O(k) once. */
  get report(): Report {
    const handle = Patched.#of(this).live;
    this.#report ??= parseFrozen<Report>(handle.report(), 'the report');
    return this.#report;
  }

  /** The patched bytes, yours to keep. Throws `limit_exceeded` without memory. O(k + n), one pass. */
  bytes(): Uint8Array<ArrayBuffer> {
    return unwrap(Patched.#of(this).live.bytes());
  }

  /**
   * Writes the patched bytes to the beginning of `target`, in the manner of `TextEncoder.encodeInto`,
   * and says how many; what is behind them stays as it is. New memory is most of what `bytes()`
   * costs: who patches again and again, and keeps the memory, does without.
   *
   * `target` may be part of a buffer, or of shared memory. Throws `invalid_argument` when it is
   * shorter than `byteLength`, with its length as `limit`, or no Uint8Array: then nothing is written;
   * `limit_exceeded` without memory (WebAssembly copies out of its own). O(k + n), one pass.
   */
  bytesInto(target: Uint8Array): number {
    const owned = Patched.#of(this);
    const memory = requireMemory(target, 'patched.bytesInto');
    const handle = owned.live; // Only now: asked for its length, an array may have disposed it.
    const written = handle.bytesInto(memory);
    if (typeof written === 'string') throw errorFromJson(written);
    if (written === NOT_GIVEN) throw tooSmall(lengthOf(memory), handle.byteLength());
    return written;
  }

  /**
   * The patched text, a byte order mark included. Throws `malformed_text` when the bytes are not
   * UTF-8 (take `bytes()` then), `limit_exceeded` when no string can be that long. O(k + n).
   */
  text(): string {
    return decodeStrict(unwrap(Patched.#of(this).live.bytes()), 'the patched text');
  }

  /**
   * Line `line`, from 1 to `lineCount`, without its terminator, for display: bytes that are not
   * UTF-8 show as U+FFFD. Throws `invalid_argument` for any other line. O(log k + line).
   */
  line(line: number): string {
    const handle = Patched.#of(this).live;
    requireLine(line, 'patched.line', handle.lineCount());
    return displayLine(handle, line);
  }

  /**
   * Lines `from` to `to`, both included, each as by `line()`; `to` = `from` - 1 gives none. Throws
   * `invalid_argument` for a line that is not there. O(log k + lines).
   */
  lines(from: number, to: number): string[] {
    const handle = Patched.#of(this).live;
    requireRange(from, to, 'patched.lines', handle.lineCount());
    return displayLines(handle, from, to);
  }

  /** One per patch that has an effect on lines, ascending. O(k) once. */
  changes(): readonly Change[] {
    const handle = Patched.#of(this).live;
    this.#changes ??= parseFrozen<readonly Change[]>(handle.changes(), 'the list of changes');
    return this.#changes;
  }

  /**
   * Where each of lines `from` to `to` comes from. Range and errors as `lines()`.
   * O(log k + lines).
   */
  provenance(from: number, to: number): Origin[] {
    const handle = Patched.#of(this).live;
    requireRange(from, to, 'patched.provenance', handle.lineCount());
    return parseJson<Origin[]>(handle.provenance(from, to), 'the provenance');
  }

  /**
   * The line of the result that is line `baseLine` of the snapshot, untouched; null when a patch
   * took it. Throws `invalid_argument` for a line that the snapshot lacks. O(log k).
   */
  mapLine(baseLine: number): number | null {
    const handle = Patched.#of(this).live;
    requireLine(baseLine, 'patched.mapLine', handle.baseLineCount());
    return handle.mapLine(baseLine) || null;
  }

  /**
   * The reverse: the line of the snapshot that is line `line` of the result; null when a patch wrote
   * it. Throws `invalid_argument` for a line that the result lacks. O(log k).
   */
  unmapLine(line: number): number | null {
    const handle = Patched.#of(this).live;
    requireLine(line, 'patched.unmapLine', handle.lineCount());
    return handle.unmapLine(line) || null;
  }

  /**
   * The change as a unified diff, which GNU patch and `git apply` turn into exactly `bytes()`; empty
   * when the text did not change. No diff algorithm runs. Throws `malformed_text` when what it
   * quotes is not UTF-8 (take `unifiedDiffBytes()` then), `invalid_argument`. O(k + lines written).
   */
  unifiedDiff(options?: UnifiedDiffOptions): string {
    return decodeStrict(Patched.#diff(this, options), 'the unified diff');
  }

  /** The same as bytes, for texts that are not UTF-8. */
  unifiedDiffBytes(options?: UnifiedDiffOptions): Uint8Array<ArrayBuffer> {
    return Patched.#diff(this, options);
  }

  static #diff(self: Patched, options: UnifiedDiffOptions | undefined): Uint8Array<ArrayBuffer> {
    const handle = Patched.#of(self).live;
    return unwrap(handle.unifiedDiff(...unifiedDiffArguments(options, 'patched.unifiedDiff')));
  }

  /**
   * The map from this text back to its snapshot, as JSON (ECMA-426): a line of the snapshot maps to
   * itself, a line that a patch wrote to nothing. Lines end with LF, columns are UTF-16 code units, a byte
   * order mark is one. No text is compared. Throws `malformed_text`, with the line, when the snapshot is
   * not UTF-8 and the map is to hold it or to know its boundaries; `invalid_argument`,
   * `limit_exceeded`. O(lines + content), with boundaries O(n).
   */
  sourceMap(options?: SourceMapOptions): string {
    const handle = Patched.#of(this).live;
    const given = sourceMapArguments(options, 'patched.sourceMap');
    return unwrap(handle.sourceMap(...given))[0];
  }

  /**
   * The `mappings` of that map alone: all that crosses when the text is at hand on this side already.
   * What bundlers take as an object is then `{ version: 3, sources: [name], sourcesContent: [text],
   * names: [], mappings }`, and nobody parses JSON. Errors and cost as `sourceMap()` without content.
   */
  mappings(options?: MappingsOptions): string {
    const handle = Patched.#of(this).live;
    const given = mappingsArguments(options, 'patched.mappings');
    return unwrap(handle.mappings(...given))[0];
  }

  /**
   * The batch that turns this text back into its snapshot. It is bound to this text, expects what
   * stands there, and puts back the very bytes. Throws `limit_exceeded` without memory.
   * O(k + lines changed + n).
   */
  invert(): Batch {
    const { live, binding } = Patched.#of(this);
    return new Batch(maker, unwrap(live.invert()), binding);
  }

  /**
   * What this and `second`, applied to this text, do together, as one batch over the snapshot below.
   * Throws `snapshot_mismatch` when `second` is over another text. O(k of both + lines changed + n).
   */
  compose(second: Patched): Batch {
    const { live, binding } = Patched.#of(this);
    const then = patchedKind.handleOf(second, binding, 'patched.compose');
    return new Batch(maker, unwrap(live.compose(then)), binding);
  }

  /**
   * Carries the batch over to `newSnapshot`, another version of the snapshot below. Patches are looked
   * at one by one: a conflict stops none of the others. Throws `limit_exceeded` when the conflicts hold
   * more than 256 MiB in all and more than the old text, the patched and the new together.
   * O(diff of the texts + k log k + bytes of the conflicts).
   */
  rebase(newSnapshot: Snapshot): Rebased {
    const { live, binding } = Patched.#of(this);
    const newText = snapshotKind.handleOf(newSnapshot, binding, 'patched.rebase');
    return rebasedOf(live.rebase(newText), (batch) => new Batch(maker, batch, binding));
  }

  /** Frees the engine's memory now. Twice is no error. */
  dispose(): void {
    Patched.#of(this).dispose();
  }

  [disposeSymbol](): void {
    Patched.#of(this).dispose();
  }
}

function tooSmall(limit: number, byteLength: number): FirnError {
  const message = `patched.bytesInto: the text has ${byteLength} bytes, and the Uint8Array room for ${limit}`;
  return invalidArgument(message, { limit });
}
