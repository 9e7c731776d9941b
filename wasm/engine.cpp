// What js/engine/src/binding.ts says, supplied by Embind. No logic: convert, call once, convert
// back; what a handle can do is in a file of its name. The typings that the build emits from here
// are compiled against binding.ts.

#include <emscripten/bind.h>

#include "batch_list.h"
#include "firn/firn.h"
#include "numbers.h"
#include "types.h"

using firn::Result;
using namespace firn::js;    // NOLINT
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

namespace {

JsText version() { return text(firn::version()); }

SnapshotOrError freeze(Result<firn::Bytes> bytes) {
  if (!bytes) return SnapshotOrError(error_out(bytes.error()));
  return SnapshotOrError(value_or_error(firn::freeze(std::move(*bytes))));
}

SnapshotOrError freeze_text(const JsText& text) { return freeze(text_in(text)); }
SnapshotOrError freeze_bytes(const JsBytes& bytes) { return freeze(bytes_in(bytes)); }

BatchOrError read_batch(const Result<firn::Bytes>& json, double batch_bytes, double patches,
                        double text_lines, double nesting) {
  if (!json) return BatchOrError(error_out(json.error()));
  const Result<firn::Limits> limits = limits_in(batch_bytes, patches, text_lines, nesting);
  if (!limits) return BatchOrError(error_out(limits.error()));
  return BatchOrError(value_or_error(firn::read_batch(json->view(), *limits)));
}

BatchOrError read_batch_text(const JsText& json, double batch_bytes, double patches,
                             double text_lines, double nesting) {
  return read_batch(text_in(json), batch_bytes, patches, text_lines, nesting);
}

BatchOrError read_batch_bytes(const JsBytes& json, double batch_bytes, double patches,
                              double text_lines, double nesting) {
  return read_batch(bytes_in(json), batch_bytes, patches, text_lines, nesting);
}

DiffOrError read_diff(const Result<firn::Bytes>& text, bool recount, bool any_names) {
  if (!text) return DiffOrError(error_out(text.error()));
  const firn::ReadDiffOptions options{.recount = recount, .any_names = any_names};
  return DiffOrError(value_or_error(firn::read_diff(text->view(), options)));
}

DiffOrError read_diff_text(const JsText& text, bool recount, bool any_names) {
  return read_diff(text_in(text), recount, any_names);
}

DiffOrError read_diff_bytes(const JsBytes& bytes, bool recount, bool any_names) {
  return read_diff(bytes_in(bytes), recount, any_names);
}

BytesOrError changed_words(const JsText& before, const JsText& after) {
  const Result<firn::Bytes> old_line = text_in(before);
  const Result<firn::Bytes> new_line = text_in(after);
  if (!old_line) return BytesOrError(error_out(old_line.error()));
  if (!new_line) return BytesOrError(error_out(new_line.error()));
  const Result<std::string> json = firn::changed_words_json(old_line->view(), new_line->view());
  return BytesOrError(json ? bytes_out(*json) : error_out(json.error()));
}

BatchList batch_list() { return {}; }
void add(BatchList& list, const firn::Batch& batch) { list.batches->push_back(batch); }

}  // namespace

EMSCRIPTEN_BINDINGS(firn_engine) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.

  register_type<JsText>("string");
  register_type<JsBytes>("Uint8Array");
  register_type<BytesOrError>("Uint8Array<ArrayBuffer> | string");
  register_type<BoxedOrError>("readonly [string] | string");
  register_type<SnapshotOrError>("Snapshot | string");
  register_type<BatchOrError>("Batch | string");
  register_type<PatchedOrError>("Patched | string");
  register_type<DiffOrError>("Diff | string");
  register_type<PartsOrError>("Parts | string");
  register_type<HistoryOrError>("History | string");
  register_type<BatchOrNull>("Batch | null");
  register_type<PatchedOrNull>("Patched | null");
  register_type<HistoryOrNull>("History | null");
  register_type<ErrorOrNull>("string | null");

  function("version", &version);
  function("freezeText", &freeze_text);
  function("freezeBytes", &freeze_bytes);
  function("readBatchText", &read_batch_text);
  function("readBatchBytes", &read_batch_bytes);
  function("readDiffText", &read_diff_text);
  function("readDiffBytes", &read_diff_bytes);
  function("changedWords", &changed_words);
  function("batchList", &batch_list);

  class_<BatchList>("BatchList").function("add", &add);
}
