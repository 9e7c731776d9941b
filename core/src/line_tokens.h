#pragma once

#include <cstdint>
#include <vector>

#include "firn/snapshot.h"

namespace firn {

/// Two texts as numbers, equal lines being equal numbers, without the lines
/// they share at both ends. Positions are 0-based within the middle.
struct LineTokens {
  std::uint64_t prefix_lines = 0;  ///< Equal lines at the top.
  std::uint64_t suffix_lines = 0;  ///< Equal lines at the bottom.
  std::vector<std::uint32_t> before;
  std::vector<std::uint32_t> after;
  std::uint32_t token_count = 0;  ///< Tokens are below it.
};

/// REQUIRES both line counts below 2^31. O(bytes), expected.
[[nodiscard]] LineTokens tokenize_lines(const Snapshot& before, const Snapshot& after);

/// Two texts made of a third, and it, as numbers that mean the same in all three.
struct MergeTokens {
  std::vector<std::uint32_t> base;
  std::vector<std::uint32_t> ours;
  std::vector<std::uint32_t> theirs;
  std::uint32_t token_count = 0;  ///< Tokens are below it.
};

/// REQUIRES all line counts together below 2^31. O(bytes), expected.
[[nodiscard]] MergeTokens tokenize_merge(const Snapshot& base, const Snapshot& ours,
                                         const Snapshot& theirs);

}  // namespace firn
