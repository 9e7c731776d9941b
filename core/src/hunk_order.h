#pragma once

#include <cstdint>
#include <utility>

#include "firn/file_diff.h"

namespace firn {

/// The line at which a side of a hunk begins. An empty one names the line that it stands behind.
constexpr std::uint64_t first_line_of_side(std::uint64_t line, std::uint64_t count) {
  return line + (count == 0 ? 1 : 0);
}

/// By what hunks are put in order. What goes in front of a line comes before what changes it.
inline std::pair<std::uint64_t, bool> old_side_key(const Hunk& hunk) {
  return {first_line_of_side(hunk.old_line, hunk.old_count), hunk.old_count > 0};
}

inline std::pair<std::uint64_t, bool> new_side_key(const Hunk& hunk) {
  return {first_line_of_side(hunk.new_line, hunk.new_count), hunk.new_count > 0};
}

}  // namespace firn
