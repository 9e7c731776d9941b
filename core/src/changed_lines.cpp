#include "changed_lines.h"

namespace firn {

std::vector<DiffHunk> hunks_of(const ChangedLines& changed, std::uint64_t first_line) {
  std::vector<DiffHunk> hunks;
  const std::size_t before_size = changed.before.size();
  const std::size_t after_size = changed.after.size();
  std::size_t before = 0;
  std::size_t after = 0;
  while (before < before_size || after < after_size) {
    const std::size_t before_begin = before;
    const std::size_t after_begin = after;
    while (before < before_size && changed.before[before] != 0) ++before;
    while (after < after_size && changed.after[after] != 0) ++after;
    if (before == before_begin && after == after_begin) {
      ++before;
      ++after;
      continue;
    }
    hunks.push_back({.before = {.from = first_line + before_begin, .to = first_line + before - 1},
                     .after = {.from = first_line + after_begin, .to = first_line + after - 1}});
  }
  return hunks;
}

}  // namespace firn
