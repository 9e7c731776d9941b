#pragma once

#include <napi.h>

#include <expected>
#include <utility>

#include "handle.h"
#include "results.h"

namespace firn::node {

/// A new object that holds the value, or the error as JSON.
template <typename Value, typename Refusal>
[[nodiscard]] Napi::Value handle_out(Napi::Env env, std::expected<Value, Refusal> result) {
  if (!result) return error_out(env, result.error());
  return Handle<Value>::wrap(env, std::move(*result));
}

}  // namespace firn::node
