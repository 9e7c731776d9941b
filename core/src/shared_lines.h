#pragma once

#include <cstdint>

#include "firn/diff.h"
#include "firn/snapshot.h"

namespace firn {

/// Whole lines, terminators included, that two texts share. All of it at memory speed: no line is
/// hashed.

/// How many lines are equal from line `before_line` and `after_line` on, up to `before_last` and
/// `after_last`. REQUIRES lines of the texts, or one behind the last. O(bytes shared).
[[nodiscard]] std::uint64_t shared_lines_from(const Snapshot& before, std::uint64_t before_line,
                                              std::uint64_t before_last, const Snapshot& after,
                                              std::uint64_t after_line, std::uint64_t after_last);

/// What is left without the lines that both share at the top and at the end. O(bytes shared).
[[nodiscard]] DiffHunk differing_middle(const Snapshot& before, const Snapshot& after);

}  // namespace firn
