#include "firn/snapshot.h"

#include "arguments.h"
#include "firn/apply.h"
#include "firn/to_json.h"
#include "handle.h"
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
  return text_out(info.Env(), to_hex(snapshot.fingerprint()));
}

Napi::Value bytes(const Info& info, const Snapshot& snapshot) {
  return bytes_out(info.Env(), snapshot.bytes());
}

Napi::Value lines(const Info& info, const Snapshot& snapshot) {
  Arguments arguments(info);
  const Result<LineRange> range = arguments.range(snapshot.line_count());
  if (!arguments.ok()) return {};
  if (!range) return error_out(info.Env(), range.error());
  // The plan that changes nothing: a viewport is cut the same way before and after.
  const Patched unchanged{Plan(snapshot)};
  return bytes_out(info.Env(), unchanged.lines(*range));
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
  return bytes_out(info.Env(), to_json(firn::check(snapshot, *batch, *options)));
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

}  // namespace

Methods<Snapshot> Kind<Snapshot>::methods() {
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
  };
}

}  // namespace firn::node
