#pragma once

#include <cstdint>
#include <string_view>

#include "firn/snapshot.h"
#include "firn/unified_diff.h"

namespace firn {

/// Finds the name for one hunk after the other, downwards. As in git, each is looked for only down
/// to where the one before it was; with none in between that one stays.
class FunctionFinder {
 public:
  FunctionFinder(const Snapshot& snapshot, FunctionNames rule) : snapshot_(snapshot), rule_(rule) {}

  /// For the hunk that begins at 1-based `line`. Amortised O(lines above).
  [[nodiscard]] std::string_view name_above(std::uint64_t line) noexcept;

 private:
  const Snapshot& snapshot_;
  FunctionNames rule_;
  std::uint64_t searched_to_ = 0;  ///< Lines up to this one have been looked at.
  std::string_view name_;
};

}  // namespace firn
