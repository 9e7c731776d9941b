#pragma once

#include <napi.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "batch_list.h"
#include "firn/batch.h"
#include "firn/file_diff.h"
#include "firn/history.h"
#include "firn/patched.h"
#include "firn/snapshot.h"
#include "parts.h"

namespace firn::node {

template <typename Value>
class Handle;

template <typename Value>
using Methods = std::vector<Napi::ClassPropertyDescriptor<Handle<Value>>>;

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
};

template <>
struct Kind<Snapshot> {
  static constexpr const char* kName = "Snapshot";
  static constexpr napi_type_tag kTag = {0x2c5f8a7be1f04d36, 0x9b1de6c07a4388f5};
  static constexpr auto kConstructor = &AddonData::snapshot;
  static std::uint64_t memory_bytes(const Snapshot& snapshot) { return snapshot.memory_bytes(); }
  static Methods<Snapshot> methods();
};

template <>
struct Kind<Batch> {
  static constexpr const char* kName = "Batch";
  static constexpr napi_type_tag kTag = {0x70d3b94c5e6a4f12, 0xa86f21bd90c7e34b};
  static constexpr auto kConstructor = &AddonData::batch;
  static std::uint64_t memory_bytes(const Batch& batch) { return batch.memory_bytes(); }
  static Methods<Batch> methods();
};

template <>
struct Kind<Patched> {
  static constexpr const char* kName = "Patched";
  static constexpr napi_type_tag kTag = {0xe94a07f3162c4b8d, 0x8e52c1f7d03b6a99};
  static constexpr auto kConstructor = &AddonData::patched;
  static std::uint64_t memory_bytes(const Patched& patched) {
    return patched.plan().memory_bytes() + patched.failed().size_bytes();
  }
  static Methods<Patched> methods();
};

template <>
struct Kind<Diff> {
  static constexpr const char* kName = "Diff";
  static constexpr napi_type_tag kTag = {0x1fb6c04d97e25a83, 0xd2307f8e5c19b64a};
  static constexpr auto kConstructor = &AddonData::diff;
  static std::uint64_t memory_bytes(const Diff& diff) { return diff.memory_bytes(); }
  static Methods<Diff> methods();
};

template <>
struct Kind<js::Parts> {
  static constexpr const char* kName = "Parts";
  static constexpr napi_type_tag kTag = {0x84e1d36a2bf0795c, 0xb7094ce518d2fa36};
  static constexpr auto kConstructor = &AddonData::parts;
  static std::uint64_t memory_bytes(const js::Parts& parts) {
    return parts.json.size() + parts.bytes.size();
  }
  static Methods<js::Parts> methods();
};

template <>
struct Kind<js::BatchList> {
  static constexpr const char* kName = "BatchList";
  static constexpr napi_type_tag kTag = {0xc6a3150f48de97b2, 0x5d82e9f1730ba64c};
  static constexpr auto kConstructor = &AddonData::batch_list;
  static std::uint64_t memory_bytes(const js::BatchList& /*list*/) { return 0; }
  static Methods<js::BatchList> methods();
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
  static Methods<History> methods();
};

/// A C++ value held by a JavaScript object; freed by its delete(), or with the object.
///
/// Node lets a method be called on objects of its own class only, so `this` needs no check;
/// arguments carry a tag, because nothing else tells one wrapped pointer from another.
template <typename Value>
class Handle : public Napi::ObjectWrap<Handle<Value>> {
 public:
  /// For Node, when it makes the object; wrap() fills it.
  explicit Handle(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Handle<Value>>(info) {
    info.This().As<Napi::Object>().TypeTag(&Kind<Value>::kTag);
  }

  ~Handle() override { release(this->Env()); }

  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  static void define(Napi::Env env, AddonData& data) {
    constructor_in(data) =
        Napi::Persistent(Handle::DefineClass(env, Kind<Value>::kName, Kind<Value>::methods()));
  }

  /// A new object that holds `value`.
  [[nodiscard]] static Napi::Value wrap(Napi::Env env, Value value) {
    const Napi::Object object = constructor_in(*env.GetInstanceData<AddonData>()).New({});
    // Empty when JavaScript may not run any more: a worker is being ended.
    Handle* handle = object.IsEmpty() ? nullptr : Handle::Unwrap(object);
    if (handle == nullptr) return {};
    handle->memory_bytes_ = static_cast<std::int64_t>(Kind<Value>::memory_bytes(value));
    handle->value_ = std::move(value);
    // So that the collector hurries when much is held by little objects.
    Napi::MemoryManagement::AdjustExternalMemory(env, handle->memory_bytes_);
    return object;
  }

  /// What `argument` holds; null when it is no such handle, or was deleted.
  [[nodiscard]] static const Value* held_by(const Napi::Value& argument) {
    if (!argument.IsObject()) return nullptr;
    const auto object = argument.As<Napi::Object>();
    if (!object.CheckTypeTag(&Kind<Value>::kTag)) return nullptr;
    const Handle* handle = Handle::Unwrap(object);
    return handle != nullptr && handle->value_ ? &*handle->value_ : nullptr;
  }

  /// A method of the JavaScript class.
  template <Napi::Value (*kMethod)(const Napi::CallbackInfo&, const Value&)>
  static auto method(const char* name) {
    return Handle::template InstanceMethod<&Handle::template call<kMethod>>(name);
  }

  static auto delete_method() { return Handle::template InstanceMethod<&Handle::remove>("delete"); }

 private:
  static Napi::FunctionReference& constructor_in(AddonData& data) {
    return data.*Kind<Value>::kConstructor;
  }

  template <Napi::Value (*kMethod)(const Napi::CallbackInfo&, const Value&)>
  Napi::Value call(const Napi::CallbackInfo& info) {
    if (value_) return kMethod(info, *value_);
    Napi::TypeError::New(info.Env(), "the handle was deleted").ThrowAsJavaScriptException();
    return {};
  }

  Napi::Value remove(const Napi::CallbackInfo& info) {
    release(info.Env());
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
