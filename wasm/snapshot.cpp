#include <emscripten/bind.h>

#include "batch_list.h"
#include "convert.h"
#include "firn/firn.h"
#include "firn/snapshot.h"
#include "numbers.h"
#include "parts.h"
#include "types.h"

using emscripten::val;
using firn::Batch;
using firn::Patched;
using firn::Result;
using firn::Snapshot;
using namespace firn::js;    // NOLINT
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

namespace {

double line_count(const Snapshot& snapshot) { return number(snapshot.line_count()); }
double byte_length(const Snapshot& snapshot) { return number(snapshot.byte_size()); }
JsText fingerprint(const Snapshot& snapshot) { return text(to_hex(snapshot.fingerprint())); }
BytesOrError bytes(const Snapshot& snapshot) { return BytesOrError(bytes_out(snapshot.bytes())); }
BytesOrError lines(const Snapshot& snapshot, double from, double to) {
  const Result<firn::LineRange> range = range_in(from, to, snapshot.line_count());
  if (!range) return BytesOrError(error_out(range.error()));
  return BytesOrError(bytes_out(lines_of(snapshot, *range)));
}
ErrorOrNull verify(const Snapshot& snapshot) {
  const Result<void> verified = snapshot.verify();
  return ErrorOrNull(verified ? val::null() : error_out(verified.error()));
}
BytesOrError check(const Snapshot& snapshot, const Batch& batch, double policy, double ties,
                   double revision) {
  const Result<firn::ApplyOptions> options = options_in(policy, ties, revision);
  if (!options) return BytesOrError(error_out(options.error()));
  return BytesOrError(bytes_out(to_json(firn::check(snapshot, batch, *options))));
}
PatchedOrError apply(const Snapshot& snapshot, const Batch& batch, double policy, double ties,
                     double revision) {
  const Result<firn::ApplyOptions> options = options_in(policy, ties, revision);
  if (!options) return PatchedOrError(error_out(options.error()));
  auto patched = firn::apply(snapshot, batch, *options);
  if (!patched) return PatchedOrError(error_out(patched.error()));
  return PatchedOrError(val(std::move(*patched)));
}

// ---- New batches and texts ----

BatchOrError text_edits(const Snapshot& snapshot, const JsText& json) {
  const Result<firn::Bytes> edits_json = text_in(json);
  if (!edits_json) return BatchOrError(error_out(edits_json.error()));
  const Result<firn::TextEdits> edits = firn::read_text_edits(edits_json->view());
  if (!edits) return BatchOrError(error_out(edits.error()));
  return BatchOrError(value_or_error(firn::batch_of_text_edits(snapshot, edits->edits())));
}
BatchOrError diff(const Snapshot& before, const Snapshot& after, double algorithm, double slide) {
  const Result<firn::DiffOptions> options = diff_options_in(algorithm, slide);
  if (!options) return BatchOrError(error_out(options.error()));
  return BatchOrError(value_or_error(firn::diff(before, after, *options)));
}
PartsOrError merge(const Snapshot& base, const Snapshot& ours, const Snapshot& theirs, double style,
                   double favor, double marker_size, const JsText& ours_label,
                   const JsText& base_label, const JsText& theirs_label) {
  Result<firn::MergeOptions> options = merge_options_in(style, favor, marker_size);
  if (!options) return PartsOrError(error_out(options.error()));
  const Result<firn::Bytes> ours_name = text_in(ours_label);
  const Result<firn::Bytes> base_name = text_in(base_label);
  const Result<firn::Bytes> theirs_name = text_in(theirs_label);
  if (!ours_name) return PartsOrError(error_out(ours_name.error()));
  if (!base_name) return PartsOrError(error_out(base_name.error()));
  if (!theirs_name) return PartsOrError(error_out(theirs_name.error()));
  options->ours_label = ours_name->view();
  options->base_label = base_name->view();
  options->theirs_label = theirs_name->view();
  return PartsOrError(value_or_error(parts_of(firn::merge(base, ours, theirs, *options))));
}

PartsOrError stack(const Snapshot& snapshot, const BatchList& list, double revision,
                   double max_collisions) {
  const Result<firn::StackOptions> options = stack_options_in(revision, max_collisions);
  if (!options) return PartsOrError(error_out(options.error()));
  return PartsOrError(value_or_error(parts_of(firn::stack(snapshot, *list.batches, *options))));
}
HistoryOrError history(const Snapshot& snapshot, double revision) {
  const Result<std::uint64_t> first = count_in(revision);
  if (!first) return HistoryOrError(error_out(first.error()));
  return HistoryOrError(val(firn::History(snapshot, *first)));
}

}  // namespace

EMSCRIPTEN_BINDINGS(firn_snapshot) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.

  class_<Snapshot>("Snapshot")
      .function("lineCount", &line_count)
      .function("byteLength", &byte_length)
      .function("fingerprint", &fingerprint)
      .function("bytes", &bytes)
      .function("lines", &lines)
      .function("verify", &verify)
      .function("check", &check)
      .function("apply", &apply)
      .function("textEdits", &text_edits)
      .function("diff", &diff)
      .function("merge", &merge)
      .function("stack", &stack)
      .function("history", &history);
}
