/**
 * What the WebAssembly module and the Node addon both supply, in exactly this shape. A call crosses
 * once per verb, never once per line. Bindings hold no logic: they convert, call core once, convert
 * back. Arguments arrive checked (arguments.ts), so a binding may answer a wrong one with any error,
 * thrown or returned, or with "none", but never with a crash.
 *
 * The compiler checks the WebAssembly side against this file (wasm-handles.ts, wasm-binding.ts); the
 * shape test checks the addon.
 */

/** An error or a list of violations, as core's to_json wrote it. */
export type ErrorJson = string;

/**
 * A call that can fail returns its value, or a string: why not. Nothing throws across. Calls that give
 * numbers and texts need no memory of the engine's, and cannot fail.
 */
export type Fallible<T extends object> = T | ErrorJson;

/**
 * UTF-8 that core's to_json wrote. Bytes, because a report may be larger than any string: then the
 * wrapper says so (json.ts), for all bindings in the same words.
 */
export type Json = OwnedBytes;

/** Bytes of the caller's own: nothing in the engine points at them. */
export type OwnedBytes = Uint8Array<ArrayBuffer>;

/**
 * A string that is there, in a box that tells it from one that says why not. For what is made to be
 * a string: it is copied once less than bytes that are then decoded.
 */
export type Boxed = readonly [text: string];

/** Optional numbers cross as this when they are not given. */
export const NOT_GIVEN = -1;

/** The place of a name in these is the value of core's enumerator. */
export const OPS: readonly string[] = ['replace', 'delete', 'insert'];
export const POLICIES = ['fail-fast', 'atomic', 'best-effort'] as const;
export const TIES = ['reject', 'keep-order'] as const;
export const ALGORITHMS = ['histogram', 'myers', 'minimal'] as const;
export const SLIDES = ['none', 'down', 'indent'] as const;
export const CONFLICT_STYLES = ['merge', 'diff3', 'zdiff3'] as const;
export const FAVORS = ['nobody', 'ours', 'theirs', 'both'] as const;
/** The last is a rule of the bindings: whichever of the others goes with the file's name. */
export const FUNCTION_NAMES = ['none', 'plain', 'cpp', 'css', 'by-name'] as const;
export const MAP_DETAILS = ['line', 'boundary'] as const;
export const FILE_KINDS = ['modify', 'create', 'remove', 'rename', 'copy'] as const;
export const PLACEMENTS = ['exact', 'search', 'fuzzy'] as const;
export const WHITE_SPACES = ['compare', 'ignore-trailing', 'ignore-amount'] as const;

/** A C++ value held by JavaScript; `delete` frees it, once. */
export interface Handle {
  delete(): void;
}

export interface EngineBinding {
  version(): string;
  /** REQUIRES a well-formed string. */
  freezeText(text: string): Fallible<SnapshotHandle>;
  /** The bytes are copied. */
  freezeBytes(bytes: Uint8Array): Fallible<SnapshotHandle>;
  /** Limits are NOT_GIVEN for core's defaults. REQUIRES a well-formed string. */
  readBatchText(
    json: string,
    batchBytes: number,
    patches: number,
    textLines: number,
    nesting: number,
  ): Fallible<BatchHandle>;
  readBatchBytes(
    json: Uint8Array,
    batchBytes: number,
    patches: number,
    textLines: number,
    nesting: number,
  ): Fallible<BatchHandle>;
  /**
   * A batch of `packed-batch.ts`; null when it is none. What is wrong with it is for `readBatchText`
   * to say, of its JSON. REQUIRES a well-formed string.
   */
  readPackedBatch(texts: string, numbers: Float64Array): BatchHandle | null;
  /**
   * A packed batch applied to `text`, which no handle outlives: the patched text, or null when there is
   * none. Why not is for the verbs that make handles to say. REQUIRES well-formed strings.
   */
  patchText(
    text: string,
    texts: string,
    numbers: Float64Array,
    policy: number,
    ties: number,
    revision: number,
  ): string | null;
  /** REQUIRES a well-formed string. */
  readDiffText(text: string, recount: boolean, anyNames: boolean): Fallible<DiffHandle>;
  readDiffBytes(bytes: Uint8Array, recount: boolean, anyNames: boolean): Fallible<DiffHandle>;
  /** JSON of WordChange[]. REQUIRES well-formed strings. */
  changedWords(before: string, after: string): Fallible<Json>;
  batchList(): Fallible<BatchListHandle>;
  /** Of WebAssembly in two parts: while it is there, verbs of the second answer with an error. @internal */
  readonly rest?: RestOfBinding | undefined;
  /** The addon's, where there is POSIX. */
  readonly trees?: TreeBinding;
}

