#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "versions.h"

namespace firn_bench {

/// One of the engine's hot verbs, with all it needs at hand.
struct Verb {
  std::string name;
  std::uint64_t unit_count = 0;     ///< Bytes read or written, or patches: what it is counted by.
  std::function<void()> prepare{};  ///< Not counted; may be empty.
  std::function<void()> run;
};

/// diff, merge and place work on `versions`, which must outlive the verbs; the others on generated
/// texts and batches.
[[nodiscard]] std::vector<Verb> hot_verbs(const Versions& versions);

}  // namespace firn_bench
