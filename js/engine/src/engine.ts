import { describe } from './arguments.js';
import { Batch } from './batch.js';
import { type BatchInput, jsonOfBatch, type PatchInput } from './batch-input.js';
import { type BatchHandle, type EngineBinding, NOT_GIVEN } from './binding.js';
import { Diff } from './diff.js';
import { invalidArgument } from './error.js';
import { History } from './history.js';
import { parseJson } from './json.js';
import { snapshotKind } from './kind.js';
import type { UrlLike, WasmSource } from './load.js';
import { type Merged, mergedOf } from './merged.js';
import {
  diffArguments,
  historyArguments,
  limitArguments,
  mergeArguments,
  patchArguments,
  readDiffArguments,
} from './option-arguments.js';
import type {
  BatchOptions,
  DiffOptions,
  HistoryOptions,
  MergeOptions,
  PatchOptions,
  ReadDiffOptions,
} from './options.js';
import { freeAfter, maker, requireMaker, strayed, unwrap } from './owned.js';
import { packBatch } from './packed-batch.js';
import { type Recorded, reproduced } from './reproduce.js';
import { Snapshot } from './snapshot.js';
import { decodeStrict } from './text.js';
import {
  freezeInput,
  inputOf,
  requireInput,
  requireText,
  type Text,
  withTexts,
} from './text-input.js';
import type { WordChange } from './words.js';

/** Where the engine's code runs; the bytes that come out are the same. */
export type Backend = 'native' | 'wasm';

/** A backend that could not be used, and why. */
export interface Unavailable {
  readonly backend: Backend;
  readonly reason: string;
}

/** Patches as they come: JSON as bytes or text, or the same as an object, or as an array of patches. */
export type PatchesInput = Uint8Array | string | BatchInput | readonly PatchInput[];

/** What the engine asks of where it runs. @internal */
export interface Host {
  /** Reads a file whole, or rejects with why not. */
  readFile(path: string | URL): Promise<Uint8Array>;
  /** Loads the rest of the binding, from where it lies or from `rest`. */
  complete(binding: EngineBinding, rest: WasmSource | undefined): Promise<void>;
}

/** The engine, as `loadEngine()` makes it. Nothing is global: two engines know nothing of each other. */
export class Engine {
  readonly backend: Backend;
  /** "major.minor.patch" of the C++ core. */
  readonly version: string;
  /** What `loadEngine` would have preferred but could not use, and why; empty for a forced backend. */
  readonly unavailable: readonly Unavailable[];
  readonly #binding: EngineBinding;
  readonly #host: Host;
  /** Under way, or done: who asks twice waits for the same. */
  #completing: Promise<void> | undefined;

  /** @internal */
  constructor(
    token: typeof maker,
    binding: EngineBinding,
    backend: Backend,
    unavailable: readonly Unavailable[],
    host: Host,
  ) {
    requireMaker(token, 'Engine');
    this.#binding = binding;
    this.backend = backend;
    this.version = binding.version();
    this.unavailable = unavailable;
    this.#host = host;
  }

  /** The binding below `engine`. @internal */
  static bindingOf(engine: unknown): EngineBinding {
    return Engine.#of(engine).#binding;
  }

  /** What a method works on. `this` may be anything: methods can be taken off their object. */
  static #of(self: unknown): Engine {
    if (typeof self === 'object' && self !== null && #binding in self) return self;
    throw strayed('Engine', self);
  }

  /** False of an engine loaded with `verbs: 'page'`, until `complete()`. */
  get isComplete(): boolean {
    return Engine.#of(this).#binding.rest === undefined;
  }

