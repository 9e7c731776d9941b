#include <emscripten/bind.h>

#include <array>

#include "diff_style.h"
#include "firn/firn.h"
#include "firn/patched.h"
#include "numbers.h"
#include "parts.h"
#include "types.h"

using emscripten::val;
using firn::Patched;
using firn::Result;
using firn::Snapshot;
using namespace firn::js;    // NOLINT
using namespace firn::wasm;  // NOLINT: the conversions are this file's vocabulary.

namespace {

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
BytesOrError unified_diff(const Patched& patched, double context_lines, double function_names,
                          double git_kind, double old_mode, double new_mode,
                          double similarity_percent, const JsText& old_name, const JsText& new_name,
                          const JsText& old_blob, const JsText& new_blob) {
  const std::array<Result<firn::Bytes>, 4> texts = {text_in(old_name), text_in(new_name),
                                                    text_in(old_blob), text_in(new_blob)};
  for (const Result<firn::Bytes>& text : texts) {
    if (!text) return BytesOrError(error_out(text.error()));
  }
  const Result<firn::DiffStyle> style = diff_style_in({.context_lines = context_lines,
                                                       .function_names = function_names,
                                                       .git_kind = git_kind,
                                                       .old_mode = old_mode,
                                                       .new_mode = new_mode,
                                                       .similarity_percent = similarity_percent},
                                                      {.old_name = texts[0]->view(),
                                                       .new_name = texts[1]->view(),
                                                       .old_blob = texts[2]->view(),
                                                       .new_blob = texts[3]->view()},
                                                      patched.batch().file());
  if (!style) return BytesOrError(error_out(style.error()));
  return BytesOrError(bytes_out(firn::unified_diff(patched, *style)));
}
BoxedOrError source_map(const Patched& patched, double map_detail, bool with_content,
                        const JsText& file, const JsText& source) {
  const Result<firn::MapDetail> detail = map_detail_in(map_detail);
  if (!detail) return BoxedOrError(error_out(detail.error()));
  const Result<firn::Bytes> file_name = text_in(file);
  if (!file_name) return BoxedOrError(error_out(file_name.error()));
  const Result<firn::Bytes> source_name = text_in(source);
  if (!source_name) return BoxedOrError(error_out(source_name.error()));
  return BoxedOrError(boxed_out(firn::source_map(patched, {.file = file_name->view(),
                                                           .source = source_name->view(),
                                                           .with_content = with_content,
                                                           .detail = *detail})));
}
BoxedOrError mappings(const Patched& patched, double map_detail) {
  const Result<firn::MapDetail> detail = map_detail_in(map_detail);
  if (!detail) return BoxedOrError(error_out(detail.error()));
  return BoxedOrError(boxed_out(firn::mappings(patched, *detail)));
}
BatchOrError invert(const Patched& patched) {
  return BatchOrError(value_or_error(firn::invert(patched)));
}
BatchOrError compose(const Patched& first, const Patched& second) {
  return BatchOrError(value_or_error(firn::compose(first, second)));
}
PartsOrError rebase(const Patched& patched, const Snapshot& new_text) {
  return PartsOrError(value_or_error(parts_of(firn::rebase(patched, new_text), patched.batch())));
}

}  // namespace

EMSCRIPTEN_BINDINGS(firn_patched) {
  using namespace emscripten;  // NOLINT: Embind's own way of speaking.

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
      .function("unifiedDiff", &unified_diff)
      .function("sourceMap", &source_map)
      .function("mappings", &mappings)
      .function("invert", &invert)
      .function("compose", &compose)
      .function("rebase", &rebase);
}
