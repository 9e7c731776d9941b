#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "batch_list.h"
#include "firn/batch.h"
#include "firn/file_diff.h"
#include "firn/history.h"
#include "firn/out_of_memory.h"
#include "firn/patched.h"
#include "firn/snapshot.h"
#include "firn/to_json.h"
#include "guarded.h"
#include "parts.h"

namespace firn::node {

using Methods = std::vector<napi_property_descriptor>;

/// What there is to say about a kind of value: its name, its tag (random, and its own), its place
/// in AddonData, what it weighs, and in its own file what it can do.
template <typename Value>
struct Kind;

/// What one environment (the main thread, a worker) holds on to. Nothing here is static.
struct AddonData {
  Napi::FunctionReference snapshot;
  Napi::FunctionReference batch;
  Napi::FunctionReference patched;
  Napi::FunctionReference diff;
  Napi::FunctionReference parts;
  Napi::FunctionReference batch_list;
  Napi::FunctionReference history;
  Napi::FunctionReference tree_watch;
  std::string out_of_memory = to_json(firn::out_of_memory());  ///< For when there is none for it.
};

template <>
struct Kind<Snapshot> {
  static constexpr const char* kName = "Snapshot";
  static constexpr napi_type_tag kTag = {0x2c5f8a7be1f04d36, 0x9b1de6c07a4388f5};
  static constexpr auto kConstructor = &AddonData::snapshot;
  static std::uint64_t memory_bytes(const Snapshot& snapshot) { return snapshot.memory_bytes(); }
  static Methods methods();
};

template <>
struct Kind<Batch> {
  static constexpr const char* kName = "Batch";
  static constexpr napi_type_tag kTag = {0x70d3b94c5e6a4f12, 0xa86f21bd90c7e34b};
  static constexpr auto kConstructor = &AddonData::batch;
  static std::uint64_t memory_bytes(const Batch& batch) { return batch.memory_bytes(); }
  static Methods methods();
};

template <>
struct Kind<Patched> {
  static constexpr const char* kName = "Patched";
  static constexpr napi_type_tag kTag = {0xe94a07f3162c4b8d, 0x8e52c1f7d03b6a99};
  static constexpr auto kConstructor = &AddonData::patched;
  static std::uint64_t memory_bytes(const Patched& patched) {
    return patched.plan().memory_bytes() + patched.failed().size_bytes();
  }
  static Methods methods();
};

template <>
struct Kind<Diff> {
  static constexpr const char* kName = "Diff";
  static constexpr napi_type_tag kTag = {0x1fb6c04d97e25a83, 0xd2307f8e5c19b64a};
  static constexpr auto kConstructor = &AddonData::diff;
  static std::uint64_t memory_bytes(const Diff& diff) { return diff.memory_bytes(); }
  static Methods methods();
};

template <>
struct Kind<js::Parts> {
  static constexpr const char* kName = "Parts";
  static constexpr napi_type_tag kTag = {0x84e1d36a2bf0795c, 0xb7094ce518d2fa36};
  static constexpr auto kConstructor = &AddonData::parts;
  static std::uint64_t memory_bytes(const js::Parts& parts) {
    return parts.json.size() + parts.bytes.size();
  }
  static Methods methods();
};

template <>
struct Kind<js::BatchList> {
  static constexpr const char* kName = "BatchList";
  static constexpr napi_type_tag kTag = {0xc6a3150f48de97b2, 0x5d82e9f1730ba64c};
  static constexpr auto kConstructor = &AddonData::batch_list;
  static std::uint64_t memory_bytes(const js::BatchList& /*list*/) { return 0; }
  static Methods methods();
};

template <>
struct Kind<History> {
  static constexpr const char* kName = "History";
  static constexpr napi_type_tag kTag = {0x39f7c20b6ed8415a, 0xe0a46b93d15f7c82};
  static constexpr auto kConstructor = &AddonData::history;
  /// What it shares with no other history.
  static std::uint64_t memory_bytes(const History& history) {
    return history.text().memory_bytes();
  }
  static Methods methods();
};

/// A C++ value held by a JavaScript object; freed by its delete(), or with the object.
///
/// Node lets a method be called on objects of its own class only, so `this` needs no check;
/// arguments carry a tag, because nothing else tells one wrapped pointer from another. Objects that
/// JavaScript makes of the class hold nothing, as if they had been deleted.
template <typename Value>
class Handle {
 public:
  static void define(Napi::Env env, AddonData& data) {
    const Methods methods = Kind<Value>::methods();
    napi_value constructor = nullptr;
    napi_define_class(env, Kind<Value>::kName, NAPI_AUTO_LENGTH, &construct, nullptr,
                      methods.size(), methods.data(), &constructor);
    constructor_in(data) = Napi::Persistent(Napi::Function(env, constructor));
  }

