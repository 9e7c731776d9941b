#include "parts.h"

#include <optional>

#include "handle.h"
#include "results.h"

namespace firn::node {

namespace {

using Info = Napi::CallbackInfo;
using js::Parts;

template <typename Value>
Napi::Value part_out(Napi::Env env, const std::optional<Value>& part) {
  return part ? Handle<Value>::wrap(env, *part) : env.Null();
}

Napi::Value batch(const Info& info, const Parts& parts) {
  return part_out(info.Env(), parts.batch);
}

Napi::Value inverse(const Info& info, const Parts& parts) {
  return part_out(info.Env(), parts.inverse);
}

Napi::Value patched(const Info& info, const Parts& parts) {
  return part_out(info.Env(), parts.patched);
}

Napi::Value history(const Info& info, const Parts& parts) {
  return part_out(info.Env(), parts.history);
}

Napi::Value json(const Info& info, const Parts& parts) { return bytes_out(info.Env(), parts.json); }

Napi::Value bytes(const Info& info, const Parts& parts) {
  return bytes_out(info.Env(), parts.bytes.view());
}

}  // namespace

Methods Kind<Parts>::methods() {
  using H = Handle<Parts>;
  return {
      H::delete_method(),
      H::method<&batch>("batch"),
      H::method<&inverse>("inverse"),
      H::method<&patched>("patched"),
      H::method<&history>("history"),
      H::method<&json>("json"),
      H::method<&bytes>("bytes"),
  };
}

}  // namespace firn::node
