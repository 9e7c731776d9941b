/**
 * Patch sets, wherever they are: what a set is, which patches a build takes, what they make of a file,
 * and the proof of it. Nothing here reads a disk; `@firn/sets/node` does.
 *
 *     const set = patchSet(manifest, files);
 *     const index = patchIndex([set], { env: 'production' });
 *     for (const file of index.files) {
 *       const built = applyFile(engine, snapshotOf(file), index.of(file));
 *       built.patched.text();
 *     }
 */
export {
  applyFile,
  checkFile,
  type FileCheck,
  type FileProof,
  type PatchedFile,
} from './apply-file.js';
export {
  artefactId,
  BUILD_MANIFEST_NAME,
  type BuildManifest,
  type BuiltFile,
  buildManifest,
  parseBuildManifest,
  printBuildManifest,
} from './build-manifest.js';
export {
  type CarriedPatchOfSet,
  carryFollowers,
  carryPatches,
  type DisputedTexts,
} from './carry.js';
export {
  type ConflictSides,
  type Conflicts,
  conflictsOf,
  parseConflicts,
  type WaitingConflicts,
} from './conflicts.js';
export {
  FirnSetError,
  type SetErrorCode,
  type SetErrorFields,
  type SetPatchRef,
} from './error.js';
export type { SetLimits } from './limits.js';
export { type Conditions, type PatchIndex, patchIndex } from './patch-index.js';
export { type PatchSet, type PatchSetOptions, patchSet, type SetPatch } from './patch-set.js';
export { type PatchDraft, recordPatch } from './patch-text.js';
export type { LineOrigin, PatchOrigin } from './provenance.js';
export { readPatch } from './read-patch.js';
export {
  type AmendedPatches,
  amendPatch,
  type Inexpressible,
  type RecordedEdit,
  recordEdit,
} from './record-edit.js';
export { type ReproducedFile, reproduceFile } from './reproduce-file.js';
export { type Dispute, type DisputedText, disputeOf } from './resolve.js';
export { unsafeReason } from './safe-path.js';
export {
  isId,
  MANIFEST_NAME,
  type ManifestOptions,
  type PatchEntry,
  parseSetManifest,
  printSetManifest,
  type SetManifest,
} from './set-manifest.js';
export { textAfter } from './texts.js';
