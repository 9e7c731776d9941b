// The addon, and how many allocations its next call is granted.

#include <cstdint>
#include <optional>

#include "addon.h"
#include "scarce_memory.h"

namespace {

std::optional<firn_test::Scarcity> scarcity;

/// Granted, and whether it lasts: for all that is called until endScarcity().
Napi::Value begin_scarcity(const Napi::CallbackInfo& info) {
  const double granted = info[0].As<Napi::Number>().DoubleValue();
  scarcity.emplace(static_cast<std::int64_t>(granted), info[1].As<Napi::Boolean>().Value());
  scarcity->begin();
  return info.Env().Undefined();
}

/// Whether it was met.
Napi::Value end_scarcity(const Napi::CallbackInfo& info) {
  scarcity->end();
  return Napi::Boolean::New(info.Env(), scarcity->was_met());
}

Napi::Value live_block_count(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(firn_test::live_block_count()));
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  const Napi::Object addon = Napi::Object::New(env);
  exports.Set("binding", firn::node::init(env, addon));
  exports.Set("beginScarcity", Napi::Function::New<begin_scarcity>(env, "beginScarcity"));
  exports.Set("endScarcity", Napi::Function::New<end_scarcity>(env, "endScarcity"));
  exports.Set("liveBlockCount", Napi::Function::New<live_block_count>(env, "liveBlockCount"));
  return exports;
}

}  // namespace

NODE_API_MODULE(firn_no_memory, init)
