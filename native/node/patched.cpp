#include "firn/patched.h"

#include "arguments.h"
#include "firn/algebra.h"
#include "firn/rebase.h"
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
  return text_out(info.Env(), to_hex(patched.fingerprint()));
}

Napi::Value bytes(const Info& info, const Patched& patched) {
  return bytes_out(info.Env(), patched);
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
  const Result<std::uint64_t> context_lines = arguments.count();
  const Result<Bytes> old_name = arguments.text();
  const Result<Bytes> new_name = arguments.text();
  if (!arguments.ok()) return {};
  if (!context_lines) return error_out(info.Env(), context_lines.error());
  if (!old_name) return error_out(info.Env(), old_name.error());
  if (!new_name) return error_out(info.Env(), new_name.error());
  return bytes_out(info.Env(), firn::unified_diff(patched, {.context_lines = *context_lines,
                                                            .old_name = old_name->view(),
                                                            .new_name = new_name->view()}));
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

Methods<Patched> Kind<Patched>::methods() {
  using H = Handle<Patched>;
  return {
      H::delete_method(),
      H::method<&base_line_count>("baseLineCount"),
      H::method<&line_count>("lineCount"),
      H::method<&byte_length>("byteLength"),
      H::method<&revision>("revision"),
      H::method<&fingerprint>("fingerprint"),
      H::method<&bytes>("bytes"),
      H::method<&lines>("lines"),
      H::method<&report>("report"),
      H::method<&changes>("changes"),
      H::method<&provenance>("provenance"),
      H::method<&map_line>("mapLine"),
      H::method<&unmap_line>("unmapLine"),
      H::method<&unified_diff>("unifiedDiff"),
      H::method<&invert>("invert"),
      H::method<&compose>("compose"),
      H::method<&rebase>("rebase"),
  };
}

}  // namespace firn::node