  /**
   * Loads what `verbs: 'page'` has left out, from `firn.rest.wasm` beside this module or from `rest`:
   * then every verb is there, for all that this engine has made, too. At once where nothing is missing.
   * Rejects with `EngineLoadError`, and may be tried again; with `invalid_argument` for what is no source.
   */
  async complete(rest?: WasmSource): Promise<void> {
    const engine = Engine.#of(this);
    engine.#completing ??= engine.#host.complete(engine.#binding, rest).catch((cause: unknown) => {
      engine.#completing = undefined;
      throw cause;
    });
    await engine.#completing;
  }

  /**
   * Freezes a text: copies it, indexes its lines, fingerprints it. Bytes are bytes: invalid UTF-8,
   * NUL and a byte order mark are kept as they are. A string is frozen as UTF-8; one with a lone
   * surrogate throws `malformed_text`. Throws `limit_exceeded` without memory. O(n).
   */
  freeze(text: string | Uint8Array): Snapshot {
    const binding = Engine.#of(this).#binding;
    return new Snapshot(maker, freezeInput(binding, text, 'engine.freeze'), binding);
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
    return engine.freeze(await engine.#host.readFile(path));
  }

  /**
   * Reads a batch, which may come from anyone: JSON as bytes or text, or the same as an object, or
   * as a bare array of patches. `input` is not kept.
   *
   * Throws `malformed_json` and `malformed_batch`, which say where in the JSON (an object's is the
   * one that `JSON.stringify` makes); `malformed_text` for a string with a lone surrogate;
   * `limit_exceeded`. O(n).
   */
  batch(input: PatchesInput, options?: BatchOptions): Batch {
    const binding = Engine.#of(this).#binding;
    return new Batch(maker, readBatch(binding, input, options, 'engine.batch'), binding);
  }

  /**
   * Patches a text in one call: what `freeze`, `batch`, `apply` and `text()` or `bytes()` do together,
   * with nothing to free. A string gives a string, bytes give bytes. Who applies more than one batch
   * to a text, or asks more of the result than its text, freezes it instead.
   *
   *     firn.patch('one\ntwo\n', [{ op: 'replace', line: 2, text: 'zwei' }])  // 'one\nzwei\n'
   *
   * Throws as those do, with nothing applied. An array or an object of patches costs least.
   * O(n + patches), O(n + k log k) for k patches in no order.
   */
  patch(text: string, patches: PatchesInput, options?: PatchOptions): string;
  patch(text: Uint8Array, patches: PatchesInput, options?: PatchOptions): Uint8Array<ArrayBuffer>;
  patch(
    text: string | Uint8Array,
    patches: PatchesInput,
    options?: PatchOptions,
  ): string | Uint8Array<ArrayBuffer> {
    const binding = Engine.#of(this).#binding;
    const what = 'engine.patch';
    const args = patchArguments(options, what);
    if (typeof text === 'string' && text.isWellFormed()) {
      const packed = packBatch(patches);
      const patched = packed && binding.patchText(text, packed.texts, packed.numbers, ...args);
      if (typeof patched === 'string') return patched;
    }
    return freeAfter(freezeInput(binding, text, what), (snapshot) =>
      freeAfter(readBatch(binding, patches, undefined, what), (batch) =>
        freeAfter(unwrap(snapshot.apply(batch, ...args)), (patched) => {
          const bytes = unwrap(patched.bytes());
          return typeof text === 'string' ? decodeStrict(bytes, 'the patched text') : bytes;
        }),
      ),
    );
  }

  /**
   * The text that `json`, a batch, makes of `text`, when all is as it was recorded; undefined when
   * anything is not: the text, the batch, the file it is for, what it makes. Who wants to know what,
   * asks step by step; who builds the same thing again and again is told soonest that it is the same.
   * Throws `invalid_argument`; `limit_exceeded` when no string can be that long. O(n + k log k).
   */
  reproduce(text: string, json: Uint8Array, recorded: Recorded): string | undefined {
    const binding = Engine.#of(this).#binding;
    const what = 'engine.reproduce';
    const input = requireInput(json, what);
    const isAsked = typeof recorded === 'object' && recorded !== null;
    if (typeof text !== 'string' || typeof input === 'string' || !isAsked) {
      throw invalidArgument(`${what}: needs a string, a batch as bytes, and what was recorded`);
    }
    return text.isWellFormed() ? reproduced(binding, text, input, recorded) : undefined;
  }

  /**
   * Reads a unified diff, which may come from anyone: what `git diff` and `diff -u` write, of any
   * number of files. Text before, between and after the files is passed over.
   *
   * Throws `malformed_diff`, `binary_patch`, and `unsafe_path` for a name that leaves the root, each
   * with its position; `malformed_text` for a string with a lone surrogate; `limit_exceeded`. O(n).
   */
  parseDiff(text: string | Uint8Array, options?: ReadDiffOptions): Diff {
    const binding = Engine.#of(this).#binding;
    const what = 'engine.parseDiff';
    const args = readDiffArguments(options, what);
    const input = requireInput(text, what);
    const diff =
      typeof input === 'string'
        ? binding.readDiffText(input, ...args)
        : binding.readDiffBytes(input, ...args);
    return new Diff(maker, unwrap(diff), binding);
  }

  /**
   * The batch that turns `before` into exactly `after`: one patch a hunk, each with what it expects,
   * bound to `before`. Throws as `freeze`. O(n) where the texts agree at their ends, O(n + nd) expected
   * for d differing lines, never worse than O(n log n) but for `minimal`.
   */
  diff(before: Text, after: Text, options?: DiffOptions): Batch {
    const binding = Engine.#of(this).#binding;
    const args = diffArguments(options, 'engine.diff');
    return withTexts(binding, 'engine.diff', { before, after }, (texts) => {
      return new Batch(maker, unwrap(texts.before.diff(texts.after, ...args)), binding);
    });
  }

  /**
   * Three-way merge: what changed from `base` to `ours` and from `base` to `theirs`, in one text; equal
   * to what `git merge-file` makes. A conflict is no error: it is in the text, and in `conflicts`.
   * Throws as `freeze`. O(n + nd), as `diff`.
   */
  merge(base: Text, ours: Text, theirs: Text, options?: MergeOptions): Merged {
    const binding = Engine.#of(this).#binding;
    const args = mergeArguments(options, 'engine.merge');
    return withTexts(binding, 'engine.merge', { base, ours, theirs }, (texts) =>
      mergedOf(texts.base.merge(texts.ours, texts.theirs, ...args)),
    );
  }

  /**
   * A history over `snapshot`, with nothing in it yet. Appending batches to it makes longer ones.
   * O(1).
   */
  history(snapshot: Snapshot, options?: HistoryOptions): History {
    const binding = Engine.#of(this).#binding;
    const args = historyArguments(options, 'engine.history');
    const root = snapshotKind.handleOf(snapshot, binding, 'engine.history');
    return new History(maker, unwrap(root.history(...args)), binding);
  }

  /**
   * What of a changed line to mark, for display: ascending, with something equal between any two.
   * Words, numbers and runs of white space are marked whole. Throws `malformed_text` for a lone
   * surrogate. O(n) but for the comparison, which is bounded.
   */
  words(before: string, after: string): WordChange[] {
    const binding = Engine.#of(this).#binding;
    const changed = binding.changedWords(
      requireText(before, 'engine.words: before'),
      requireText(after, 'engine.words: after'),
    );
    return parseJson<WordChange[]>(changed, 'the changed words');
  }
}

/** Data crosses packed; JSON, and what must be JSON to be judged, as such. */
function readBatch(
  binding: EngineBinding,
  input: unknown,
  options: BatchOptions | undefined,
  what: string,
): BatchHandle {
  const limits = limitArguments(options, what);
  const packed = limits.every((limit) => limit === NOT_GIVEN) ? packBatch(input) : undefined;
  const batch = packed && binding.readPackedBatch(packed.texts, packed.numbers);
  if (batch) return batch;
  const json = inputOf(input, what) ?? jsonOfBatch(input, what);
  const read =
    typeof json === 'string'
      ? binding.readBatchText(json, ...limits)
      : binding.readBatchBytes(json, ...limits);
  return unwrap(read);
}