/** The part of the engine that a page does not wait for. @internal */
export interface RestOfBinding {
  /** Rejects when that is not what is missing. Twice is no error. */
  load(compiled: WebAssembly.Module): Promise<void>;
}

/** Work on trees of files, on threads of the addon's own. */
export interface TreeBinding {
  watch(): TreeWatchHandle;
  /** REQUIRES well-formed strings, paths without NUL. `owner`: JSON for the journal. What follows is as in DiffHandle.place. */
  applyDiff(
    diff: DiffHandle,
    root: string,
    owner: string,
    strip: number,
    flush: boolean,
    wantsPlaces: boolean,
    placement: number,
    maxFuzz: number,
    whiteSpace: number,
    ignoreLineEnds: boolean,
    reverse: boolean,
    policy: number,
    watch: TreeWatchHandle,
  ): Fallible<Promise<TreeApplied>>;
  /** `contents`: one for each of `paths`; copied before this returns. REQUIRES strings as above. */
  copyTree(
    from: string,
    to: string,
    paths: readonly string[],
    contents: readonly Uint8Array[],
    hardLinks: boolean,
    watch: TreeWatchHandle,
  ): Fallible<Promise<TreeCopied>>;
}

/** What became of a diff; tree::Applied says what each outcome is. */
export interface TreeApplied {
  readonly outcome: 'done' | 'not-plain' | 'cancelled' | 'cut-short';
  /** Of what cut it short: errno, and the file. */
  readonly systemError: number;
  readonly path: string;
  /** JSON of {hunks}[], a file each; null unless it was asked for, or a hunk is not where it says. */
  readonly places: Fallible<Json> | null;
}

/** What became of a copy; tree::Copied says what each outcome is. */
export interface TreeCopied {
  readonly outcome: 'done' | 'cancelled' | 'failed' | 'not-a-file' | 'not-in-tree';
  /** errno of what failed, and the file. */
  readonly systemError: number;
  readonly path: string;
  readonly files: number;
  readonly shared: number;
}

/** Follows work on a tree, from any time on, and stops it. */
export interface TreeWatchHandle extends Handle {
  cancel(): void;
  /** How many files are done, of how many; 0 while that is not known. */
  done(): number;
  total(): number;
}

export interface SnapshotHandle extends Handle {
  lineCount(): number;
  byteLength(): number;
  /** 32 hex digits. */
  fingerprint(): string;
  bytes(): Fallible<OwnedBytes>;
  /** Content of the lines, each ended by LF whatever its terminator. */
  lines(from: number, to: number): Fallible<OwnedBytes>;
  /** Null when the bytes are what was frozen. */
  verify(): ErrorJson | null;
  /** JSON of CheckReport. */
  check(batch: BatchHandle, policy: number, ties: number, revision: number): Fallible<Json>;
  apply(
    batch: BatchHandle,
    policy: number,
    ties: number,
    revision: number,
  ): Fallible<PatchedHandle>;
  /** JSON of TextEdit[]. REQUIRES a well-formed string. */
  textEdits(json: string): Fallible<BatchHandle>;
  diff(after: SnapshotHandle, algorithm: number, slide: number): Fallible<BatchHandle>;
  /** This is the base. Gives JSON {conflicts}, and the merged bytes. REQUIRES well-formed strings. */
  merge(
    ours: SnapshotHandle,
    theirs: SnapshotHandle,
    style: number,
    favor: number,
    markerSize: number,
    oursLabel: string,
    baseLabel: string,
    theirsLabel: string,
  ): Fallible<PartsHandle>;
  /** Gives the batch, when there is one, and JSON {sources, collisions, collisionCount, refused}. */
  stack(batches: BatchListHandle, revision: number, maxCollisions: number): Fallible<PartsHandle>;
  history(revision: number): Fallible<HistoryHandle>;
}

