// What js/engine/src/binding.ts says, supplied by Embind. No logic: convert, call once, convert
// back. The typings that the build emits from here are compiled against that file.

#include <emscripten/bind.h>

#include <utility>

#include "convert.h"
#include "firn/firn.h"
#include "numbers.h"

using emscripten::val;
using firn::Batch;
using firn::Patched;
using firn::Result;
using firn::Snapshot;
using namespace firn::js;    // NOLINT: and so are the numbers.
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

// A fallible call's value or its error: any for C++, and a type for the typings.
EMSCRIPTEN_DECLARE_VAL_TYPE(JsText)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsBytes)
EMSCRIPTEN_DECLARE_VAL_TYPE(BytesOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(SnapshotOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(BatchOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(PatchedOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(ErrorOrNull)

namespace {

double number(std::uint64_t value) { return static_cast<double>(value); }
JsText text(std::string_view text) { return JsText(text_out(text)); }

template <typename T>
val value_or_error(Result<T> result) {
  return result ? val(std::move(*result)) : error_out(result.error());
}

// ---- Engine ----

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

// ---- Snapshot ----

double snapshot_line_count(const Snapshot& snapshot) { return number(snapshot.line_count()); }
double snapshot_byte_length(const Snapshot& snapshot) { return number(snapshot.byte_size()); }
JsText snapshot_fingerprint(const Snapshot& snapshot) {
  return text(to_hex(snapshot.fingerprint()));
}
BytesOrError snapshot_bytes(const Snapshot& snapshot) {
  return BytesOrError(bytes_out(snapshot.bytes()));
}
BytesOrError snapshot_lines(const Snapshot& snapshot, double from, double to) {
  const Result<firn::LineRange> range = range_in(from, to, snapshot.line_count());
  if (!range) return BytesOrError(error_out(range.error()));
  // The plan that changes nothing: a viewport is cut the same way before and after.
  const Patched unchanged{firn::Plan(snapshot)};
  return BytesOrError(bytes_out(unchanged.lines(*range)));
}
ErrorOrNull snapshot_verify(const Snapshot& snapshot) {
  const Result<void> verified = snapshot.verify();
  return ErrorOrNull(verified ? val::null() : error_out(verified.error()));
}
BytesOrError snapshot_check(const Snapshot& snapshot, const Batch& batch, double policy,
                            double ties, double revision) {
  const Result<firn::ApplyOptions> options = options_in(policy, ties, revision);
  if (!options) return BytesOrError(error_out(options.error()));
  return BytesOrError(bytes_out(to_json(check(snapshot, batch, *options))));
}
PatchedOrError snapshot_apply(const Snapshot& snapshot, const Batch& batch, double policy,
                              double ties, double revision) {
  const Result<firn::ApplyOptions> options = options_in(policy, ties, revision);
  if (!options) return PatchedOrError(error_out(options.error()));
  auto patched = apply(snapshot, batch, *options);
  if (!patched) return PatchedOrError(error_out(patched.error()));
  return PatchedOrError(val(std::move(*patched)));
}

// ---- Batch ----

JsText batch_id(const Batch& batch) { return text(batch.id()); }
JsText batch_file(const Batch& batch) { return text(batch.file()); }
double batch_patch_count(const Batch& batch) { return number(batch.patches().size()); }
BytesOrError batch_json(const Batch& batch) { return BytesOrError(bytes_out(to_json(batch))); }

// ---- Patched ----

double base_line_count(const Patched& patched) { return number(patched.snapshot().line_count()); }
double line_count(const Patched& patched) { return number(patched.line_count()); }
double byte_length(const Patched& patched) { return number(patched.byte_size()); }
double revision(const Patched& patched) { return number(patched.revision()); }
JsText fingerprint(const Patched& patched) { return text(to_hex(patched.fingerprint())); }
BytesOrError bytes(const Patched& patched) { return BytesOrError(bytes_out(patched.bytes())); }
BytesOrError lines(const Patched& patched, double from, double to) {
  const Result<firn::LineRange> range = range_in(from, to, patched.line_count());
  if (!range) return BytesOrError(error_out(range.error()));
  return BytesOrError(bytes_out(patched.lines(*range)));
}
BytesOrError report(const Patched& patched) {
  return BytesOrError(bytes_out(report_json(patched)));
}
BytesOrError changes(const Patched& patched) {
  return BytesOrError(bytes_out(changes_json(patched)));
}
BytesOrError provenance(const Patched& patched, double from, double to) {
  const Result<firn::LineRange> range = range_in(from, to, patched.line_count());
  if (!range) return BytesOrError(error_out(range.error()));
  return BytesOrError(bytes_out(provenance_json(patched, *range)));
}
double map_line(const Patched& patched, double base_line) {
  const auto line = line_in(base_line, patched.snapshot().line_count());
  return line ? number(patched.map_line(*line).value_or(0)) : 0;
}
double unmap_line(const Patched& patched, double patched_line) {
  const auto line = line_in(patched_line, patched.line_count());
  return line ? number(patched.unmap_line(*line).value_or(0)) : 0;
}
BytesOrError unified_diff(const Patched& patched, double context_lines, const JsText& old_name,
                          const JsText& new_name) {
  const Result<std::uint64_t> context = count_in(context_lines);
  if (!context) return BytesOrError(error_out(context.error()));
  const Result<firn::Bytes> old_bytes = text_in(old_name);
  const Result<firn::Bytes> new_bytes = text_in(new_name);
  if (!old_bytes) return BytesOrError(error_out(old_bytes.error()));
  if (!new_bytes) return BytesOrError(error_out(new_bytes.error()));
  return BytesOrError(bytes_out(firn::unified_diff(
      patched,
      {.context_lines = *context, .old_name = old_bytes->view(), .new_name = new_bytes->view()})));
}

}  // namespace

EMSCRIPTEN_BINDINGS(firn) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.

  register_type<JsText>("string");
  register_type<JsBytes>("Uint8Array");
  register_type<BytesOrError>("Uint8Array<ArrayBuffer> | string");
  register_type<SnapshotOrError>("Snapshot | string");
  register_type<BatchOrError>("Batch | string");
  register_type<PatchedOrError>("Patched | string");
  register_type<ErrorOrNull>("string | null");

  function("version", &version);
  function("freezeText", &freeze_text);
  function("freezeBytes", &freeze_bytes);
  function("readBatchText", &read_batch_text);
  function("readBatchBytes", &read_batch_bytes);

  class_<Snapshot>("Snapshot")
      .function("lineCount", &snapshot_line_count)
      .function("byteLength", &snapshot_byte_length)
      .function("fingerprint", &snapshot_fingerprint)
      .function("bytes", &snapshot_bytes)
      .function("lines", &snapshot_lines)
      .function("verify", &snapshot_verify)
      .function("check", &snapshot_check)
      .function("apply", &snapshot_apply);

  class_<Batch>("Batch")
      .function("id", &batch_id)
      .function("file", &batch_file)
      .function("patchCount", &batch_patch_count)
      .function("json", &batch_json);

  class_<Patched>("Patched")
      .function("baseLineCount", &base_line_count)
      .function("lineCount", &line_count)
      .function("byteLength", &byte_length)
      .function("revision", &revision)
      .function("fingerprint", &fingerprint)
      .function("bytes", &bytes)
      .function("lines", &lines)
      .function("report", &report)
      .function("changes", &changes)
      .function("provenance", &provenance)
      .function("mapLine", &map_line)
      .function("unmapLine", &unmap_line)
      .function("unifiedDiff", &unified_diff);
}
