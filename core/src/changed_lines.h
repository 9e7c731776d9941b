#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firn/diff.h"

namespace firn {

/// A sequence of tokens without some of them, and where each of the others stood.
class TokenView {
 public:
  TokenView() = default;
  /// Of the tokens from place `begin` to `end` of `whole`, which must outlive it, all but those at
  /// the places `dropped`, ascending. O(end - begin), and nothing is copied where none is dropped.
  TokenView(std::span<const std::uint32_t> whole, std::uint32_t begin, std::uint32_t end,
            std::vector<std::uint32_t> dropped);

  TokenView(TokenView&&) noexcept = default;
  TokenView& operator=(TokenView&&) noexcept = default;
  TokenView(const TokenView&) = delete;
  TokenView& operator=(const TokenView&) = delete;
  ~TokenView() = default;

  [[nodiscard]] std::span<const std::uint32_t> tokens() const noexcept { return tokens_; }
  [[nodiscard]] std::uint32_t size() const noexcept {
    return static_cast<std::uint32_t>(tokens_.size());
  }
  /// The place of token `index` in the whole sequence. O(log dropped).
  [[nodiscard]] std::uint32_t place_of(std::uint32_t index) const noexcept {
    const auto dropped = std::ranges::upper_bound(dropped_before_, index);
    return begin_ + index + static_cast<std::uint32_t>(dropped - dropped_before_.begin());
  }

 private:
  std::span<const std::uint32_t> tokens_;
  std::vector<std::uint32_t> kept_;            ///< What tokens_ views, unless that is the whole.
  std::vector<std::uint32_t> dropped_before_;  ///< The index of the token behind each dropped one.
  std::uint32_t begin_ = 0;
};

/// Which lines of the middle are changed, one byte each: what an algorithm has to find.
struct ChangedLines {
  std::vector<std::uint8_t> before;
  std::vector<std::uint8_t> after;
};

/// The first place from `from` on that is changed; `to` if there is none before it. At memory
/// speed.
[[nodiscard]] std::size_t next_changed(std::span<const std::uint8_t> changed, std::size_t from,
                                       std::size_t to);

/// Appends runs of changed lines as hunks; unchanged lines advance both sides together. The first
/// lines are `before_line` and `after_line`.
void append_hunks(const ChangedLines& changed, std::uint64_t before_line, std::uint64_t after_line,
                  std::vector<DiffHunk>& hunks);

/// Half-open ranges of two token sequences that are still to be compared.
struct Region {
  std::uint32_t before_begin = 0;
  std::uint32_t before_end = 0;
  std::uint32_t after_begin = 0;
  std::uint32_t after_end = 0;

  [[nodiscard]] std::uint32_t before_size() const noexcept { return before_end - before_begin; }
  [[nodiscard]] std::uint32_t after_size() const noexcept { return after_end - after_begin; }
};

/// What the algorithms read and write. Tokens that only one side has are dropped and marked
/// beforehand: no alignment can match them.
struct DiffProblem {
  TokenView before;
  TokenView after;
  std::uint32_t token_count = 0;
  ChangedLines changed;

  void mark_before(std::uint32_t begin, std::uint32_t end) {
    mark(before, begin, end, changed.before);
  }
  void mark_after(std::uint32_t begin, std::uint32_t end) {
    mark(after, begin, end, changed.after);
  }

  /// Takes what is equal at both ends off `region`.
  void trim(Region& region) const noexcept {
    while (region.before_begin < region.before_end && region.after_begin < region.after_end &&
           before.tokens()[region.before_begin] == after.tokens()[region.after_begin]) {
      ++region.before_begin;
      ++region.after_begin;
    }
    while (region.before_begin < region.before_end && region.after_begin < region.after_end &&
           before.tokens()[region.before_end - 1] == after.tokens()[region.after_end - 1]) {
      --region.before_end;
      --region.after_end;
    }
  }

 private:
  /// Dropped lines in between are marked already, so all between the first and the last are.
  static void mark(const TokenView& view, std::uint32_t begin, std::uint32_t end,
                   std::vector<std::uint8_t>& changed) {
    if (begin == end) return;
    std::fill(changed.begin() + view.place_of(begin), changed.begin() + view.place_of(end - 1) + 1,
              std::uint8_t{1});
  }
};

/// When a search for the best middle settles for less.
enum class MyersBound : std::uint8_t {
  none,    ///< Never: as few changed lines as there can be.
  steps,   ///< As git's does, but after a fixed number of steps at most: linear in the lines.
  as_git,  ///< After steps that grow with the root of the lines.
};

/// Marks the changed lines of `region`.
void diff_myers(DiffProblem& problem, Region region, MyersBound bound);

/// Marks the changed lines of all of `problem`.
void diff_histogram(DiffProblem& problem);

}  // namespace firn
