// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica
// 1 (1986): the linear-space refinement, which searches from both corners of
// the edit graph for a point on a shortest path and solves the two halves. The
// bounded search gives up where git's xdiff does, so that both find the same
// differences; the bounds are its facts.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "changed_lines.h"

namespace firn {

namespace {

/// A bounded search settles for less than a shortest path after this many steps
/// from each corner, or after the square root of the diagonals: then for the
/// point that it has reached furthest. Past kMinSteps, and right after a run of
/// more than kLongRun equal lines, for the end of such a run, if it has come
/// more than kGain times as far as it has steps.
constexpr std::int64_t kMinSteps = 256;
constexpr std::int64_t kLongRun = 20;
constexpr std::int64_t kGain = 4;

/// A power of two that is about the square root.
std::int64_t rough_root(std::int64_t number) {
  std::int64_t root = 1;
  for (; number > 0; number >>= 2) root <<= 1;
  return root;
}

struct Point {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

/// Where a region is cut in two, and which parts are known to be cheap, so that
/// they are solved without bound.
struct Cut {
  Point point;
  bool bounded_above = false;
  bool bounded_below = false;
};

/// How far the search has come on each diagonal (before - after) of a region.
class Frontier {
 public:
  Frontier(std::int64_t lowest, std::int64_t highest, std::vector<std::int64_t>& storage)
      : storage_(storage), origin_(1 - lowest) {
    const auto size = static_cast<std::size_t>(highest - lowest + 3);
    if (storage_.size() < size) storage_.resize(size);
  }
  std::int64_t& operator[](std::int64_t diagonal) {
    return storage_[static_cast<std::size_t>(diagonal + origin_)];
  }

 private:
  std::vector<std::int64_t>& storage_;
  std::int64_t origin_;
};

/// The diagonals a search visits at one step: every other one, inside the
/// region.
struct Band {
  std::int64_t low = 0;
  std::int64_t high = 0;

  /// One step further out; where that would leave the region, one step in, to
  /// keep the parity.
  void widen(std::int64_t lowest, std::int64_t highest) {
    low > lowest ? --low : ++low;
    high < highest ? ++high : --high;
  }
  [[nodiscard]] bool holds(std::int64_t diagonal) const {
    return low <= diagonal && diagonal <= high;
  }
};

/// The search from one corner: how far it has come, on which diagonals.
struct Walk {
  Frontier reached;
  Band band;
  std::int64_t middle = 0;  ///< The diagonal of the corner.
};

class MyersSearch {
 public:
  /// `diagonals`: of the whole problem, which sets the bound.
  MyersSearch(const DiffProblem& problem, std::int64_t diagonals)
      : before_(problem.before.tokens()),
        after_(problem.after.tokens()),
        max_steps_(std::max(rough_root(diagonals), kMinSteps)) {}

  /// Where to split `region`. REQUIRES a trimmed region with both sides not empty.
  Cut split(const Region& region, bool bounded);

 private:
  static constexpr std::int64_t kUnreached = -1;
  static constexpr std::int64_t kUnreachedBackward = std::numeric_limits<std::int64_t>::max();

  std::optional<Point> step_forward(Walk& forward, Walk& backward, bool may_meet,
                                    const Region& region);
  std::optional<Point> step_backward(Walk& forward, Walk& backward, bool may_meet,
                                     const Region& region);
  std::optional<Cut> end_of_long_run(Walk& forward, Walk& backward, std::int64_t steps,
                                     const Region& region) const;
  static Cut furthest(Walk& forward, Walk& backward, const Region& region);

  [[nodiscard]] bool equal(std::int64_t before, std::int64_t after) const {
    return before_[static_cast<std::size_t>(before)] == after_[static_cast<std::size_t>(after)];
  }
  [[nodiscard]] bool equal_run(std::int64_t before, std::int64_t after) const {
    for (std::int64_t i = 0; i < kLongRun; ++i) {
      if (!equal(before + i, after + i)) return false;
    }
    return true;
  }

