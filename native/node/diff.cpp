#include "arguments.h"
#include "firn/file_diff.h"
#include "firn/place.h"
#include "firn/to_json.h"
#include "handle.h"
#include "handle_out.h"
#include "results.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;

Napi::Value files(const Info& info, const Diff& diff) {
  return bytes_out(info.Env(), to_json(diff));
}

Napi::Value place(const Info& info, const Diff& diff) {
  Arguments arguments(info);
  const Result<const FileDiff*> file = js::file_in(diff, arguments.number());
  const Snapshot* snapshot = arguments.handle<Snapshot>();
  const Result<PlaceOptions> options = arguments.place_options();
  if (!arguments.ok()) return {};
  if (!file) return error_out(info.Env(), file.error());
  if (!options) return error_out(info.Env(), options.error());
  const auto placed = firn::place(*snapshot, **file, *options);
  if (!placed) return error_out(info.Env(), placed.error());
  return handle_out(info.Env(), js::parts_of(**file, *placed));
}

}  // namespace

Methods Kind<Diff>::methods() {
  using H = Handle<Diff>;
  return {
      H::delete_method(),
      H::method<&files>("files"),
      H::method<&place>("place"),
  };
}

}  // namespace firn::node
