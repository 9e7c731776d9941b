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
#include "myers_kernels.h"
#include "myers_walk.h"

namespace firn {

namespace {

/// A bounded search settles for less than a shortest path after this many steps
/// from each corner, or after the square root of the diagonals: then for the
/// point that it has reached furthest. Past kMinSteps, and right after a long
/// run of equal lines, for the end of such a run, if it has come more than kGain
/// times as far as it has steps.
constexpr std::int64_t kMinSteps = 256;
constexpr std::int64_t kGain = 4;

/// MyersBound::steps: what git spends on a million lines, both texts together.
constexpr std::int64_t kMaxSteps = 1024;

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

class MyersSearch {
 public:
  /// `diagonals`: of the whole problem, which sets the bound.
  MyersSearch(const DiffProblem& problem, std::int64_t diagonals, MyersBound bound)
      : problem_(problem), max_steps_(std::max(rough_root(diagonals), kMinSteps)) {
    if (bound == MyersBound::steps) max_steps_ = std::min(max_steps_, kMaxSteps);
  }

  /// Where to split `region`. REQUIRES a trimmed region with both sides not empty.
  Cut split(const Region& region, bool bounded);

 private:
  [[nodiscard]] std::optional<Point> met_forward() const;
  [[nodiscard]] std::optional<Point> met_backward() const;
  [[nodiscard]] std::optional<Cut> end_of_long_run(std::int64_t steps) const;
  [[nodiscard]] Cut furthest() const;
  [[nodiscard]] bool is_long_run(std::int64_t before, std::int64_t after) const;

