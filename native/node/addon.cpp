// What js/engine/src/binding.ts says, supplied by Node's C API. No logic: convert, call once,
// convert back; what a handle can do is in a file of its name.
//
// Loaded once per environment, and once more in each worker; they share nothing.

#include "addon.h"

#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "arguments.h"
#include "firn/firn.h"
#include "guarded.h"
#include "handle.h"
#include "handle_out.h"
#include "packed_batch.h"
#include "results.h"
#include "trees.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;

Napi::Value version(const Info& info) { return text_out(info.Env(), firn::version()); }

Napi::Value freeze_text(const Info& info) {
  Arguments arguments(info);
  Result<Bytes> text = arguments.text();
  if (!arguments.ok()) return {};
  if (!text) return error_out(info.Env(), text.error());
  return handle_out(info.Env(), freeze(std::move(*text)));
}

Napi::Value freeze_bytes(const Info& info) {
  Arguments arguments(info);
  const std::string_view bytes = arguments.bytes();
  if (!arguments.ok()) return {};
  return handle_out(info.Env(), freeze(bytes));
}

Napi::Value read_batch_text(const Info& info) {
  Arguments arguments(info);
  const Result<Bytes> json = arguments.text();
  const Result<Limits> limits = arguments.limits();
  if (!arguments.ok()) return {};
  if (!json) return error_out(info.Env(), json.error());
  if (!limits) return error_out(info.Env(), limits.error());
  return handle_out(info.Env(), read_batch(json->view(), *limits));
}

Napi::Value read_batch_bytes(const Info& info) {
  Arguments arguments(info);
  const std::string_view json = arguments.bytes();
  const Result<Limits> limits = arguments.limits();
  if (!arguments.ok()) return {};
  if (!limits) return error_out(info.Env(), limits.error());
  return handle_out(info.Env(), read_batch(json, *limits));
}

Napi::Value read_packed_batch(const Info& info) try {
  Arguments arguments(info);
  const Result<Bytes> texts = arguments.text();
  const std::span<const double> numbers = arguments.counted_numbers();
  if (!arguments.ok()) return {};
  if (!texts) return info.Env().Null();
  auto batch = js::PackedBatchReader(numbers, texts->view()).read();
  return batch ? Handle<Batch>::wrap(info.Env(), *std::move(batch)) : info.Env().Null();
} catch (const std::exception&) {
  return info.Env().Null();
}

// What it answers is a text, and an error would be taken for one.
Napi::Value patch_text(const Info& info) try {
  Arguments arguments(info);
  Result<Bytes> text = arguments.text();
  const Result<Bytes> texts = arguments.text();
  const std::span<const double> numbers = arguments.counted_numbers();
  const Result<ApplyOptions> options = arguments.options();
  if (!arguments.ok()) return {};
  if (!text || !texts || !options) return info.Env().Null();
  const auto batch = js::PackedBatchReader(numbers, texts->view()).read();
  if (!batch) return info.Env().Null();
  const auto patched = firn::patch(*std::move(text), *batch, *options);
  return patched ? text_or_null(info.Env(), *patched) : info.Env().Null();
} catch (const std::exception&) {
  return info.Env().Null();
}

/// The order of evaluation is that of the arguments: braces evaluate from left to right.
ReadDiffOptions read_diff_options(Arguments& arguments) {
  return {.recount = arguments.boolean(), .any_names = arguments.boolean()};
}

Napi::Value read_diff_text(const Info& info) {
  Arguments arguments(info);
  const Result<Bytes> text = arguments.text();
  const ReadDiffOptions options = read_diff_options(arguments);
  if (!arguments.ok()) return {};
  if (!text) return error_out(info.Env(), text.error());
  return handle_out(info.Env(), read_diff(text->view(), options));
}

Napi::Value read_diff_bytes(const Info& info) {
  Arguments arguments(info);
  const std::string_view text = arguments.bytes();
  const ReadDiffOptions options = read_diff_options(arguments);
  if (!arguments.ok()) return {};
  return handle_out(info.Env(), read_diff(text, options));
}

Napi::Value changed_words(const Info& info) {
  Arguments arguments(info);
  const Result<Bytes> before = arguments.text();
  const Result<Bytes> after = arguments.text();
  if (!arguments.ok()) return {};
  if (!before) return error_out(info.Env(), before.error());
  if (!after) return error_out(info.Env(), after.error());
  const Result<std::string> json = changed_words_json(before->view(), after->view());
  return json ? bytes_out(info.Env(), *json) : error_out(info.Env(), json.error());
}

Napi::Value batch_list(const Info& info) {
  return Handle<js::BatchList>::wrap(info.Env(), js::BatchList{});
}

}  // namespace

Napi::Object init(Napi::Env env, Napi::Object exports) try {
  auto owned = std::make_unique<AddonData>();
  AddonData* data = owned.get();
  env.SetInstanceData(owned.release());  // Node deletes it with the environment.
  Handle<Snapshot>::define(env, *data);
  Handle<Batch>::define(env, *data);
  Handle<Patched>::define(env, *data);
  Handle<Diff>::define(env, *data);
  Handle<js::Parts>::define(env, *data);
  Handle<js::BatchList>::define(env, *data);
  Handle<History>::define(env, *data);
  exports.Set("version", function_out<version>(env, "version"));
  exports.Set("freezeText", function_out<freeze_text>(env, "freezeText"));
  exports.Set("freezeBytes", function_out<freeze_bytes>(env, "freezeBytes"));
  exports.Set("readBatchText", function_out<read_batch_text>(env, "readBatchText"));
  exports.Set("readBatchBytes", function_out<read_batch_bytes>(env, "readBatchBytes"));
  exports.Set("readPackedBatch", function_out<read_packed_batch>(env, "readPackedBatch"));
  exports.Set("patchText", function_out<patch_text>(env, "patchText"));
  exports.Set("readDiffText", function_out<read_diff_text>(env, "readDiffText"));
  exports.Set("readDiffBytes", function_out<read_diff_bytes>(env, "readDiffBytes"));
  exports.Set("changedWords", function_out<changed_words>(env, "changedWords"));
  exports.Set("batchList", function_out<batch_list>(env, "batchList"));
#ifdef FIRN_NODE_TREES
  exports.Set("trees", trees(env, *data));
#endif
  return exports;
} catch (const std::exception&) {
  napi_throw_error(env, "limit_exceeded", "there is not enough memory for the addon");
  return exports;
}

}  // namespace firn::node
