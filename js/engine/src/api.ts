/** What the package exports wherever it runs, besides `loadEngine`. */
export type { Batch } from './batch.js';
export type {
  BatchInput,
  DeleteInput,
  InsertInput,
  PatchInput,
  ReplaceInput,
} from './batch-input.js';
export type { Diff } from './diff.js';
export type { Backend, Engine, PatchesInput, Unavailable } from './engine.js';
export {
  type ErrorCode,
  type ErrorFields,
  FirnError,
  type InputPosition,
  type PatchRef,
} from './error.js';
export type {
  FileDiff,
  FileHeaders,
  Hunk,
  Placed,
  PlacedHunk,
  RejectedHunk,
} from './file-diff.js';
export type { Appended, History, Revision, Undone } from './history.js';
export {
  type CompiledModule,
  EngineLoadError,
  type LoadOptions,
  type ResponseLike,
  type UrlLike,
  type WasmSource,
} from './load.js';
export type { Conflict, Merged } from './merged.js';
export type {
  AppendOptions,
  ApplyOptions,
  BatchOptions,
  DiffOptions,
  GitHeader,
  HistoryOptions,
  Limits,
  MappingsOptions,
  MergeOptions,
  PatchOptions,
  PlaceOptions,
  ReadDiffOptions,
  SourceMapOptions,
  StackOptions,
  UnifiedDiffOptions,
} from './options.js';
export type { Patched } from './patched.js';
export type { CarriedConflict, CarriedPatch, Rebased } from './rebased.js';
export type { Change, CheckReport, Counts, LineRange, Origin, Report, Warning } from './report.js';
export type { Recorded } from './reproduce.js';
export type { Snapshot } from './snapshot.js';
export type { Collision, RefusedBatch, Stacked, StackPatch } from './stacked.js';
export type { TextEdit, TextPosition } from './text-edits.js';
export type { Text } from './text-input.js';
export type { TextRange, WordChange } from './words.js';
