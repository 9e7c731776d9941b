/** Each kind of handle: one class for it, and one call of the module for each of its methods. */
import { isBytes, lengthOf } from './arguments.js';
import type {
  BatchHandle,
  BatchListHandle,
  Boxed,
  DiffHandle,
  ErrorJson,
  Fallible,
  HistoryHandle,
  Json,
  OwnedBytes,
  PartsHandle,
  PatchedHandle,
  SnapshotHandle,
} from './binding.js';
import { NOT_GIVEN } from './binding.js';
import type { Address } from './wasm-exports.js';
import { Held, made, madeOrNull } from './wasm-held.js';
import type { WasmModule } from './wasm-module.js';

export class WasmSnapshot extends Held implements SnapshotHandle {
  constructor(module: WasmModule, address: Address) {
    super(module, 'snapshot', address);
  }

  lineCount(): number {
    const { module, address } = Held.of(this, 'snapshot');
    return module.exports.snapshot_line_count(address);
  }

  byteLength(): number {
    const { module, address } = Held.of(this, 'snapshot');
    return module.exports.snapshot_byte_length(address);
  }

  fingerprint(): string {
    const { module, address } = Held.of(this, 'snapshot');
    return module.text(module.exports.snapshot_fingerprint(address));
  }

  bytes(): Fallible<OwnedBytes> {
    const { module, address } = Held.of(this, 'snapshot');
    return module.bytes(module.exports.snapshot_bytes(address));
  }

  lines(from: number, to: number): Fallible<OwnedBytes> {
    const { module, address } = Held.of(this, 'snapshot');
    return module.bytes(module.exports.snapshot_lines(address, from, to));
  }

  verify(): ErrorJson | null {
    const { module, address } = Held.of(this, 'snapshot');
    return module.exports.snapshot_verify(address) ? null : module.error();
  }

  check(batch: BatchHandle, policy: number, ties: number, revision: number): Fallible<Json> {
    const { module, address } = Held.of(this, 'snapshot');
    const other = Held.of(batch, 'batch', module).address;
    return module.bytes(module.exports.snapshot_check(address, other, policy, ties, revision));
  }

  apply(
    batch: BatchHandle,
    policy: number,
    ties: number,
    revision: number,
  ): Fallible<PatchedHandle> {
    const { module, address } = Held.of(this, 'snapshot');
    const other = Held.of(batch, 'batch', module).address;
    const patched = module.exports.snapshot_apply(address, other, policy, ties, revision);
    return made(WasmPatched, module, patched);
  }

  textEdits(json: string): Fallible<BatchHandle> {
    const { module, address } = Held.of(this, 'snapshot');
    return module.withTexts([json], (text) =>
      made(WasmBatch, module, module.exports.snapshot_text_edits(address, text)),
    );
  }

  diff(after: SnapshotHandle, algorithm: number, slide: number): Fallible<BatchHandle> {
    const { module, address } = Held.of(this, 'snapshot');
    const other = Held.of(after, 'snapshot', module).address;
    const batch = module.exports.snapshot_diff(address, other, algorithm, slide);
    return made(WasmBatch, module, batch);
  }

  merge(
    ours: SnapshotHandle,
    theirs: SnapshotHandle,
    style: number,
    favor: number,
    markerSize: number,
    oursLabel: string,
    baseLabel: string,
    theirsLabel: string,
  ): Fallible<PartsHandle> {
    const { module, address } = Held.of(this, 'snapshot');
    const sides = [ours, theirs].map((side) => Held.of(side, 'snapshot', module).address);
    const how = [style, favor, markerSize];
    return module.withTexts([oursLabel, baseLabel, theirsLabel], (...labels) =>
      made(WasmParts, module, module.exports.snapshot_merge(address, ...sides, ...how, ...labels)),
    );
  }

  stack(batches: BatchListHandle, revision: number, maxCollisions: number): Fallible<PartsHandle> {
    const { module, address } = Held.of(this, 'snapshot');
    const list = Held.of(batches, 'batch_list', module).address;
    const parts = module.exports.snapshot_stack(address, list, revision, maxCollisions);
    return made(WasmParts, module, parts);
  }

  history(revision: number): Fallible<HistoryHandle> {
    const { module, address } = Held.of(this, 'snapshot');
    return made(WasmHistory, module, module.exports.snapshot_history(address, revision));
  }
}

export class WasmBatch extends Held implements BatchHandle {
  constructor(module: WasmModule, address: Address) {
    super(module, 'batch', address);
  }

