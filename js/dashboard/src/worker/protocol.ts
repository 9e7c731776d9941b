/**
 * What a page and its worker say to each other. A protocol of our own, and not Comlink: a call must be
 * taken back when nobody wants its answer any more, and must tell how far it has come.
 */
import type { BatchInput, ErrorFields } from '@firn/engine';
import type { CarriedPatchOfSet, PatchEntry, SetErrorCode, SetManifest } from '@firn/sets';
import type { Language } from '../highlight/languages.js';
import type {
  CarriedFile,
  CarryRequest,
  DisputedLines,
  DisputeRequest,
  Editable,
  EditOutcome,
  EditRequest,
  RecordedFile,
  Resolution,
} from './edit-protocol.js';
import type { Arrangement } from './layout.js';

/** Rows are fetched and kept by so many. */
export const CHUNK_ROWS = 64;

/** Every verb with what it takes and gives. Bytes are transferred, never copied. */
export interface Verbs {
  /** Loads the engine, if no other verb did before. */
  start(argument: EngineSource): EngineFacts;
  open(argument: OpenRequest & ViewRequest): Shown & { readonly opened: Opened };
  close(argument: OfDocument): null;
  /** Applies what is switched on, in the order given. */
  apply(argument: OfDocument & Selection & ViewRequest): Shown;
  arrange(argument: OfDocument & ViewRequest): View;
  rows(argument: OfDocument & RowsRequest): readonly Row[];
  /** The row in which each line stands. */
  rowsOf(argument: OfDocument & { readonly lines: readonly LineOfSide[] }): readonly number[];
  origin(argument: OfDocument & LineOfSide): Origin;
  /** Where a patch shows, or would. */
  placeOf(argument: OfDocument & { readonly key: number }): LineOfSide;
  search(argument: OfDocument & SearchRequest): SearchResult;
  unifiedDiff(argument: OfDocument): Uint8Array<ArrayBuffer>;
  patchedBytes(argument: OfDocument): Uint8Array<ArrayBuffer>;
  /** Lines of the patched text for an editor: all, or as many around a line as one can hold. */
  editable(argument: OfDocument & { readonly around: number }): Editable;
  record(argument: OfDocument & EditRequest): EditOutcome;
  /** Fingerprint of what a batch makes of the patched text. */
  tryBatch(argument: OfDocument & { readonly batch: BatchInput }): string;
  /** All patches of a file as a set records them, and why a build would refuse them. */
  recordAll(argument: FileInput): RecordedFile;
  /** What one source of a file does to the text that it stands on. */
  diffOfSource(argument: {
    readonly file: FileInput;
    readonly source: number;
  }): Uint8Array<ArrayBuffer>;
  /** The patches of a file on another text. */
  carry(argument: CarryRequest): CarriedFile;
  /** What has to be decided about a patch in conflict. */
  disputed(argument: DisputeRequest): readonly DisputedLines[];
  /** The decision as the patch, then what becomes of those that follow it. */
  resolve(argument: Resolution): readonly CarriedPatchOfSet[];
  /** `firn.json` as text. */
  printSet(argument: SetManifest): string;
  /** What `firn-manifest.json` says, once its id is proved. */
  readBuild(argument: ManifestSource): BuildFacts;
  /** What `firn.json` says. */
  readSet(argument: ManifestSource): SetManifest;
  /** What a file becomes, without keeping it open. */
  summarize(argument: FileInput): FileSummary;
}

export type Verb = keyof Verbs;
export type Argument<V extends Verb> = Parameters<Verbs[V]>[0];
export type Result<V extends Verb> = ReturnType<Verbs[V]>;

export type Call = { readonly id: number; readonly verb: Verb; readonly argument: unknown };
export type ToWorker = Call | { readonly cancel: number };
export type FromWorker =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: Failure }
  /** 0 to 1. */
  | { readonly id: number; readonly progress: number };

/** An error as data; `code` is the engine's where it is the engine that refused. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly violations?: readonly ErrorFields[];
}

export interface EngineSource {
  /** Where firn.wasm is, if it is not beside the worker. */
  readonly wasm?: string;
}

export interface EngineFacts {
  readonly version: string;
}

export interface OfDocument {
  readonly document: number;
}

/** One patch file: a batch as JSON, or a unified diff. */
export interface PatchSource {
  /** Names it for people: its path, or its place among the others. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What its set says about it; absent: it is in no set, and is placed as well as it can be. */
  readonly entry?: PatchEntry | undefined;
}

