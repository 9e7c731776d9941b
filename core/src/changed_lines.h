#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firn/diff.h"

namespace firn {

/// A sequence of tokens, some of which have been dropped, and where each stood.
struct TokenView {
  std::vector<std::uint32_t> tokens;
  std::vector<std::uint32_t> positions;  ///< Place of each in the whole sequence.
};

/// Which lines of the middle are changed, one byte each: what an algorithm has
/// to find.
struct ChangedLines {
  std::vector<std::uint8_t> before;
  std::vector<std::uint8_t> after;
};

/// Runs of changed lines as hunks; unchanged lines advance both sides together. Line 0 of both is
/// `first_line`.
[[nodiscard]] std::vector<DiffHunk> hunks_of(const ChangedLines& changed, std::uint64_t first_line);

/// Half-open ranges of two token sequences that are still to be compared.
struct Region {
  std::uint32_t before_begin = 0;
  std::uint32_t before_end = 0;
  std::uint32_t after_begin = 0;
  std::uint32_t after_end = 0;

  [[nodiscard]] std::uint32_t before_size() const noexcept { return before_end - before_begin; }
  [[nodiscard]] std::uint32_t after_size() const noexcept { return after_end - after_begin; }
};

/// What the algorithms read and write. Tokens that only one side has are
/// dropped beforehand: no alignment can match them.
struct DiffProblem {
  TokenView before;
  TokenView after;
  std::uint32_t token_count = 0;
  ChangedLines changed;

  void mark_before(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end; ++i) changed.before[before.positions[i]] = 1;
  }
  void mark_after(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end; ++i) changed.after[after.positions[i]] = 1;
  }

  /// Takes what is equal at both ends off `region`.
  void trim(Region& region) const noexcept {
    while (region.before_begin < region.before_end && region.after_begin < region.after_end &&
           before.tokens[region.before_begin] == after.tokens[region.after_begin]) {
      ++region.before_begin;
      ++region.after_begin;
    }
    while (region.before_begin < region.before_end && region.after_begin < region.after_end &&
           before.tokens[region.before_end - 1] == after.tokens[region.after_end - 1]) {
      --region.before_end;
      --region.after_end;
    }
  }
};

/// Marks the changed lines of `region`. `bounded`: give up on the best middle
/// after a fixed effort, which keeps time linear; else minimal.
void diff_myers(DiffProblem& problem, Region region, bool bounded);

/// Marks the changed lines of all of `problem`.
void diff_histogram(DiffProblem& problem);

}  // namespace firn
