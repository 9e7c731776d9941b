#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firn/diff.h"

/// What is true of every diff.
namespace firn_test {

/// Why the hunks are no diff of the two; empty when they are one.
[[nodiscard]] std::string why_invalid(const firn::Snapshot& before, const firn::Snapshot& after,
                                      const std::vector<firn::DiffHunk>& hunks);

[[nodiscard]] std::uint64_t removed_lines(const std::vector<firn::DiffHunk>& hunks);

/// Of lines, terminators included. O(lines of both, multiplied).
[[nodiscard]] std::uint64_t longest_common_subsequence(const firn::Snapshot& a,
                                                       const firn::Snapshot& b);

}  // namespace firn_test