  id(): string {
    const { module, address } = Held.of(this, 'batch');
    return module.text(module.exports.batch_id(address));
  }

  file(): string {
    const { module, address } = Held.of(this, 'batch');
    return module.text(module.exports.batch_file(address));
  }

  patchCount(): number {
    const { module, address } = Held.of(this, 'batch');
    return module.exports.batch_patch_count(address);
  }

  json(): Fallible<Json> {
    const { module, address } = Held.of(this, 'batch');
    return module.bytes(module.exports.batch_json(address));
  }

  select(places: Uint8Array): Fallible<BatchHandle> {
    const { module, address } = Held.of(this, 'batch');
    return module.withBytes(places, (copy) =>
      made(WasmBatch, module, module.exports.batch_select(address, copy)),
    );
  }
}

class WasmPatched extends Held implements PatchedHandle {
  constructor(module: WasmModule, address: Address) {
    super(module, 'patched', address);
  }

  baseLineCount(): number {
    const { module, address } = Held.of(this, 'patched');
    return module.exports.patched_base_line_count(address);
  }

  lineCount(): number {
    const { module, address } = Held.of(this, 'patched');
    return module.exports.patched_line_count(address);
  }

  byteLength(): number {
    const { module, address } = Held.of(this, 'patched');
    return module.exports.patched_byte_length(address);
  }

  revision(): number {
    const { module, address } = Held.of(this, 'patched');
    return module.exports.patched_revision(address);
  }

  fingerprint(): string {
    const { module, address } = Held.of(this, 'patched');
    return module.text(module.exports.patched_fingerprint(address));
  }

  bytes(): Fallible<OwnedBytes> {
    const { module, address } = Held.of(this, 'patched');
    return module.bytes(module.exports.patched_bytes(address));
  }

  bytesInto(target: Uint8Array): number | ErrorJson {
    const { module, address } = Held.of(this, 'patched');
    if (!isBytes(target)) throw new TypeError('needs a Uint8Array');
    if (module.exports.patched_byte_length(address) > lengthOf(target)) return NOT_GIVEN;
    return module.bytesInto(module.exports.patched_bytes(address), target);
  }

  lines(from: number, to: number): Fallible<OwnedBytes> {
    const { module, address } = Held.of(this, 'patched');
    return module.bytes(module.exports.patched_lines(address, from, to));
  }

  report(): Fallible<Json> {
    const { module, address } = Held.of(this, 'patched');
    return module.bytes(module.exports.patched_report(address));
  }

  changes(): Fallible<Json> {
    const { module, address } = Held.of(this, 'patched');
    return module.bytes(module.exports.patched_changes(address));
  }

  provenance(from: number, to: number): Fallible<Json> {
    const { module, address } = Held.of(this, 'patched');
    return module.bytes(module.exports.patched_provenance(address, from, to));
  }

  mapLine(baseLine: number): number {
    const { module, address } = Held.of(this, 'patched');
    return module.exports.patched_map_line(address, baseLine);
  }

  unmapLine(line: number): number {
    const { module, address } = Held.of(this, 'patched');
    return module.exports.patched_unmap_line(address, line);
  }

  unifiedDiff(
    contextLines: number,
    functionNames: number,
    gitKind: number,
    oldMode: number,
    newMode: number,
    similarityPercent: number,
    ...names: [oldName: string, newName: string, oldBlob: string, newBlob: string]
  ): Fallible<OwnedBytes> {
    const { module, address } = Held.of(this, 'patched');
    const kind = [gitKind, oldMode, newMode, similarityPercent];
    const style = [contextLines, functionNames, ...kind];
    return module.withTexts(names, (...texts) =>
      module.bytes(module.exports.patched_unified_diff(address, ...style, ...texts)),
    );
  }

  sourceMap(detail: number, withContent: boolean, file: string, source: string): Fallible<Boxed> {
    const { module, address } = Held.of(this, 'patched');
    return module.withTexts([file, source], (...names) =>
      module.boxed(module.exports.patched_source_map(address, detail, withContent, ...names)),
    );
  }

  mappings(detail: number): Fallible<Boxed> {
    const { module, address } = Held.of(this, 'patched');
    return module.boxed(module.exports.patched_mappings(address, detail));
  }

  invert(): Fallible<BatchHandle> {
    const { module, address } = Held.of(this, 'patched');
    return made(WasmBatch, module, module.exports.patched_invert(address));
  }

  compose(second: PatchedHandle): Fallible<BatchHandle> {
    const { module, address } = Held.of(this, 'patched');
    const other = Held.of(second, 'patched', module).address;
    return made(WasmBatch, module, module.exports.patched_compose(address, other));
  }

