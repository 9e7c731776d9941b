#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "changed_lines.h"
#include "lcs_tables.h"
#include "myers_kernels.h"

namespace firn {

/// The tokens of a region in both directions, so that a walk from its end is one from its
/// beginning too. Places count from the corner where a walk begins.
class FacingTokens {
 public:
  FacingTokens(const DiffProblem& problem, const Region& region)
      : before_size_(static_cast<std::int32_t>(region.before_size())),
        after_size_(static_cast<std::int32_t>(region.after_size())) {
    const auto before = problem.before.tokens().subspan(region.before_begin, region.before_size());
    const auto after = problem.after.tokens().subspan(region.after_begin, region.after_size());
    tokens_.reserve(2 * (before.size() + after.size() + 2 * kPaddingSize));
    for (const auto sequence : {before, after}) {
      tokens_.insert(tokens_.end(), sequence.begin(), sequence.end());
      tokens_.resize(tokens_.size() + kPaddingSize);
    }
    for (const auto sequence : {before, after}) {
      tokens_.insert(tokens_.end(), sequence.rbegin(), sequence.rend());
      tokens_.resize(tokens_.size() + kPaddingSize);
    }
  }

  [[nodiscard]] std::int32_t before_size() const { return before_size_; }
  [[nodiscard]] std::int32_t after_size() const { return after_size_; }
  /// From the region's beginning.
  [[nodiscard]] const std::uint32_t* before() const { return tokens_.data(); }
  [[nodiscard]] const std::uint32_t* after() const { return before() + before_size_ + kPadding; }
  /// From its end, backwards.
  [[nodiscard]] const std::uint32_t* before_from_end() const {
    return after() + after_size_ + kPadding;
  }
  [[nodiscard]] const std::uint32_t* after_from_end() const {
    return before_from_end() + before_size_ + kPadding;
  }

  [[nodiscard]] TablesInput in_tables(const Region& part) const {
    return {.before = before() + part.before_begin,
            .after = after() + part.after_begin,
            .after_from_end =
                after_from_end() + (after_size_ - static_cast<std::int32_t>(part.after_end)),
            .before_size = static_cast<std::int32_t>(part.before_size()),
            .after_size = static_cast<std::int32_t>(part.after_size())};
  }
  [[nodiscard]] SearchBox from_begin(const Region& part) const {
    return {.before = before(),
            .after = after(),
            .before_begin = static_cast<std::int32_t>(part.before_begin),
            .before_end = static_cast<std::int32_t>(part.before_end),
            .after_begin = static_cast<std::int32_t>(part.after_begin),
            .after_end = static_cast<std::int32_t>(part.after_end)};
  }
  [[nodiscard]] SearchBox from_end(const Region& part) const {
    return {.before = before_from_end(),
            .after = after_from_end(),
            .before_begin = before_size_ - static_cast<std::int32_t>(part.before_end),
            .before_end = before_size_ - static_cast<std::int32_t>(part.before_begin),
            .after_begin = after_size_ - static_cast<std::int32_t>(part.after_end),
            .after_end = after_size_ - static_cast<std::int32_t>(part.after_begin)};
  }

 private:
  static constexpr std::size_t kPaddingSize = std::max(kTokenPadding, kTablePadding);
  static constexpr auto kPadding = static_cast<std::ptrdiff_t>(kPaddingSize);

  std::int32_t before_size_;
  std::int32_t after_size_;
  std::vector<std::uint32_t> tokens_;
};

}  // namespace firn
