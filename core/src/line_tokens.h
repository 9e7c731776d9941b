#pragma once

#include <cstdint>
#include <vector>

#include "firn/diff.h"
#include "firn/snapshot.h"

namespace firn {

/// Lines of two texts as numbers: a line of one text equals those of the other that have its
/// number. All that only the second has share one.
struct LineTokens {
  std::vector<std::uint32_t> before;
  std::vector<std::uint32_t> after;
  std::uint32_t token_count = 0;  ///< Tokens are below it.
};

/// Of the lines of `stretch`. REQUIRES both line counts below 2^31. O(bytes), expected.
[[nodiscard]] LineTokens tokenize_lines(const Snapshot& before, const Snapshot& after,
                                        const DiffHunk& stretch);

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