  /// A new object that holds `value`.
  [[nodiscard]] static Napi::Value wrap(Napi::Env env, Value value) {
    auto handle = std::make_unique<Handle>(std::move(value));
    const Napi::Object object = constructor_in(*env.GetInstanceData<AddonData>()).New({});
    // Empty when JavaScript may not run any more: a worker is being ended.
    if (object.IsEmpty() ||
        napi_wrap(env, object, handle.get(), &finalize, nullptr, nullptr) != napi_ok) {
      return {};
    }
    const Handle* held = handle.release();  // The object's now.
    object.TypeTag(&Kind<Value>::kTag);
    // So that the collector hurries when much is held by little objects.
    Napi::MemoryManagement::AdjustExternalMemory(env, held->memory_bytes_);
    return object;
  }

  /// What `argument` holds; null when it is no such handle, or was deleted.
  [[nodiscard]] static const Value* held_by(const Napi::Value& argument) {
    if (!argument.IsObject()) return nullptr;
    const auto object = argument.As<Napi::Object>();
    return object.CheckTypeTag(&Kind<Value>::kTag) ? value_in(object) : nullptr;
  }

  /// A method of the JavaScript class.
  template <Napi::Value (*kMethod)(const Napi::CallbackInfo&, const Value&)>
  [[nodiscard]] static napi_property_descriptor method(const char* name) {
    return described(name, &guarded<&call<kMethod>>);
  }

  [[nodiscard]] static napi_property_descriptor delete_method() {
    return described("delete", &guarded<&remove>);
  }

  /// For wrap() alone.
  explicit Handle(Value value)
      : value_(std::move(value)),
        memory_bytes_(static_cast<std::int64_t>(Kind<Value>::memory_bytes(*value_))) {}

 private:
  static Napi::FunctionReference& constructor_in(AddonData& data) {
    return data.*Kind<Value>::kConstructor;
  }

  static napi_property_descriptor described(const char* name, napi_callback method) {
    return {.utf8name = name,
            .name = nullptr,
            .method = method,
            .getter = nullptr,
            .setter = nullptr,
            .value = nullptr,
            .attributes = napi_default,
            .data = nullptr};
  }

  /// The object is there already, and wrap() fills it.
  static napi_value construct(napi_env env, napi_callback_info info) noexcept {
    napi_value self = nullptr;
    napi_get_cb_info(env, info, nullptr, nullptr, &self, nullptr);
    return self;
  }

  static void finalize(napi_env env, void* data, void* /*hint*/) noexcept {
    const std::unique_ptr<Handle> handle(static_cast<Handle*>(data));
    handle->release(env);
  }

  /// Null: it was made by JavaScript.
  static Handle* handle_in(const Napi::Value& object) {
    void* data = nullptr;
    return napi_unwrap(object.Env(), object, &data) == napi_ok ? static_cast<Handle*>(data)
                                                               : nullptr;
  }

  static const Value* value_in(const Napi::Value& object) {
    const Handle* handle = handle_in(object);
    return handle != nullptr && handle->value_ ? &*handle->value_ : nullptr;
  }

  template <Napi::Value (*kMethod)(const Napi::CallbackInfo&, const Value&)>
  static Napi::Value call(const Napi::CallbackInfo& info) {
    if (const Value* value = value_in(info.This())) return kMethod(info, *value);
    Napi::TypeError::New(info.Env(), "the handle was deleted").ThrowAsJavaScriptException();
    return {};
  }

  static Napi::Value remove(const Napi::CallbackInfo& info) {
    if (Handle* handle = handle_in(info.This())) handle->release(info.Env());
    return info.Env().Undefined();
  }

  void release(Napi::Env env) {
    value_.reset();
    if (memory_bytes_ != 0) Napi::MemoryManagement::AdjustExternalMemory(env, -memory_bytes_);
    memory_bytes_ = 0;
  }

  std::optional<Value> value_;
  std::int64_t memory_bytes_ = 0;
};

}  // namespace firn::node