  rebase(newText: SnapshotHandle): Fallible<PartsHandle> {
    const { module, address } = Held.of(this, 'patched');
    const other = Held.of(newText, 'snapshot', module).address;
    return made(WasmParts, module, module.exports.patched_rebase(address, other));
  }
}

export class WasmDiff extends Held implements DiffHandle {
  constructor(module: WasmModule, address: Address) {
    super(module, 'diff', address);
  }

  files(): Fallible<Json> {
    const { module, address } = Held.of(this, 'diff');
    return module.bytes(module.exports.diff_files(address));
  }

  place(
    fileIndex: number,
    snapshot: SnapshotHandle,
    placement: number,
    maxFuzz: number,
    whiteSpace: number,
    ...rest: [ignoreLineEnds: boolean, reverse: boolean, policy: number]
  ): Fallible<PartsHandle> {
    const { module, address } = Held.of(this, 'diff');
    const text = Held.of(snapshot, 'snapshot', module).address;
    const how = [placement, maxFuzz, whiteSpace, ...rest];
    return made(WasmParts, module, module.exports.diff_place(address, fileIndex, text, ...how));
  }
}

export class WasmBatchList extends Held implements BatchListHandle {
  constructor(module: WasmModule, address: Address) {
    super(module, 'batch_list', address);
  }

  add(batch: BatchHandle): ErrorJson | null {
    const { module, address } = Held.of(this, 'batch_list');
    module.exports.batch_list_add(address, Held.of(batch, 'batch', module).address);
    return module.errorOrNull();
  }
}

class WasmHistory extends Held implements HistoryHandle {
  constructor(module: WasmModule, address: Address) {
    super(module, 'history', address);
  }

  revision(): number {
    const { module, address } = Held.of(this, 'history');
    return module.exports.history_revision(address);
  }

  root(): Fallible<SnapshotHandle> {
    const { module, address } = Held.of(this, 'history');
    return made(WasmSnapshot, module, module.exports.history_root(address));
  }

  latest(): Fallible<SnapshotHandle> {
    const { module, address } = Held.of(this, 'history');
    return made(WasmSnapshot, module, module.exports.history_latest(address));
  }

  revisions(): Fallible<Json> {
    const { module, address } = Held.of(this, 'history');
    return module.bytes(module.exports.history_revisions(address));
  }

  append(batch: BatchHandle, policy: number, ties: number): Fallible<PartsHandle> {
    const { module, address } = Held.of(this, 'history');
    const other = Held.of(batch, 'batch', module).address;
    return made(WasmParts, module, module.exports.history_append(address, other, policy, ties));
  }

  at(revision: number): Fallible<PatchedHandle> {
    const { module, address } = Held.of(this, 'history');
    return made(WasmPatched, module, module.exports.history_at(address, revision));
  }

  batchOf(revision: number): Fallible<BatchHandle> {
    const { module, address } = Held.of(this, 'history');
    return made(WasmBatch, module, module.exports.history_batch_of(address, revision));
  }

  undo(revision: number): Fallible<PartsHandle> {
    const { module, address } = Held.of(this, 'history');
    return made(WasmParts, module, module.exports.history_undo(address, revision));
  }
}

class WasmParts extends Held implements PartsHandle {
  constructor(module: WasmModule, address: Address) {
    super(module, 'parts', address);
  }

  batch(): Fallible<BatchHandle> | null {
    const { module, address } = Held.of(this, 'parts');
    return madeOrNull(WasmBatch, module, module.exports.parts_batch(address));
  }

  inverse(): Fallible<BatchHandle> | null {
    const { module, address } = Held.of(this, 'parts');
    return madeOrNull(WasmBatch, module, module.exports.parts_inverse(address));
  }

  patched(): Fallible<PatchedHandle> | null {
    const { module, address } = Held.of(this, 'parts');
    return madeOrNull(WasmPatched, module, module.exports.parts_patched(address));
  }

  history(): Fallible<HistoryHandle> | null {
    const { module, address } = Held.of(this, 'parts');
    return madeOrNull(WasmHistory, module, module.exports.parts_history(address));
  }

  json(): Fallible<Json> {
    const { module, address } = Held.of(this, 'parts');
    return module.bytes(module.exports.parts_json(address));
  }

  bytes(): Fallible<OwnedBytes> {
    const { module, address } = Held.of(this, 'parts');
    return module.bytes(module.exports.parts_bytes(address));
  }
}
