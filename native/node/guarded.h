#pragma once

#include <napi.h>

#include <exception>

/// What JavaScript calls, as Node wants it. An exception may not go on into Node: where memory ends
/// in a function, whatever it was for, its answer is limit_exceeded.
namespace firn::node {

/// That error as JSON, which was made when the addon was loaded.
[[nodiscard]] napi_value out_of_memory_out(napi_env env) noexcept;

template <Napi::Value (*kFunction)(const Napi::CallbackInfo&)>
napi_value guarded(napi_env env, napi_callback_info call) noexcept {
  try {
    return kFunction(Napi::CallbackInfo(env, call));
  } catch (const std::exception&) {
    return out_of_memory_out(env);
  }
}

template <Napi::Value (*kFunction)(const Napi::CallbackInfo&)>
[[nodiscard]] Napi::Value function_out(Napi::Env env, const char* name) {
  napi_value function = nullptr;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, &guarded<kFunction>, nullptr, &function);
  return {env, function};
}

}  // namespace firn::node
