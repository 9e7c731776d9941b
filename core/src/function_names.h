#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "firn/snapshot.h"
#include "firn/unified_diff.h"

namespace firn {

/// What a hunk header shows of `line`, which has no terminator; nothing when it is no head.
[[nodiscard]] std::optional<std::string_view> function_name_in(std::string_view line,
                                                               FunctionNames rule) noexcept;

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
