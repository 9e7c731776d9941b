#pragma once

#include <cstdint>
#include <vector>

#include "myers_kernels.h"

namespace firn {

/// Where a walk from the first corner of a box stands after kBandSteps: from a table, a bit a cell,
/// of the diagonals that it can be on by then. Where a walk goes on for few lines at each step it
/// has looked at most of them anyway.
inline constexpr std::int32_t kBandSteps = 256;

/// For every other diagonal, from kBandSteps below the corner's to kBandSteps above it, the
/// furthest place in the first sequence: kBandSteps + 1 of them, in `reached`. False, and nothing,
/// if the walk comes to an edge of the box, or past its first `most_lines` lines. O(most_lines *
/// kBandSteps / 64). `memory` is used again from one to the next.
[[nodiscard]] bool walk_by_table(const SearchBox& box, std::int32_t most_lines,
                                 std::vector<std::uint64_t>& memory,
                                 std::vector<std::int32_t>& reached);

}  // namespace firn
