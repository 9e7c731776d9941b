#include "firn/snapshot.h"

#include "arguments.h"
#include "firn/apply.h"
#include "firn/diff.h"
#include "firn/history.h"
#include "firn/merge.h"
#include "firn/read_text_edits.h"
#include "firn/stack.h"
#include "firn/to_json.h"
#include "handle.h"
#include "handle_out.h"
#include "results.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;

Napi::Value line_count(const Info& info, const Snapshot& snapshot) {
  return number_out(info.Env(), snapshot.line_count());
}

Napi::Value byte_length(const Info& info, const Snapshot& snapshot) {
  return number_out(info.Env(), snapshot.byte_size());
}

Napi::Value fingerprint(const Info& info, const Snapshot& snapshot) {
  return hex_out(info.Env(), snapshot.fingerprint());
}

Napi::Value bytes(const Info& info, const Snapshot& snapshot) {
  return bytes_out(info.Env(), snapshot.bytes());
}

Napi::Value lines(const Info& info, const Snapshot& snapshot) {
  Arguments arguments(info);
  const Result<LineRange> range = arguments.range(snapshot.line_count());
  if (!arguments.ok()) return {};
  if (!range) return error_out(info.Env(), range.error());
  return bytes_out(info.Env(), lines_of(snapshot, *range));
}

Napi::Value verify(const Info& info, const Snapshot& snapshot) {
  const Result<void> verified = snapshot.verify();
  return verified ? info.Env().Null() : error_out(info.Env(), verified.error());
}

Napi::Value check(const Info& info, const Snapshot& snapshot) {
  Arguments arguments(info);
  const Batch* batch = arguments.handle<Batch>();
  const Result<ApplyOptions> options = arguments.options();
  if (!arguments.ok()) return {};
  if (!options) return error_out(info.Env(), options.error());
  const Result<CheckReport> report = firn::check(snapshot, *batch, *options);
  if (!report) return error_out(info.Env(), report.error());
  return bytes_out(info.Env(), to_json(*report));
}

Napi::Value apply(const Info& info, const Snapshot& snapshot) {
  Arguments arguments(info);
  const Batch* batch = arguments.handle<Batch>();
  const Result<ApplyOptions> options = arguments.options();
  if (!arguments.ok()) return {};
  if (!options) return error_out(info.Env(), options.error());
  auto patched = firn::apply(snapshot, *batch, *options);
  if (!patched) return error_out(info.Env(), patched.error());
  return Handle<Patched>::wrap(info.Env(), std::move(*patched));
}

Napi::Value text_edits(const Info& info, const Snapshot& snapshot) {
  Arguments arguments(info);
  const Result<Bytes> json = arguments.text();
  if (!arguments.ok()) return {};
  if (!json) return error_out(info.Env(), json.error());
  const Result<TextEdits> edits = read_text_edits(json->view());
  if (!edits) return error_out(info.Env(), edits.error());
  return handle_out(info.Env(), batch_of_text_edits(snapshot, edits->edits()));
}

Napi::Value diff(const Info& info, const Snapshot& before) {
  Arguments arguments(info);
  const Snapshot* after = arguments.handle<Snapshot>();
  const Result<DiffOptions> options = arguments.diff_options();
  if (!arguments.ok()) return {};
  if (!options) return error_out(info.Env(), options.error());
  return handle_out(info.Env(), firn::diff(before, *after, *options));
}

Napi::Value merge(const Info& info, const Snapshot& base) {
  Arguments arguments(info);
  const Snapshot* ours = arguments.handle<Snapshot>();
  const Snapshot* theirs = arguments.handle<Snapshot>();
  Result<MergeOptions> options = arguments.merge_options();
  const Result<Bytes> ours_label = arguments.text();
  const Result<Bytes> base_label = arguments.text();
  const Result<Bytes> theirs_label = arguments.text();
  if (!arguments.ok()) return {};
  if (!options) return error_out(info.Env(), options.error());
  if (!ours_label) return error_out(info.Env(), ours_label.error());
  if (!base_label) return error_out(info.Env(), base_label.error());
  if (!theirs_label) return error_out(info.Env(), theirs_label.error());
  options->ours_label = ours_label->view();
  options->base_label = base_label->view();
  options->theirs_label = theirs_label->view();
  return handle_out(info.Env(), js::parts_of(firn::merge(base, *ours, *theirs, *options)));
}

Napi::Value stack(const Info& info, const Snapshot& snapshot) {
  Arguments arguments(info);
  const js::BatchList* list = arguments.handle<js::BatchList>();
  const Result<StackOptions> options = arguments.stack_options();
  if (!arguments.ok()) return {};
  if (!options) return error_out(info.Env(), options.error());
  return handle_out(info.Env(), js::parts_of(firn::stack(snapshot, *list->batches, *options)));
}

Napi::Value history(const Info& info, const Snapshot& snapshot) {
  Arguments arguments(info);
  const Result<std::uint64_t> revision = arguments.count();
  if (!arguments.ok()) return {};
  if (!revision) return error_out(info.Env(), revision.error());
  return Handle<History>::wrap(info.Env(), History(snapshot, *revision));
}

}  // namespace

Methods Kind<Snapshot>::methods() {
  using H = Handle<Snapshot>;
  return {
      H::delete_method(),
      H::method<&line_count>("lineCount"),
      H::method<&byte_length>("byteLength"),
      H::method<&fingerprint>("fingerprint"),
      H::method<&bytes>("bytes"),
      H::method<&lines>("lines"),
      H::method<&verify>("verify"),
      H::method<&check>("check"),
      H::method<&apply>("apply"),
      H::method<&text_edits>("textEdits"),
      H::method<&diff>("diff"),
      H::method<&merge>("merge"),
      H::method<&stack>("stack"),
      H::method<&history>("history"),
  };
}

}  // namespace firn::node
