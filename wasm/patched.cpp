#include "firn/patched.h"

#include "crossing.h"
#include "diff_style.h"
#include "firn/firn.h"
#include "firn/to_json.h"
#include "numbers.h"
#include "parts.h"

namespace firn::wasm {

extern "C" {

double patched_base_line_count(const Patched& patched) {
  return static_cast<double>(patched.snapshot().line_count());
}
double patched_line_count(const Patched& patched) {
  return static_cast<double>(patched.line_count());
}
double patched_byte_length(const Patched& patched) {
  return static_cast<double>(patched.byte_size());
}
double patched_revision(const Patched& patched) { return static_cast<double>(patched.revision()); }
bool patched_fingerprint(const Patched& patched) { return leave(patched.fingerprint()); }
bool patched_bytes(const Patched& patched) { return leave(patched.bytes()); }

bool patched_lines(const Patched& patched, double from, double to) {
  const Result<LineRange> range = js::range_in(from, to, patched.line_count());
  return range ? leave(patched.lines(*range)) : leave(range.error());
}
bool patched_report(const Patched& patched) { return leave(report_json(patched)); }
bool patched_changes(const Patched& patched) { return leave(changes_json(patched)); }
bool patched_provenance(const Patched& patched, double from, double to) {
  const Result<LineRange> range = js::range_in(from, to, patched.line_count());
  return range ? leave(provenance_json(patched, *range)) : leave(range.error());
}

/// 0: none, and no such line.
double patched_map_line(const Patched& patched, double base_line) {
  const auto line = js::line_in(base_line, patched.snapshot().line_count());
  return line ? static_cast<double>(patched.map_line(*line).value_or(0)) : 0;
}
double patched_unmap_line(const Patched& patched, double patched_line) {
  const auto line = js::line_in(patched_line, patched.line_count());
  return line ? static_cast<double>(patched.unmap_line(*line).value_or(0)) : 0;
}

bool patched_unified_diff(const Patched& patched, double context_lines, double function_names,
                          double git_kind, double old_mode, double new_mode,
                          double similarity_percent, Bytes& old_name, Bytes& new_name,
                          Bytes& old_blob, Bytes& new_blob) {
  const Bytes old_path = taken(old_name);
  const Bytes new_path = taken(new_name);
  const Bytes old_id = taken(old_blob);
  const Bytes new_id = taken(new_blob);
  const Result<DiffStyle> style = js::diff_style_in({.context_lines = context_lines,
                                                     .function_names = function_names,
                                                     .git_kind = git_kind,
                                                     .old_mode = old_mode,
                                                     .new_mode = new_mode,
                                                     .similarity_percent = similarity_percent},
                                                    {.old_name = old_path.view(),
                                                     .new_name = new_path.view(),
                                                     .old_blob = old_id.view(),
                                                     .new_blob = new_id.view()},
                                                    patched.batch().file());
  return style ? leave(unified_diff(patched, *style)) : leave(style.error());
}

bool patched_source_map(const Patched& patched, double map_detail, bool with_content, Bytes& file,
                        Bytes& source) {
  const Bytes file_name = taken(file);
  const Bytes source_name = taken(source);
  const Result<MapDetail> detail = js::map_detail_in(map_detail);
  if (!detail) return leave(detail.error());
  return leave(source_map(patched, {.file = file_name.view(),
                                    .source = source_name.view(),
                                    .with_content = with_content,
                                    .detail = *detail}));
}
bool patched_mappings(const Patched& patched, double map_detail) {
  const Result<MapDetail> detail = js::map_detail_in(map_detail);
  return detail ? leave(mappings(patched, *detail)) : leave(detail.error());
}

Batch* patched_invert(const Patched& patched) { return held(invert(patched)); }
Batch* patched_compose(const Patched& first, const Patched& second) {
  return held(compose(first, second));
}
js::Parts* patched_rebase(const Patched& patched, const Snapshot& new_text) {
  return held(js::parts_of(rebase(patched, new_text), patched.batch()));
}
void patched_delete(const Patched* patched) { delete patched; }
}

}  // namespace firn::wasm