/** The manifest of a set, by the name that messages call it. */
export interface ManifestSource {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Why a patch is not applied: a law of the engine, or a rule of sets. */
export type Violation = Omit<ErrorFields, 'code'> & {
  readonly code: ErrorFields['code'] | SetErrorCode;
};

/** What one set makes of a file. */
export interface Variant {
  readonly sources: readonly PatchSource[];
  /** The set that the sources are of. */
  readonly set?: string | undefined;
}

export interface FileInput extends Variant {
  /** Its path: says which language it is in. */
  readonly name: string;
  readonly baseline: Uint8Array<ArrayBuffer>;
}

export interface OpenRequest extends OfDocument {
  readonly file: FileInput;
  /** Instead of the baseline, compare with what this one makes of it. */
  readonly against?: Variant | undefined;
  readonly language?: Language | undefined;
  /** Patches that are on; undefined: all but those of sources that only some builds take. */
  readonly keys?: Uint32Array<ArrayBuffer> | undefined;
}

export interface TextFacts {
  readonly fingerprint: string;
  readonly lineCount: number;
  readonly byteLength: number;
}

export interface PatchFacts {
  /** Its place among all patches of the file, from 0. */
  readonly key: number;
  /** Its place in `sources`. */
  readonly source: number;
  readonly id: string;
  readonly op: 'replace' | 'delete' | 'insert';
  /** Lines of the text that its source stands on; an insert goes before `line`. */
  readonly line: number;
  readonly endLine: number;
  readonly linesAdded: number;
  readonly reason?: string;
  readonly author?: string;
}

export interface SourceFacts {
  readonly name: string;
  readonly id?: string;
  readonly revision?: number;
  readonly reason?: string;
  readonly author?: string;
  /** The conditions of a build that takes it, as people read them; absent: every build does. */
  readonly when?: string;
  /** The source that it stands on: its line numbers mean what that one makes. */
  readonly follows?: number;
  /** Why none of its patches can be used. */
  readonly problem?: Violation;
}

export interface Opened {
  readonly baseline: TextFacts;
  readonly patches: readonly PatchFacts[];
  readonly sources: readonly SourceFacts[];
}

export interface Selection {
  /** Keys of the patches that are on, in the order in which they are asked for. */
  readonly keys: Uint32Array<ArrayBuffer>;
}

/** A patch that was asked for and is not there. */
export interface Refusal {
  readonly key: number;
  /** The patch it collides with. */
  readonly other?: number;
  readonly violation: Violation;
}

export interface Applied {
  readonly patched: TextFacts;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly refused: readonly Refusal[];
}

/** How the rows are to lie, and which of them are on screen: one answer has all that is painted next. */
export interface ViewRequest {
  readonly arrangement: Arrangement;
  /** The line to keep at the top; undefined: the row `top`. */
  readonly anchor?: LineOfSide | undefined;
  readonly top: number;
  /** Rows on screen. */
  readonly count: number;
  /** Where lines that are too long to be shown begin to be, in UTF-16 units from 0. */
  readonly column: number;
  /** Marked where it occurs. */
  readonly query?: SearchQuery | undefined;
}

export interface Shown {
  readonly applied: Applied;
  readonly view: View;
}

export interface View {
  /** Rows are asked for with it: those of an older view mean something else. */
  readonly edition: number;
  readonly rowCount: number;
  /** The row that is at the top now. */
  readonly top: number;
  /** From `first` on, whole chunks of CHUNK_ROWS. */
  readonly rows: readonly Row[];
  readonly first: number;
  /** Three numbers for each change: its first row, its rows, and 1 for removed, 2 for added, 3 for both. */
  readonly changes: Uint32Array<ArrayBuffer>;
}

export interface RowsRequest {
  readonly edition: number;
  /** From 0. */
  readonly from: number;
  readonly count: number;
  /** As in `ViewRequest`. */
  readonly column: number;
  /** Marked where it occurs. */
  readonly query?: SearchQuery | undefined;
}

/**
 * A piece of a line, ready to be shown. `runs` are pairs: a number of UTF-16 units, and its style (see
 * style.ts). `before` units at the start of the line and `left` at its end are not shown.
 */
export interface Cell {
  readonly text: string;
  readonly runs: readonly number[];
  readonly before: number;
  readonly left: number;
}

interface RowBase {
  /** 1-based; 0 where there is none. */
  readonly base: number;
  readonly line: number;
}

export interface LineRow extends RowBase {
  readonly kind: 'same' | 'removed' | 'added' | 'changed';
  /** One; in `split` two, undefined where that side has no line. */
  readonly cells: readonly (Cell | undefined)[];
  /** Who wrote it: key of the patch, -1 for the baseline. */
  readonly patch: number;
  /** Of those that its patch wrote in this change. */
  readonly isFirst: boolean;
}

export type Row =
  | LineRow
  | (RowBase & { readonly kind: 'fold'; readonly hidden: number })
  | (RowBase & { readonly kind: 'gone'; readonly removed: number; readonly patch: number })
  | (RowBase & { readonly kind: 'note'; readonly refusal: Refusal });

export interface LineOfSide {
  readonly side: 'base' | 'line';
  /** From 1. */
  readonly line: number;
}

export interface Origin {
  /** The line of the baseline that it is; undefined when a patch wrote it. */
  readonly base?: number;
  /** Key of the patch that wrote or took it. */
  readonly patch?: number;
  readonly text: string;
}

export interface SearchQuery {
  readonly text: string;
  readonly caseSensitive: boolean;
}

export interface SearchRequest {
  readonly query: SearchQuery;
}

export interface SearchResult {
  /** Three numbers for each place: 0 for the baseline or 1 for the result, the line, the column from 0. */
  readonly places: Uint32Array<ArrayBuffer>;
  /** There are more than are listed. */
  readonly isCut: boolean;
}

/** What a build made, file by file. */
export interface BuildFacts {
  /** The artefact's id. */
  readonly id: string;
  /** Fingerprint of each patched file, by path. */
  readonly results: ReadonlyMap<string, string>;
}

export interface FileSummary {
  readonly baseline: TextFacts;
  readonly patched: TextFacts;
  readonly patches: number;
  readonly refused: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
}
