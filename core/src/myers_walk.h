#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "lcs_band.h"
#include "myers_kernels.h"

namespace firn {

/// The search from the first corner of a box: how far it has come on each diagonal. Each step goes
/// past one differing line, and then along what is equal.
///
/// The diagonals of a step, every other one, lie beside each other in memory, so that a vector of
/// them is a maximum, start = max(below + 1, above), and a look into their windows: 31 lines of a
/// diagonal are compared at a time, and kept as bits until the walk is past them.
///
/// A walk that starts where an earlier one did need not be walked again if both stay inside their
/// boxes: where it stood after kKeptSteps can be kept. A search that gives up leaves a box with the
/// same corner.
class MyersWalk {
 public:
  static constexpr std::int32_t kKeptSteps = kBandSteps;

  /// Stands in the first corner of `box`, which must outlive the walk.
  void start(const SearchBox& box);

  /// O(diagonals), and the equal lines followed.
  void step();

  /// Keeps where the walk stands after kKeptSteps, unless it has met the edge of its box.
  void keep();

  /// Whether the first kKeptSteps from this corner are kept and stay inside the box.
  [[nodiscard]] bool has_kept() const;

  /// Takes them. REQUIRES has_kept().
  void take_kept();

  /// How many lines of the first sequence the furthest of them has passed, 0 if none are kept.
  [[nodiscard]] std::int32_t kept_lines() const noexcept {
    return kept_.before < 0 ? 0 : kept_.most_before - kept_.before;
  }

  /// Keeps the first kKeptSteps from this corner without walking them. No step can follow. False,
  /// and nothing is done, if they leave the box or pass more than `lines` lines.
  bool keep_by_table(std::int32_t lines);

  /// The diagonal of the corner.
  [[nodiscard]] std::int32_t middle() const noexcept { return middle_; }
  /// The diagonals of the last step: every other one from low() to high().
  [[nodiscard]] std::int32_t low() const noexcept { return low_; }
  [[nodiscard]] std::int32_t high() const noexcept { return high_; }

  /// Places in the first sequence, for `diagonal` and every other one above it.
  [[nodiscard]] const std::int32_t* reached_from(std::int32_t diagonal) const noexcept {
    const std::uint32_t at = number_of(diagonal);
    return parities_[at & 1U].reached.data() + (at >> 1U);
  }
  [[nodiscard]] std::int32_t reached(std::int32_t diagonal) const noexcept {
    return *reached_from(diagonal);
  }

  /// The largest sum of both places that any step has come to. O(diagonals).
  [[nodiscard]] std::int64_t furthest_sum() const;

  /// Of more than kLongRun equal lines, in the last step.
  [[nodiscard]] bool saw_long_run() const noexcept { return saw_long_run_; }

 private:
  /// Every other diagonal.
  struct Diagonals {
    std::vector<std::int32_t> reached;
    std::vector<std::int32_t> window_begin;
    std::vector<std::uint32_t> window;
  };
  /// The last two steps of a walk that stayed inside its box.
  struct Kept {
    std::int32_t before = -1;  ///< Its corner.
    std::int32_t after = -1;
    std::int32_t most_before = 0;  ///< The furthest places, each of some diagonal.
    std::int32_t most_after = 0;
    std::vector<std::int32_t> last;
    std::vector<std::int32_t> last_but_one;
  };

  [[nodiscard]] std::uint32_t number_of(std::int32_t diagonal) const noexcept {
    return static_cast<std::uint32_t>(diagonal - middle_ + center_);
  }
  void make_room();
  void enter(std::int32_t diagonal, std::int32_t neighbour);

  const SearchBox* box_ = nullptr;
  std::array<Diagonals, 2> parities_;  ///< Those an even and an odd number away from the middle.
  std::int32_t center_ = 0;            ///< Number of the middle among all; even.
  std::int32_t middle_ = 0;
  std::int32_t low_ = 0;
  std::int32_t high_ = 0;
  bool saw_long_run_ = false;
  Kept kept_;
  std::vector<std::uint64_t> table_;
};

}  // namespace firn
