// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica
// 1 (1986): the linear-space refinement, which searches from both corners of
// the edit graph for a point on a shortest path and solves the two halves. The
// bounded search gives up where git's xdiff does, so that both find the same
// differences; the bounds are its facts.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <vector>

#include "changed_lines.h"
#include "facing_tokens.h"
#include "lcs_tables.h"
#include "myers_kernels.h"
#include "myers_walk.h"

namespace firn {

namespace {

/// A bounded search settles for less than a shortest path after this many steps
/// from each corner, or after the square root of the diagonals: then for the
/// point that it has reached furthest. Past kMinSteps, and right after a long
/// run of equal lines, for the end of such a run, if it has come more than kGain
/// times as far as it has steps.
constexpr std::int64_t kMinSteps = MyersWalk::kKeptSteps;
constexpr std::int64_t kGain = 4;

/// Whether tables help where little is equal. The WebAssembly module, whose download has a bound,
/// makes do with the walks.
#ifdef __wasm__
constexpr bool kHasTables = false;
#else
constexpr bool kHasTables = true;
#endif

/// A walk that has passed so few lines after kMinSteps has looked at most pairs of them.
constexpr std::int32_t kSlowLines = 640;

/// MyersBound::steps: what git spends on a million lines, both texts together.
constexpr std::int64_t kMaxSteps = 1024;

/// A power of two that is about the square root.
std::int64_t rough_root(std::int64_t number) {
  std::int64_t root = 1;
  for (; number > 0; number >>= 2) root <<= 1;
  return root;
}

struct Point {
  std::int32_t before = 0;
  std::int32_t after = 0;
};

/// Where a region is cut in two, and which parts are known to be cheap, so that
/// they are solved without bound.
struct Cut {
  Point point;
  bool bounded_above = false;
  bool bounded_below = false;
  /// Of both walks. In a part without bound no more lines differ.
  std::int64_t steps = 0;
};

class MyersSearch {
 public:
  MyersSearch(const FacingTokens& tokens, std::int64_t max_steps)
      : tokens_(tokens),
        max_steps_(max_steps),
        middle_distance_(tokens.before_size() - tokens.after_size()) {}

  /// Where to split `region`. REQUIRES a trimmed region with both sides not empty.
  Cut split(const Region& region, bool bounded);

 private:
  [[nodiscard]] bool skip_first_steps();
  [[nodiscard]] std::optional<Point> meeting(bool on_forward) const;
  [[nodiscard]] std::optional<Cut> end_of_long_run(std::int64_t steps) const;
  [[nodiscard]] Cut furthest() const;
  [[nodiscard]] bool is_long_run(Point from) const;
  [[nodiscard]] bool is_inside(const Point& point) const {
    return point.before >= area_.before_begin && point.before <= area_.before_end &&
           point.after >= area_.after_begin && point.after <= area_.after_end;
  }

  /// From corner to corner of the whole; the sums of both walks count from there.
  [[nodiscard]] std::int64_t way() const {
    return std::int64_t{tokens_.before_size()} + tokens_.after_size();
  }
  /// Places and diagonals of the backward walk count from the end.
  [[nodiscard]] std::int32_t turned(std::int32_t diagonal) const {
    return middle_distance_ - diagonal;
  }
  [[nodiscard]] Point forward_at(std::int32_t diagonal) const {
    const std::int32_t before = forward_.reached(diagonal);
    return {before, before - diagonal};
  }
  [[nodiscard]] Point backward_at(std::int32_t diagonal) const {
    const std::int32_t before = tokens_.before_size() - backward_.reached(turned(diagonal));
    return {before, before - diagonal};
  }

