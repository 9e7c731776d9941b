#pragma once

#include <napi.h>

#include <memory>

#include "apply_diff.h"
#include "handle.h"

namespace firn::node {

/// How JavaScript follows work on a tree, and stops it.
struct TreeWatch {
  std::shared_ptr<tree::Watch> watch = std::make_shared<tree::Watch>();
};

template <>
struct Kind<TreeWatch> {
  static constexpr const char* kName = "TreeWatch";
  static constexpr napi_type_tag kTag = {0x5b1c94e07fa2d836, 0x92d60af1b83e47c5};
  static constexpr auto kConstructor = &AddonData::tree_watch;
  static std::uint64_t memory_bytes(const TreeWatch& /*watch*/) { return 0; }
  static Methods methods();
};

/// What js/engine/src/binding.ts calls TreeBinding.
[[nodiscard]] Napi::Object trees(Napi::Env env, AddonData& data);

}  // namespace firn::node