export interface BatchHandle extends Handle {
  /** Empty: none. */
  id(): string;
  /** Empty: none. */
  file(): string;
  patchCount(): number;
  /** JSON of schema firn.batch/1. */
  json(): Fallible<Json>;
  /** The bytes of a Uint32Array. */
  select(places: Uint8Array): Fallible<BatchHandle>;
}

export interface PatchedHandle extends Handle {
  /** Lines of the snapshot below it. */
  baseLineCount(): number;
  lineCount(): number;
  byteLength(): number;
  revision(): number;
  /** 32 hex digits. */
  fingerprint(): string;
  bytes(): Fallible<OwnedBytes>;
  /**
   * Writes the same to the beginning of `target`: how many. NOT_GIVEN where they do not fit, and
   * nothing is written.
   */
  bytesInto(target: Uint8Array): number | ErrorJson;
  /** As SnapshotHandle.lines. */
  lines(from: number, to: number): Fallible<OwnedBytes>;
  /** JSON of Report. */
  report(): Fallible<Json>;
  /** JSON of Change[]. */
  changes(): Fallible<Json>;
  /** JSON of Origin[]. */
  provenance(from: number, to: number): Fallible<Json>;
  /** 0: none, and no such line. */
  mapLine(baseLine: number): number;
  /** 0: none, and no such line. */
  unmapLine(line: number): number;
  /**
   * Empty names: core's own; with a `gitKind` they are paths. Numbers but the first two are NOT_GIVEN
   * for none. REQUIRES well-formed strings.
   */
  unifiedDiff(
    contextLines: number,
    functionNames: number,
    gitKind: number,
    oldMode: number,
    newMode: number,
    similarityPercent: number,
    oldName: string,
    newName: string,
    oldBlob: string,
    newBlob: string,
  ): Fallible<OwnedBytes>;
  /** Empty names: none, and the batch's file. REQUIRES well-formed strings. */
  sourceMap(detail: number, withContent: boolean, file: string, source: string): Fallible<Boxed>;
  mappings(detail: number): Fallible<Boxed>;
  invert(): Fallible<BatchHandle>;
  compose(second: PatchedHandle): Fallible<BatchHandle>;
  /** Gives the batch and JSON {patches}. */
  rebase(newText: SnapshotHandle): Fallible<PartsHandle>;
}

export interface DiffHandle extends Handle {
  /** JSON {files}. */
  files(): Fallible<Json>;
  /** Gives the batch, JSON {hunks, rejected}, and the rejects as bytes. */
  place(
    fileIndex: number,
    snapshot: SnapshotHandle,
    placement: number,
    maxFuzz: number,
    whiteSpace: number,
    ignoreLineEnds: boolean,
    reverse: boolean,
    policy: number,
  ): Fallible<PartsHandle>;
}

/** Batches for a verb that takes any number; the one thing here that changes. */
export interface BatchListHandle extends Handle {
  /** Null when it is added. */
  add(batch: BatchHandle): ErrorJson | null;
}

export interface HistoryHandle extends Handle {
  revision(): number;
  root(): Fallible<SnapshotHandle>;
  /** The text of the last revision. */
  latest(): Fallible<SnapshotHandle>;
  /** JSON {firstRevision, revision, revisions}. */
  revisions(): Fallible<Json>;
  /** Gives the history after it, and the patched text. */
  append(batch: BatchHandle, policy: number, ties: number): Fallible<PartsHandle>;
  at(revision: number): Fallible<PatchedHandle>;
  batchOf(revision: number): Fallible<BatchHandle>;
  /** Gives the history after it, the inverse, it carried over (batch), and JSON {patches, ...}. */
  undo(revision: number): Fallible<PartsHandle>;
}

/** What a verb gives that gives more than one thing: null, or empty, where it gives no such thing. */
export interface PartsHandle extends Handle {
  batch(): Fallible<BatchHandle> | null;
  inverse(): Fallible<BatchHandle> | null;
  patched(): Fallible<PatchedHandle> | null;
  history(): Fallible<HistoryHandle> | null;
  json(): Fallible<Json>;
  bytes(): Fallible<OwnedBytes>;
}
