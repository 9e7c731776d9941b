#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "changed_lines.h"
#include "firn/diff.h"

namespace firn {

/// Differences as `git merge-file` sees them, line for line: git's choice of lines to compare at
/// all (xdiff/xprepare.c), its Myers search, and its way to shift each group of changed lines
/// (xdl_change_compact without the indent heuristic). Merges are equal only if these are.
class GitDiff {
 public:
  /// `base`: what most sequences are compared with; it must outlive this. REQUIRES every token to
  /// come to be below `token_count`.
  GitDiff(std::span<const std::uint32_t> base, std::uint32_t token_count);

  /// The differing lines of the base and of what it has become, which count from 1 in each.
  [[nodiscard]] std::vector<DiffHunk> hunks_from_base(std::span<const std::uint32_t> after);

  /// The same for any two sequences of tokens.
  [[nodiscard]] std::vector<DiffHunk> hunks(std::span<const std::uint32_t> before,
                                            std::span<const std::uint32_t> after);

 private:
  /// What is left between the equal lines at both ends, 0-based, half-open.
  struct Middle {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  /// How often each token stands in a sequence.
  using Counts = std::vector<std::uint32_t>;

  static void count(std::span<const std::uint32_t> tokens, Counts& counts);
  static void forget(std::span<const std::uint32_t> tokens, Counts& counts);
  [[nodiscard]] static TokenView worth_comparing(std::span<const std::uint32_t> own,
                                                 const Counts& counts_of_other, Middle middle,
                                                 std::vector<std::uint8_t>& changed);
  [[nodiscard]] static std::vector<DiffHunk> hunks(std::span<const std::uint32_t> before,
                                                   const Counts& before_counts,
                                                   std::span<const std::uint32_t> after,
                                                   const Counts& after_counts);

  std::span<const std::uint32_t> base_;
  Counts base_counts_;
  Counts before_counts_;  ///< Zero between calls, as are the next.
  Counts after_counts_;
};

/// Shifts each group of changed lines of `own` as git does: as far down as it goes, or else to the
/// last place where it meets a group of `other`; groups that come to touch become one.
/// REQUIRES `changed` and `other_changed` to say the same of unchanged lines.
void slide_groups(std::span<const std::uint32_t> own, std::vector<std::uint8_t>& changed,
                  const std::vector<std::uint8_t>& other_changed);

}  // namespace firn
