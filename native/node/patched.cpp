#include "firn/patched.h"

#include <array>

#include "arguments.h"
#include "diff_style.h"
#include "firn/algebra.h"
#include "firn/rebase.h"
#include "firn/source_map.h"
#include "firn/to_json.h"
#include "firn/unified_diff.h"
#include "handle.h"
#include "handle_out.h"
#include "results.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;

Napi::Value base_line_count(const Info& info, const Patched& patched) {
  return number_out(info.Env(), patched.snapshot().line_count());
}

Napi::Value line_count(const Info& info, const Patched& patched) {
  return number_out(info.Env(), patched.line_count());
}

Napi::Value byte_length(const Info& info, const Patched& patched) {
  return number_out(info.Env(), patched.byte_size());
}

Napi::Value revision(const Info& info, const Patched& patched) {
  return number_out(info.Env(), patched.revision());
}

Napi::Value fingerprint(const Info& info, const Patched& patched) {
  return hex_out(info.Env(), patched.fingerprint());
}

Napi::Value bytes(const Info& info, const Patched& patched) {
  return bytes_out(info.Env(), patched);
}

Napi::Value bytes_into(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  const std::span<char> memory = arguments.memory();
  if (!arguments.ok()) return {};
  if (patched.byte_size() > memory.size()) return Napi::Number::New(info.Env(), js::kNotGiven);
  patched.write_to(memory.first(static_cast<std::size_t>(patched.byte_size())));
  return number_out(info.Env(), patched.byte_size());
}

Napi::Value lines(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  const Result<LineRange> range = arguments.range(patched.line_count());
  if (!arguments.ok()) return {};
  if (!range) return error_out(info.Env(), range.error());
  return bytes_out(info.Env(), patched.lines(*range));
}

Napi::Value report(const Info& info, const Patched& patched) {
  return bytes_out(info.Env(), report_json(patched));
}

Napi::Value changes(const Info& info, const Patched& patched) {
  return bytes_out(info.Env(), changes_json(patched));
}

Napi::Value provenance(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  const Result<LineRange> range = arguments.range(patched.line_count());
  if (!arguments.ok()) return {};
  if (!range) return error_out(info.Env(), range.error());
  return bytes_out(info.Env(), provenance_json(patched, *range));
}

Napi::Value map_line(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  const auto line = arguments.line(patched.snapshot().line_count());
  if (!arguments.ok()) return {};
  return number_out(info.Env(), line ? patched.map_line(*line).value_or(0) : 0);
}

Napi::Value unmap_line(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  const auto line = arguments.line(patched.line_count());
  if (!arguments.ok()) return {};
  return number_out(info.Env(), line ? patched.unmap_line(*line).value_or(0) : 0);
}

Napi::Value unified_diff(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  js::DiffStyleNumbers numbers;
  numbers.context_lines = arguments.number();
  numbers.function_names = arguments.number();
  numbers.git_kind = arguments.number();
  numbers.old_mode = arguments.number();
  numbers.new_mode = arguments.number();
  numbers.similarity_percent = arguments.number();
  std::array<Result<Bytes>, 4> texts;
  for (Result<Bytes>& text : texts) text = arguments.text();
  if (!arguments.ok()) return {};
  for (const Result<Bytes>& text : texts) {
    if (!text) return error_out(info.Env(), text.error());
  }
  const Result<DiffStyle> style = js::diff_style_in(numbers,
                                                    {.old_name = texts[0]->view(),
                                                     .new_name = texts[1]->view(),
                                                     .old_blob = texts[2]->view(),
                                                     .new_blob = texts[3]->view()},
                                                    patched.batch().file());
  if (!style) return error_out(info.Env(), style.error());
  return bytes_out(info.Env(), firn::unified_diff(patched, *style));
}

Napi::Value source_map(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  const Result<MapDetail> detail = js::map_detail_in(arguments.number());
  const bool with_content = arguments.boolean();
  const Result<Bytes> file = arguments.text();
  const Result<Bytes> source = arguments.text();
  if (!arguments.ok()) return {};
  if (!detail) return error_out(info.Env(), detail.error());
  if (!file) return error_out(info.Env(), file.error());
  if (!source) return error_out(info.Env(), source.error());
  const SourceMapStyle style{.file = file->view(),
                             .source = source->view(),
                             .with_content = with_content,
                             .detail = *detail};
  return boxed_out(info.Env(), firn::source_map(patched, style));
}

Napi::Value mappings(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  const Result<MapDetail> detail = js::map_detail_in(arguments.number());
  if (!arguments.ok()) return {};
  if (!detail) return error_out(info.Env(), detail.error());
  return boxed_out(info.Env(), firn::mappings(patched, *detail));
}

Napi::Value invert(const Info& info, const Patched& patched) {
  return handle_out(info.Env(), firn::invert(patched));
}

Napi::Value compose(const Info& info, const Patched& first) {
  Arguments arguments(info);
  const Patched* second = arguments.handle<Patched>();
  if (!arguments.ok()) return {};
  return handle_out(info.Env(), firn::compose(first, *second));
}

Napi::Value rebase(const Info& info, const Patched& patched) {
  Arguments arguments(info);
  const Snapshot* new_text = arguments.handle<Snapshot>();
  if (!arguments.ok()) return {};
  return handle_out(info.Env(), js::parts_of(firn::rebase(patched, *new_text), patched.batch()));
}

}  // namespace

Methods Kind<Patched>::methods() {
  using H = Handle<Patched>;
  return {
      H::delete_method(),
      H::method<&base_line_count>("baseLineCount"),
      H::method<&line_count>("lineCount"),
      H::method<&byte_length>("byteLength"),
      H::method<&revision>("revision"),
      H::method<&fingerprint>("fingerprint"),
      H::method<&bytes>("bytes"),
      H::method<&bytes_into>("bytesInto"),
      H::method<&lines>("lines"),
      H::method<&report>("report"),
      H::method<&changes>("changes"),
      H::method<&provenance>("provenance"),
      H::method<&map_line>("mapLine"),
      H::method<&unmap_line>("unmapLine"),
      H::method<&unified_diff>("unifiedDiff"),
      H::method<&source_map>("sourceMap"),
      H::method<&mappings>("mappings"),
      H::method<&invert>("invert"),
      H::method<&compose>("compose"),
      H::method<&rebase>("rebase"),
  };
}

}  // namespace firn::node
