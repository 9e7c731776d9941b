#include "guarded.h"

#include <string>

#include "handle.h"

namespace firn::node {

napi_value out_of_memory_out(napi_env env) noexcept {
  const std::string& json = Napi::Env(env).GetInstanceData<AddonData>()->out_of_memory;
  napi_value text = nullptr;
  napi_create_string_utf8(env, json.data(), json.size(), &text);
  return text;
}

}  // namespace firn::node
