// What js/engine/src/binding.ts says of the engine; what a handle can do is in a file of its name.
// No logic: convert, call once, convert back. js/engine/src/wasm-binding.ts is the other half.
// Batches that cross as data are in packed_batch.cpp.

#include "batch_list.h"
#include "crossing.h"
#include "firn/firn.h"
#include "firn/to_json.h"
#include "numbers.h"

namespace firn::wasm {

extern "C" {

bool engine_version() { return leave_borrowed(version()); }

Snapshot* engine_freeze(Bytes& text) { return held(freeze(taken(text))); }

Batch* engine_read_batch(Bytes& text, double batch_bytes, double patches, double text_lines,
                         double nesting) {
  const Bytes json = taken(text);
  const Result<Limits> limits = js::limits_in(batch_bytes, patches, text_lines, nesting);
  if (!limits) return refuse(limits.error());
  return held(read_batch(json.view(), *limits));
}

Diff* engine_read_diff(Bytes& text, bool recount, bool any_names) {
  const Bytes diff = taken(text);
  return held(read_diff(diff.view(), {.recount = recount, .any_names = any_names}));
}

bool engine_changed_words(Bytes& before, Bytes& after) {
  const Bytes old_line = taken(before);
  const Bytes new_line = taken(after);
  return leave(changed_words_json(old_line.view(), new_line.view()));
}

js::BatchList* engine_batch_list() { return held(js::BatchList()); }
void batch_list_add(js::BatchList& list, const Batch& batch) {
  list.batches->push_back(batch);
  settle();
}
void batch_list_delete(const js::BatchList* list) { delete list; }
}

}  // namespace firn::wasm
