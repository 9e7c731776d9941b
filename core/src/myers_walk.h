#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "myers_kernels.h"

namespace firn {

/// The search from one corner of an area: how far it has come on each diagonal. Each step goes past
/// one differing line, and then along what is equal.
///
/// The diagonals of a step, every other one, lie beside each other in memory, so that a vector of
/// them is a load, a maximum and a store: start = max(below + 1, above). What is equal along a
/// diagonal is found 32 lines at a time, which is contiguous memory too, and most starts are known
/// to be where nothing is.
///
/// A walk that starts where the last one did need not be walked again as long as it stays inside
/// its area: its first steps are kept. A search that gives up leaves a region with the same corner.
class MyersWalk {
 public:
  explicit MyersWalk(WalkDirection direction) noexcept : direction_(direction) {}

  /// Stands in its corner of `area`, which must outlive the walk. `keeps_steps`: another walk may
  /// start from there.
  void start(const SearchArea& area, bool keeps_steps);

  /// O(diagonals), and the equal lines followed.
  void step();

  /// The diagonal of the corner.
  [[nodiscard]] std::int32_t middle() const noexcept { return middle_; }
  /// The diagonals of the last step: every other one from low() to high().
  [[nodiscard]] std::int32_t low() const noexcept { return low_; }
  [[nodiscard]] std::int32_t high() const noexcept { return high_; }

  /// Places in the first sequence, for `diagonal` and every other one above it.
  [[nodiscard]] const std::int32_t* reached_from(std::int32_t diagonal) const noexcept {
    if (is_replaying_) return log_.step(step_) + (diagonal - low_) / 2;
    const std::uint32_t at = number_of(diagonal);
    return parities_[at & 1U].reached.data() + (at >> 1U);
  }
  [[nodiscard]] std::int32_t reached(std::int32_t diagonal) const noexcept {
    return *reached_from(diagonal);
  }

  /// Of more than kLongRun equal lines.
  [[nodiscard]] bool saw_long_run() const noexcept { return saw_long_run_; }  ///< In the last step.

 private:
  /// Every other diagonal.
  struct Diagonals {
    std::vector<std::int32_t> reached;
    /// Nothing is equal between what is reached and here.
    std::vector<std::int32_t> look_at;
  };

  [[nodiscard]] std::uint32_t number_of(std::int32_t diagonal) const noexcept {
    return static_cast<std::uint32_t>(diagonal - middle_ + center_);
  }
  /// The places of the first steps from a corner, none of them at the edge of an area.
  struct Log {
    std::int32_t before = -1;
    std::int32_t after = -1;
    std::int32_t step_count = 0;
    std::vector<std::int32_t> places;  ///< Step n has n + 1, in the order of their diagonals.

    [[nodiscard]] const std::int32_t* step(std::int32_t step) const noexcept {
      return places.data() + static_cast<std::ptrdiff_t>(step) * (step + 1) / 2;
    }
  };
  static constexpr std::int32_t kMostLogged = 256;

  [[nodiscard]] bool stays_inside(const std::int32_t* places, std::int32_t step) const;
  [[nodiscard]] bool replay();
  void go_on_from_log();
  void log();
  void make_room();
  void enter(std::int32_t diagonal, std::int32_t neighbour);

  WalkDirection direction_;
  const SearchArea* area_ = nullptr;
  std::array<Diagonals, 2> parities_;  ///< Those an even and an odd number away from the middle.
  std::int32_t center_ = 0;            ///< Number of the middle among all; even.
  std::int32_t middle_ = 0;
  std::int32_t low_ = 0;
  std::int32_t high_ = 0;
  std::int32_t step_ = 0;
  bool saw_long_run_ = false;
  bool keeps_steps_ = false;
  bool is_replaying_ = false;
  Log log_;
};

}  // namespace firn
