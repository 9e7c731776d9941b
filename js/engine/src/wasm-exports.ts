/** Where a value or some bytes lie in the module's memory. */
export type Address = number;

/** What crosses is numbers: addresses, sizes, counts, flags. */
type Crossing = (...numbers: (number | boolean)[]) => number;

/** The functions that wasm/ exports, by name, and how many numbers each takes. */
const EXPORTS = {
  _initialize: 0,
  emscripten_stack_get_current: 0,
  _emscripten_stack_restore: 1,
  left: 0,
  give_back: 0,
  release: 0,
  bytes_allocate: 1,
  bytes_delete: 1,
  engine_version: 0,
  engine_freeze: 1,
  engine_read_batch: 5,
  engine_read_packed_batch: 2,
  engine_patch_text: 6,
  engine_read_diff: 3,
  engine_changed_words: 2,
  engine_batch_list: 0,
  batch_list_add: 2,
  batch_list_delete: 1,
  snapshot_line_count: 1,
  snapshot_byte_length: 1,
  snapshot_fingerprint: 1,
  snapshot_bytes: 1,
  snapshot_lines: 3,
  snapshot_verify: 1,
  snapshot_check: 5,
  snapshot_apply: 5,
  snapshot_text_edits: 2,
  snapshot_diff: 4,
  snapshot_merge: 9,
  snapshot_stack: 4,
  snapshot_history: 2,
  snapshot_delete: 1,
  batch_id: 1,
  batch_file: 1,
  batch_patch_count: 1,
  batch_json: 1,
  batch_select: 2,
  batch_delete: 1,
  patched_base_line_count: 1,
  patched_line_count: 1,
  patched_byte_length: 1,
  patched_revision: 1,
  patched_fingerprint: 1,
  patched_bytes: 1,
  patched_lines: 3,
  patched_report: 1,
  patched_changes: 1,
  patched_provenance: 3,
  patched_map_line: 2,
  patched_unmap_line: 2,
  patched_unified_diff: 11,
  patched_source_map: 5,
  patched_mappings: 2,
  patched_invert: 1,
  patched_compose: 2,
  patched_rebase: 2,
  patched_delete: 1,
  diff_files: 1,
  diff_place: 9,
  diff_delete: 1,
  history_revision: 1,
  history_root: 1,
  history_latest: 1,
  history_revisions: 1,
  history_append: 4,
  history_at: 2,
  history_batch_of: 2,
  history_undo: 2,
  history_delete: 1,
  parts_batch: 1,
  parts_inverse: 1,
  parts_patched: 1,
  parts_history: 1,
  parts_json: 1,
  parts_bytes: 1,
  parts_delete: 1,
} as const;

export type Exports = Readonly<Record<keyof typeof EXPORTS, Crossing>>;

/** Thrown through the module when it finds no memory: only a call that ends at once can say so. */
export class Shortage extends Error {}

/** Thrown through the module by a function that is in firn.rest.wasm, which is not there yet. */
export class Missing extends Error {}

/**
 * The module's functions, each with its net; or an error when it is another module. What is thrown through one, and is not
 * ours, may have met it anywhere (a stack that is full, in the allocator): from then on none of them is called.
 */
export function functionsOf(
  exports: WebAssembly.Exports,
  recover: (ended: Shortage | Missing) => number,
): Exports {
  const functions: Record<string, Crossing> = {};
  let isInside = false; // Set and read without a call: on a full stack there is none.
  for (const [name, count] of Object.entries(EXPORTS)) {
    const crossing = exports[name];
    if (typeof crossing !== 'function' || crossing.length !== count) continue;
    functions[name] = (...numbers) => {
      if (isInside) return refuseEnded(name);
      isInside = true;
      try {
        const result: unknown = crossing(...numbers);
        isInside = false;
        return typeof result === 'number' ? result : 0;
      } catch (cause) {
        if (cause instanceof Shortage || cause instanceof Missing) {
          isInside = false;
          return recover(cause);
        }
        isInside = !(cause instanceof TypeError); // Of an argument that is no number: nothing ran.
        throw cause;
      }
    };
  }
  if (!areComplete(functions)) throw new Error('it is not firn.wasm');
  return functions;
}

/** What is deleted goes with the module. */
function refuseEnded(name: string): number {
  if (name.endsWith('_delete')) return 0;
  throw new Error(
    'this engine has ended: an error went through the middle of a call; load another one',
  );
}

function areComplete(functions: Record<string, Crossing>): functions is Exports {
  return Object.keys(EXPORTS).every((name) => name in functions);
}
