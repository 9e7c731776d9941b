#include "parts.h"

#include "handle.h"
#include "results.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;
using js::Parts;

Napi::Value batch(const Info& info, const Parts& parts) {
  return Handle<Batch>::wrap(info.Env(), parts.batch);
}

Napi::Value json(const Info& info, const Parts& parts) { return bytes_out(info.Env(), parts.json); }

Napi::Value bytes(const Info& info, const Parts& parts) {
  return bytes_out(info.Env(), parts.bytes.view());
}

}  // namespace

Methods<Parts> Kind<Parts>::methods() {
  using H = Handle<Parts>;
  return {
      H::delete_method(),
      H::method<&batch>("batch"),
      H::method<&json>("json"),
      H::method<&bytes>("bytes"),
  };
}

}  // namespace firn::node