  const FacingTokens& tokens_;
  std::int64_t max_steps_;
  std::int32_t middle_distance_;  ///< From a diagonal to the same one as counted from the end.
  SearchBox area_;
  SearchBox area_from_end_;
  MyersWalk forward_;
  MyersWalk backward_;
};

/// The highest diagonal on which the walks have met, where one of them stands, or nothing. REQUIRES
/// that the last steps of both have diagonals in common.
std::optional<Point> MyersSearch::meeting(bool on_forward) const {
  const std::int32_t low = std::max(forward_.low(), turned(backward_.high()));
  const std::int32_t high = std::min(forward_.high(), turned(backward_.low()));
  if (high < low) return std::nullopt;
  const std::int32_t* const ahead = forward_.reached_from(low);
  const std::int32_t* const facing = backward_.reached_from(turned(low));
  const std::int32_t count = (high - low) / 2 + 1;
  if (!any_meets(ahead, facing, count, tokens_.before_size())) return std::nullopt;
  for (std::int32_t i = count; i-- > 0;) {
    if (ahead[i] < tokens_.before_size() - facing[-i]) continue;
    // A step off the edge of the region is no meeting; a better path stays inside.
    const Point point = on_forward ? forward_at(low + 2 * i) : backward_at(low + 2 * i);
    if (is_inside(point)) return point;
  }
  return std::nullopt;
}

bool MyersSearch::is_long_run(Point from) const {
  const std::uint32_t* const before = tokens_.before() + from.before;
  const std::uint32_t* const after = tokens_.after() + from.after;
  return std::equal(before, before + kLongRun, after);
}

/// The best end of a long run of equal lines, of those that either search has reached: far from
/// its corner, near its middle diagonal.
std::optional<Cut> MyersSearch::end_of_long_run(std::int64_t steps) const {
  std::optional<Point> best;
  std::int64_t best_gain = kGain * steps;
  for (std::int32_t d = forward_.high(); d >= forward_.low(); d -= 2) {
    const Point point = forward_at(d);
    const std::int64_t gain = std::int64_t{point.before - area_.before_begin} +
                              (point.after - area_.after_begin) - std::abs(d - forward_.middle());
    const bool has_room =
        point.before >= area_.before_begin + kLongRun && point.before < area_.before_end &&
        point.after >= area_.after_begin + kLongRun && point.after < area_.after_end;
    if (gain <= best_gain || !has_room) continue;
    if (!is_long_run({point.before - kLongRun, point.after - kLongRun})) continue;
    best_gain = gain;
    best = point;
  }
  if (best) return Cut{.point = *best, .bounded_below = true, .steps = steps};
  for (std::int32_t d = turned(backward_.low()); d >= turned(backward_.high()); d -= 2) {
    const Point point = backward_at(d);
    const std::int64_t gain = std::int64_t{area_.before_end - point.before} +
                              (area_.after_end - point.after) -
                              std::abs(d - turned(backward_.middle()));
    const bool has_room =
        point.before > area_.before_begin && point.before + kLongRun <= area_.before_end &&
        point.after > area_.after_begin && point.after + kLongRun <= area_.after_end;
    if (gain <= best_gain || !has_room || !is_long_run(point)) continue;
    best_gain = gain;
    best = point;
  }
  if (best) return Cut{.point = *best, .bounded_above = true, .steps = steps};
  return std::nullopt;
}

/// Of all points reached, the one that leaves the least to the other half.
Cut MyersSearch::furthest() const {
  Point from_top{area_.before_begin, area_.after_begin};
  std::int64_t top_gain = -1;
  for (std::int32_t d = forward_.high(); d >= forward_.low(); d -= 2) {
    const Point reached = forward_at(d);
    const std::int32_t past_end =
        std::max({reached.before - area_.before_end, reached.after - area_.after_end, 0});
    const std::int32_t before = reached.before - past_end;
    const std::int64_t gain =
        std::int64_t{before - area_.before_begin} + (before - d - area_.after_begin);
    if (gain <= top_gain) continue;
    top_gain = gain;
    from_top = {before, before - d};
  }
  Point from_bottom{area_.before_end, area_.after_end};
  std::int64_t bottom_gain = -1;
  for (std::int32_t d = turned(backward_.low()); d >= turned(backward_.high()); d -= 2) {
    const Point reached = backward_at(d);
    const std::int32_t past_begin =
        std::max({area_.before_begin - reached.before, area_.after_begin - reached.after, 0});
    const std::int32_t before = reached.before + past_begin;
    const std::int64_t gain =
        std::int64_t{area_.before_end - before} + (area_.after_end - (before - d));
    if (gain <= bottom_gain) continue;
    bottom_gain = gain;
    from_bottom = {before, before - d};
  }
  if (bottom_gain < top_gain)
    return {.point = from_top, .bounded_below = true, .steps = max_steps_};
  return {.point = from_bottom, .bounded_above = true, .steps = max_steps_};
}

/// Takes both walks to where they stand after kMinSteps if one of them was there before and they
/// cannot have met on the way: on no diagonal have they while all that both have come is less than
/// the way between the corners. Else both stand in their corners.
bool MyersSearch::skip_first_steps() {
  if (!forward_.has_kept() && !backward_.has_kept()) return false;
  const std::int32_t lines = std::max(forward_.kept_lines(), backward_.kept_lines());
  // Where one walk is slow, most likely the other is. From a table no walk goes on.
  const bool by_table = kHasTables && lines <= kSlowLines && max_steps_ == kMinSteps;
  for (MyersWalk* const walk : {&forward_, &backward_}) {
    if (walk->has_kept() || (by_table && walk->keep_by_table(2 * lines))) {
      walk->take_kept();
    } else {
      for (std::int64_t step = 0; step < kMinSteps; ++step) walk->step();
      walk->keep();
    }
  }
  if (forward_.furthest_sum() + backward_.furthest_sum() < way()) return true;
  forward_.start(area_);
  backward_.start(area_from_end_);
  return false;
}

Cut MyersSearch::split(const Region& region, bool bounded) {
  area_ = tokens_.from_begin(region);
  area_from_end_ = tokens_.from_end(region);
  forward_.start(area_);
  backward_.start(area_from_end_);
  const bool odd = ((forward_.middle() - turned(backward_.middle())) & 1) != 0;
  std::int64_t step = bounded && skip_first_steps() ? kMinSteps : 0;
  while (!bounded || step < max_steps_) {
    ++step;
    forward_.step();
    if (odd) {
      if (const auto point = meeting(true)) return {.point = *point, .steps = step};
    }
    backward_.step();
    if (!odd) {
      if (const auto point = meeting(false)) return {.point = *point, .steps = step};
    }
    if (!bounded) continue;
    if (step == kMinSteps) {
      forward_.keep();
      backward_.keep();
    }
    if (step > kMinSteps && (forward_.saw_long_run() || backward_.saw_long_run())) {
      if (const auto cut = end_of_long_run(step)) return *cut;
    }
  }
  return furthest();
}

std::int64_t most_steps(const Region& region, MyersBound bound) {
  const std::int64_t diagonals =
      static_cast<std::int64_t>(region.before_size()) + region.after_size() + 3;
  const std::int64_t steps = std::max(rough_root(diagonals), kMinSteps);
  return bound == MyersBound::steps ? std::min(steps, kMaxSteps) : steps;
}

/// Whether tables of `region` cost less than walks past so many lines that differ.
bool is_dense(const Region& region, std::int64_t most_differing) {
  constexpr std::int64_t kWordsPerLine = 8;
  constexpr std::int64_t kMostWords = 16'384;
  const std::int64_t words = region.before_size() * (std::int64_t{region.after_size()} / 64 + 1);
  return kHasTables && words <= std::min(kMostWords, kWordsPerLine * most_differing);
}

/// Whether nothing in `region` is equal, so that no search is needed. Only few lines are looked at:
/// of many some are.
bool shares_nothing(const FacingTokens& tokens, const Region& region) {
  constexpr std::uint64_t kFewPairs = 4096;
  if (std::uint64_t{region.before_size()} * region.after_size() > kFewPairs) return false;
  return !share_a_token({tokens.before() + region.before_begin, region.before_size()},
                        {tokens.after() + region.after_begin, region.after_size()});
}

}  // namespace

void diff_myers(DiffProblem& problem, Region region, MyersBound bound) {
  struct Part {
    Region region;
    bool bounded = false;
    std::int64_t most_differing = 0;  ///< Lines, unless bounded; 0: not known.
  };
  const std::int64_t max_steps = most_steps(region, bound);
  problem.trim(region);
  const FacingTokens tokens(problem, region);
  MyersSearch search(tokens, max_steps);
  TablesMemory tables;
  std::vector<Part> open{{region, bound != MyersBound::none}};
  while (!open.empty()) {
    Part part = open.back();
    open.pop_back();
    Region& next = part.region;
    problem.trim(next);
    const Region local{next.before_begin - region.before_begin,
                       next.before_end - region.before_begin, next.after_begin - region.after_begin,
                       next.after_end - region.after_begin};
    if (local.before_size() == 0 || local.after_size() == 0 || shares_nothing(tokens, local)) {
      problem.mark_before(next.before_begin, next.before_end);
      problem.mark_after(next.after_begin, next.after_end);
      continue;
    }
    if (!part.bounded && is_dense(local, part.most_differing)) {
      for (const Region& found : solve_by_tables(tokens.in_tables(local), tables)) {
        problem.mark_before(next.before_begin + found.before_begin,
                            next.before_begin + found.before_end);
        problem.mark_after(next.after_begin + found.after_begin,
                           next.after_begin + found.after_end);
      }
      continue;
    }
    const Cut cut = search.split(local, part.bounded);
    const std::uint32_t before = region.before_begin + static_cast<std::uint32_t>(cut.point.before);
    const std::uint32_t after = region.after_begin + static_cast<std::uint32_t>(cut.point.after);
    open.push_back(
        {{next.before_begin, before, next.after_begin, after}, cut.bounded_above, cut.steps});
    open.push_back(
        {{before, next.before_end, after, next.after_end}, cut.bounded_below, cut.steps});
  }
}

}  // namespace firn
