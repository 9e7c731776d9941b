import type { EngineBinding, Fallible, Json } from './binding.js';
import { WasmBatch, WasmBatchList, WasmDiff, WasmSnapshot } from './wasm-handles.js';
import { made } from './wasm-held.js';
import type { WasmModule } from './wasm-module.js';

/** The binding over a started firn.wasm. `wasm/` is the other half of it, function by function. */
export function wasmBinding(module: WasmModule): EngineBinding {
  const { exports } = module;
  return {
    get rest() {
      return module.isComplete
        ? undefined
        : { load: (part: WebAssembly.Module) => module.complete(part) };
    },
    version: () => module.text(exports.engine_version()),
    freezeText: (text) =>
      module.withTexts([text], (copy) => made(WasmSnapshot, module, exports.engine_freeze(copy))),
    freezeBytes: (bytes) =>
      module.withBytes(bytes, (copy) => made(WasmSnapshot, module, exports.engine_freeze(copy))),
    readBatchText: (json, ...limits) =>
      module.withTexts([json], (copy) =>
        made(WasmBatch, module, exports.engine_read_batch(copy, ...limits)),
      ),
    readBatchBytes: (json, ...limits) =>
      module.withBytes(json, (copy) =>
        made(WasmBatch, module, exports.engine_read_batch(copy, ...limits)),
      ),
    readPackedBatch: (texts, numbers) =>
      orNull(
        module.withNumbers(numbers, [texts], (...copies) =>
          made(WasmBatch, module, exports.engine_read_packed_batch(...copies)),
        ),
      ),
    patchText: (text, texts, numbers, ...options) => {
      const patched = module.withNumbers(numbers, [text, texts], (...copies) =>
        module.boxed(exports.engine_patch_text(...copies, ...options)),
      );
      return orNull(patched)?.[0] ?? null;
    },
    readDiffText: (text, ...how) =>
      module.withTexts([text], (copy) =>
        made(WasmDiff, module, exports.engine_read_diff(copy, ...how)),
      ),
    readDiffBytes: (bytes, ...how) =>
      module.withBytes(bytes, (copy) =>
        made(WasmDiff, module, exports.engine_read_diff(copy, ...how)),
      ),
    changedWords: (before, after): Fallible<Json> =>
      module.withTexts([before, after], (...copies) =>
        module.bytes(exports.engine_changed_words(...copies)),
      ),
    batchList: () => made(WasmBatchList, module, exports.engine_batch_list()),
  };
}

/** For what says only that it has no value: why not is asked of another verb. */
function orNull<T extends object>(result: Fallible<T>): T | null {
  return typeof result === 'string' ? null : result;
}
