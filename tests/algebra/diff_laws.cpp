#include "diff_laws.h"

#include <algorithm>

namespace firn_test {

using firn::DiffHunk;
using firn::Snapshot;

std::string why_invalid(const Snapshot& before, const Snapshot& after,
                        const std::vector<DiffHunk>& hunks) {
  std::uint64_t old_line = 1;
  std::uint64_t new_line = 1;
  const auto skip_to = [&](std::uint64_t old_end, std::uint64_t new_end) {
    while (old_line < old_end && new_line < new_end) {
      if (before.lines(old_line, old_line) != after.lines(new_line, new_line)) return false;
      ++old_line;
      ++new_line;
    }
    return old_line == old_end && new_line == new_end;
  };
  for (std::size_t i = 0; i < hunks.size(); ++i) {
    const DiffHunk& hunk = hunks[i];
    if (hunk.before.line_count() + hunk.after.line_count() == 0) return "an empty hunk";
    if (i > 0 && hunk.before.from == old_line) return "hunks that touch";
    if (!skip_to(hunk.before.from, hunk.after.from)) return "unequal lines between hunks";
    old_line = hunk.before.to + 1;
    new_line = hunk.after.to + 1;
  }
  const bool ends = skip_to(before.line_count() + 1, after.line_count() + 1);
  return ends ? "" : "unequal lines behind the hunks";
}

std::uint64_t removed_lines(const std::vector<DiffHunk>& hunks) {
  std::uint64_t count = 0;
  for (const DiffHunk& hunk : hunks) count += hunk.before.line_count();
  return count;
}

std::uint64_t longest_common_subsequence(const Snapshot& a, const Snapshot& b) {
  std::vector<std::uint64_t> row(b.line_count() + 1);
  for (std::uint64_t i = 1; i <= a.line_count(); ++i) {
    std::uint64_t diagonal = 0;
    for (std::uint64_t j = 1; j <= b.line_count(); ++j) {
      const std::uint64_t above = row[j];
      row[j] = a.lines(i, i) == b.lines(j, j) ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return row[b.line_count()];
}

}  // namespace firn_test
