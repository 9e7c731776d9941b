#include "firn/batch.h"

#include "arguments.h"
#include "firn/to_json.h"
#include "handle.h"
#include "handle_out.h"
#include "places.h"
#include "results.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;

Napi::Value id(const Info& info, const Batch& batch) { return text_out(info.Env(), batch.id()); }

Napi::Value file(const Info& info, const Batch& batch) {
  return text_out(info.Env(), batch.file());
}

Napi::Value patch_count(const Info& info, const Batch& batch) {
  return number_out(info.Env(), batch.patches().size());
}

Napi::Value json(const Info& info, const Batch& batch) {
  return bytes_out(info.Env(), to_json(batch));
}

Napi::Value select(const Info& info, const Batch& batch) {
  Arguments arguments(info);
  const std::string_view places = arguments.bytes();
  if (!arguments.ok()) return {};
  return handle_out(info.Env(), batch.select(js::places_in(places)));
}

}  // namespace

Methods Kind<Batch>::methods() {
  using H = Handle<Batch>;
  return {
      H::delete_method(),       H::method<&id>("id"),
      H::method<&file>("file"), H::method<&patch_count>("patchCount"),
      H::method<&json>("json"), H::method<&select>("select"),
  };
}

}  // namespace firn::node