  const DiffProblem& problem_;
  std::int64_t max_steps_;
  SearchArea area_;
  MyersWalk forward_{WalkDirection::forward};
  MyersWalk backward_{WalkDirection::backward};
};

/// Diagonals that both walks have reached, in one step or in two after each other.
struct Overlap {
  Overlap(const MyersWalk& forward, const MyersWalk& backward)
      : low(std::max(forward.low(), backward.low())),
        count((std::min(forward.high(), backward.high()) - low) / 2 + 1) {
    if (std::min(forward.high(), backward.high()) < low) count = 0;
  }
  std::int32_t low;
  std::int32_t count;
};

/// The highest diagonal on which the walks have met, or none. REQUIRES that the last steps of both
/// have diagonals in common.
template <typename IsInside>
std::optional<Point> met(const MyersWalk& forward, const MyersWalk& backward,
                         const std::int32_t* reached, Overlap overlap, IsInside is_inside) {
  const std::int32_t* const ahead = forward.reached_from(overlap.low);
  const std::int32_t* const behind = backward.reached_from(overlap.low);
  if (!any_reaches(ahead, behind, overlap.count)) return std::nullopt;
  for (std::int32_t i = overlap.count; i-- > 0;) {
    const Point point{reached[i], reached[i] - (overlap.low + 2 * i)};
    // A step off the edge of the region is no meeting; a better path stays inside.
    if (ahead[i] >= behind[i] && is_inside(point)) return point;
  }
  return std::nullopt;
}

std::optional<Point> MyersSearch::met_forward() const {
  const Overlap overlap(forward_, backward_);
  return met(forward_, backward_, forward_.reached_from(overlap.low), overlap,
             [&](const Point& point) {
               return point.before <= area_.before_end && point.after <= area_.after_end;
             });
}

std::optional<Point> MyersSearch::met_backward() const {
  const Overlap overlap(forward_, backward_);
  return met(forward_, backward_, backward_.reached_from(overlap.low), overlap,
             [&](const Point& point) {
               return point.before >= area_.before_begin && point.after >= area_.after_begin;
             });
}

bool MyersSearch::is_long_run(std::int64_t before, std::int64_t after) const {
  for (std::int64_t i = 0; i < kLongRun; ++i) {
    if (area_.before[static_cast<std::size_t>(before + i)] !=
        area_.after[static_cast<std::size_t>(after + i)]) {
      return false;
    }
  }
  return true;
}

/// The best end of a long run of equal lines, of those that either search has reached: far from
/// its corner, near its middle diagonal.
std::optional<Cut> MyersSearch::end_of_long_run(std::int64_t steps) const {
  constexpr std::int64_t kRun = kLongRun;
  std::optional<Point> best;
  std::int64_t best_gain = kGain * steps;
  for (std::int32_t d = forward_.high(); d >= forward_.low(); d -= 2) {
    const Point point{forward_.reached(d), forward_.reached(d) - d};
    const std::int64_t gain = point.before - area_.before_begin + point.after - area_.after_begin -
                              std::abs(d - forward_.middle());
    const bool has_room = point.before >= area_.before_begin + kRun &&
                          point.before < area_.before_end &&
                          point.after >= area_.after_begin + kRun && point.after < area_.after_end;
    if (gain <= best_gain || !has_room) continue;
    if (!is_long_run(point.before - kRun, point.after - kRun)) continue;
    best_gain = gain;
    best = point;
  }
  if (best) return Cut{.point = *best, .bounded_below = true};
  for (std::int32_t d = backward_.high(); d >= backward_.low(); d -= 2) {
    const Point point{backward_.reached(d), backward_.reached(d) - d};
    const std::int64_t gain = area_.before_end - point.before + area_.after_end - point.after -
                              std::abs(d - backward_.middle());
    const bool has_room = point.before > area_.before_begin &&
                          point.before + kRun <= area_.before_end &&
                          point.after > area_.after_begin && point.after + kRun <= area_.after_end;
    if (gain <= best_gain || !has_room || !is_long_run(point.before, point.after)) continue;
    best_gain = gain;
    best = point;
  }
  if (best) return Cut{.point = *best, .bounded_above = true};
  return std::nullopt;
}

/// Of all points reached, the one that leaves the least to the other half.
Cut MyersSearch::furthest() const {
  Point from_top{area_.before_begin, area_.after_begin};
  std::int64_t top_sum = -1;
  for (std::int64_t d = forward_.high(); d >= forward_.low(); d -= 2) {
    const std::int64_t last = std::min(std::int64_t{area_.before_end}, area_.after_end + d);
    const auto before =
        std::min<std::int64_t>(forward_.reached(static_cast<std::int32_t>(d)), last);
    if (2 * before - d <= top_sum) continue;
    top_sum = 2 * before - d;
    from_top = {before, before - d};
  }
  Point from_bottom{area_.before_end, area_.after_end};
  std::int64_t bottom_sum = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t d = backward_.high(); d >= backward_.low(); d -= 2) {
    const std::int64_t first = std::max(std::int64_t{area_.before_begin}, area_.after_begin + d);
    const auto before =
        std::max<std::int64_t>(backward_.reached(static_cast<std::int32_t>(d)), first);
    if (2 * before - d >= bottom_sum) continue;
    bottom_sum = 2 * before - d;
    from_bottom = {before, before - d};
  }
  const std::int64_t begin = std::int64_t{area_.before_begin} + area_.after_begin;
  const std::int64_t end = std::int64_t{area_.before_end} + area_.after_end;
  if (end - bottom_sum < top_sum - begin) return {.point = from_top, .bounded_below = true};
  return {.point = from_bottom, .bounded_above = true};
}

Cut MyersSearch::split(const Region& region, bool bounded) {
  area_ = {.before = problem_.before.tokens(),
           .after = problem_.after.tokens(),
           .before_begin = static_cast<std::int32_t>(region.before_begin),
           .before_end = static_cast<std::int32_t>(region.before_end),
           .after_begin = static_cast<std::int32_t>(region.after_begin),
           .after_end = static_cast<std::int32_t>(region.after_end)};
  const bool may_give_up =
      bounded && std::min(region.before_size(), region.after_size()) >= kMinSteps;
  forward_.start(area_, may_give_up);
  backward_.start(area_, may_give_up);
  const bool odd = ((forward_.middle() - backward_.middle()) & 1) != 0;
  for (std::int64_t step = 1;; ++step) {
    forward_.step();
    if (odd) {
      if (const auto point = met_forward()) return {.point = *point};
    }
    backward_.step();
    if (!odd) {
      if (const auto point = met_backward()) return {.point = *point};
    }
    if (!bounded) continue;
    if (step > kMinSteps && (forward_.saw_long_run() || backward_.saw_long_run())) {
      if (const auto cut = end_of_long_run(step)) return *cut;
    }
    if (step >= max_steps_) return furthest();
  }
}

}  // namespace

void diff_myers(DiffProblem& problem, Region region, MyersBound bound) {
  struct Part {
    Region region;
    bool bounded = false;
  };
  MyersSearch search(
      problem, static_cast<std::int64_t>(region.before_size()) + region.after_size() + 3, bound);
  std::vector<Part> open{{region, bound != MyersBound::none}};
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
