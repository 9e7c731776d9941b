/** What the package exports wherever it runs, besides `loadEngine`. */
export type { Batch } from './batch.js';
export type {
  BatchInput,
  DeleteInput,
  InsertInput,
  PatchInput,
  ReplaceInput,
} from './batch-input.js';
export type { Backend, Engine, Unavailable } from './engine.js';
export {
  type ErrorCode,
  type ErrorFields,
  FirnError,
  type InputPosition,
  type PatchRef,
} from './error.js';
export {
  type CompiledModule,
  EngineLoadError,
  type LoadOptions,
  type ResponseLike,
  type UrlLike,
  type WasmSource,
} from './load.js';
export type { ApplyOptions, BatchOptions, DiffOptions, Limits } from './options.js';
export type { Patched } from './patched.js';
export type { Change, CheckReport, Counts, LineRange, Origin, Report, Warning } from './report.js';
export type { Snapshot } from './snapshot.js';