  std::span<const std::uint32_t> before_;
  std::span<const std::uint32_t> after_;
  std::int64_t max_steps_;
  std::vector<std::int64_t> forward_storage_;
  std::vector<std::int64_t> backward_storage_;
  bool saw_long_run_ = false;
};

std::optional<Point> MyersSearch::step_forward(Walk& forward, Walk& backward, bool may_meet,
                                               const Region& region) {
  for (std::int64_t diagonal = forward.band.high; diagonal >= forward.band.low; diagonal -= 2) {
    const std::int64_t from_below = forward.reached[diagonal - 1];
    const std::int64_t from_above = forward.reached[diagonal + 1];
    const std::int64_t start = from_below >= from_above ? from_below + 1 : from_above;
    std::int64_t before = start;
    std::int64_t after = before - diagonal;
    while (before < region.before_end && after < region.after_end && equal(before, after)) {
      ++before;
      ++after;
    }
    saw_long_run_ |= before - start > kLongRun;
    forward.reached[diagonal] = before;
    // A step off the edge of the region is no meeting; a better path stays
    // inside.
    const bool inside = before <= region.before_end && after <= region.after_end;
    if (may_meet && inside && backward.band.holds(diagonal) &&
        backward.reached[diagonal] <= before) {
      return Point{before, after};
    }
  }
  return std::nullopt;
}

std::optional<Point> MyersSearch::step_backward(Walk& forward, Walk& backward, bool may_meet,
                                                const Region& region) {
  for (std::int64_t diagonal = backward.band.high; diagonal >= backward.band.low; diagonal -= 2) {
    const std::int64_t from_below = backward.reached[diagonal - 1];
    const std::int64_t from_above = backward.reached[diagonal + 1];
    const std::int64_t start = from_below < from_above ? from_below : from_above - 1;
    std::int64_t before = start;
    std::int64_t after = before - diagonal;
    while (before > region.before_begin && after > region.after_begin &&
           equal(before - 1, after - 1)) {
      --before;
      --after;
    }
    saw_long_run_ |= start - before > kLongRun;
    backward.reached[diagonal] = before;
    const bool inside = before >= region.before_begin && after >= region.after_begin;
    if (may_meet && inside && forward.band.holds(diagonal) && before <= forward.reached[diagonal]) {
      return Point{before, after};
    }
  }
  return std::nullopt;
}

/// The best end of a long run of equal lines, of those that either search has reached: far from
/// its corner, near its middle diagonal.
std::optional<Cut> MyersSearch::end_of_long_run(Walk& forward, Walk& backward, std::int64_t steps,
                                                const Region& region) const {
  std::optional<Point> best;
  std::int64_t best_gain = kGain * steps;
  for (std::int64_t d = forward.band.high; d >= forward.band.low; d -= 2) {
    const Point point{forward.reached[d], forward.reached[d] - d};
    const std::int64_t gain = point.before - region.before_begin + point.after -
                              region.after_begin - std::abs(d - forward.middle);
    const bool has_room =
        point.before >= region.before_begin + kLongRun && point.before < region.before_end &&
        point.after >= region.after_begin + kLongRun && point.after < region.after_end;
    if (gain <= best_gain || !has_room) continue;
    if (!equal_run(point.before - kLongRun, point.after - kLongRun)) continue;
    best_gain = gain;
    best = point;
  }
  if (best) return Cut{.point = *best, .bounded_below = true};
  for (std::int64_t d = backward.band.high; d >= backward.band.low; d -= 2) {
    const Point point{backward.reached[d], backward.reached[d] - d};
    const std::int64_t gain = region.before_end - point.before + region.after_end - point.after -
                              std::abs(d - backward.middle);
    const bool has_room =
        point.before > region.before_begin && point.before + kLongRun <= region.before_end &&
        point.after > region.after_begin && point.after + kLongRun <= region.after_end;
    if (gain <= best_gain || !has_room || !equal_run(point.before, point.after)) continue;
    best_gain = gain;
    best = point;
  }
  if (best) return Cut{.point = *best, .bounded_above = true};
  return std::nullopt;
}

/// Of all points reached, the one that leaves the least to the other half.
Cut MyersSearch::furthest(Walk& forward, Walk& backward, const Region& region) {
  Point from_top{region.before_begin, region.after_begin};
  std::int64_t top_sum = -1;
  for (std::int64_t d = forward.band.high; d >= forward.band.low; d -= 2) {
    std::int64_t before = std::min<std::int64_t>(forward.reached[d], region.before_end);
    before = std::min<std::int64_t>(before, region.after_end + d);
    if (2 * before - d <= top_sum) continue;
    top_sum = 2 * before - d;
    from_top = {before, before - d};
  }
  Point from_bottom{region.before_end, region.after_end};
  std::int64_t bottom_sum = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t d = backward.band.high; d >= backward.band.low; d -= 2) {
    std::int64_t before = std::max<std::int64_t>(backward.reached[d], region.before_begin);
    before = std::max<std::int64_t>(before, region.after_begin + d);
    if (2 * before - d >= bottom_sum) continue;
    bottom_sum = 2 * before - d;
    from_bottom = {before, before - d};
  }
  const std::int64_t begin = static_cast<std::int64_t>(region.before_begin) + region.after_begin;
  const std::int64_t end = static_cast<std::int64_t>(region.before_end) + region.after_end;
  if (end - bottom_sum < top_sum - begin) return {.point = from_top, .bounded_below = true};
  return {.point = from_bottom, .bounded_above = true};
}

Cut MyersSearch::split(const Region& region, bool bounded) {
  const std::int64_t lowest = static_cast<std::int64_t>(region.before_begin) - region.after_end;
  const std::int64_t highest = static_cast<std::int64_t>(region.before_end) - region.after_begin;
  const auto walk_from = [&](std::int64_t before, std::int64_t after,
                             std::vector<std::int64_t>& storage) {
    const std::int64_t middle = before - after;
    Walk walk{
        .reached = Frontier(lowest, highest, storage), .band = {middle, middle}, .middle = middle};
    walk.reached[middle] = before;
    return walk;
  };
  Walk forward = walk_from(region.before_begin, region.after_begin, forward_storage_);
  Walk backward = walk_from(region.before_end, region.after_end, backward_storage_);
  const bool odd = ((forward.middle - backward.middle) & 1) != 0;

  for (std::int64_t step = 1;; ++step) {
    saw_long_run_ = false;
    const auto widen = [&](Walk& walk, std::int64_t unreached) {
      const Band old = walk.band;
      walk.band.widen(lowest, highest);
      if (walk.band.low < old.low) walk.reached[walk.band.low - 1] = unreached;
      if (walk.band.high > old.high) walk.reached[walk.band.high + 1] = unreached;
    };
    widen(forward, kUnreached);
    if (const auto met = step_forward(forward, backward, odd, region)) return {.point = *met};
    widen(backward, kUnreachedBackward);
    if (const auto met = step_backward(forward, backward, !odd, region)) return {.point = *met};
    if (!bounded) continue;
    if (saw_long_run_ && step > kMinSteps) {
      if (const auto cut = end_of_long_run(forward, backward, step, region)) return *cut;
    }
    if (step >= max_steps_) return furthest(forward, backward, region);
  }
}

}  // namespace

void diff_myers(DiffProblem& problem, Region region, bool bounded) {
  struct Part {
    Region region;
    bool bounded = false;
  };
  MyersSearch search(problem,
                     static_cast<std::int64_t>(region.before_size()) + region.after_size() + 3);
  std::vector<Part> open{{region, bounded}};
  while (!open.empty()) {
    Part part = open.back();
    open.pop_back();
    Region& next = part.region;
    problem.trim(next);
    if (next.before_size() == 0 || next.after_size() == 0) {
      problem.mark_before(next.before_begin, next.before_end);
      problem.mark_after(next.after_begin, next.after_end);
      continue;
    }
    const Cut cut = search.split(next, part.bounded);
    const auto before = static_cast<std::uint32_t>(cut.point.before);
    const auto after = static_cast<std::uint32_t>(cut.point.after);
    open.push_back({{next.before_begin, before, next.after_begin, after}, cut.bounded_above});
    open.push_back({{before, next.before_end, after, next.after_end}, cut.bounded_below});
  }
}

}  // namespace firn
