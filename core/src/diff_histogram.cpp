// Histogram diff, after JGit's HistogramDiff (S. Pearce, 2010): split a region
// at the longest run of equal lines among those whose rarest line is rarest,
// and solve the two sides.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "changed_lines.h"

namespace firn {

namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// A line that occurs more often than this in a region anchors nothing there.
constexpr std::uint32_t kMaxOccurrences = 64;

/// Where each token stands in one side of a region: a chain of places for each,
/// ascending.
class Occurrences {
 public:
  Occurrences(std::uint32_t token_count, std::size_t size)
      : first_(token_count, kNone), count_(token_count, 0), next_(size, kNone) {}

  void index(std::span<const std::uint32_t> tokens, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = end; i-- > begin;) {
      const std::uint32_t token = tokens[i];
      next_[i] = first_[token];
      first_[token] = i;
      ++count_[token];
    }
  }

  /// Forgets a region; cheaper than clearing all tokens.
  void clear(std::span<const std::uint32_t> tokens, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end; ++i) {
      first_[tokens[i]] = kNone;
      count_[tokens[i]] = 0;
    }
  }

  [[nodiscard]] std::uint32_t first(std::uint32_t token) const { return first_[token]; }
  [[nodiscard]] std::uint32_t next(std::uint32_t place) const { return next_[place]; }
  [[nodiscard]] std::uint32_t count(std::uint32_t token) const { return count_[token]; }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> count_;
  std::vector<std::uint32_t> next_;
};

class HistogramDiff {
 public:
  explicit HistogramDiff(DiffProblem& problem)
      : problem_(problem),
        before_(problem.before.tokens()),
        after_(problem.after.tokens()),
        occurrences_(problem.token_count, before_.size()),
        // Each level of splitting reads its region once; real texts need a few
        // levels. A text made to need thousands gets Myers, which is bounded by
        // itself.
        effort_left_(64 * static_cast<std::uint64_t>(before_.size() + after_.size()) + 4096) {}

  void run();

 private:
  struct Anchor {
    Region run;                                  ///< Equal lines on both sides.
    std::uint32_t rarest = kMaxOccurrences + 1;  ///< Occurrences of its rarest line.
    bool any_common = false;                     ///< There were common lines, rare or not.
  };

  Anchor find_anchor(const Region& region);
  std::uint32_t try_anchor(const Region& region, std::uint32_t after, Anchor& best);
  void solve(const Region& region);

  DiffProblem& problem_;
  std::span<const std::uint32_t> before_;
  std::span<const std::uint32_t> after_;
  Occurrences occurrences_;
  std::uint64_t effort_left_;
  std::vector<Region> open_;
};

/// Grows every place of `after`'s line in the region to a run; keeps the best
/// in `best`. Returns where to go on: behind the longest run met, which has
/// been looked at as a whole.
std::uint32_t HistogramDiff::try_anchor(const Region& region, std::uint32_t after, Anchor& best) {
  std::uint32_t go_on = after + 1;
  std::uint32_t place = occurrences_.first(after_[after]);
  while (place != kNone) {
    Region run{place, place + 1, after, after + 1};
    std::uint32_t rarest = occurrences_.count(after_[after]);
    while (run.before_begin > region.before_begin && run.after_begin > region.after_begin &&
           before_[run.before_begin - 1] == after_[run.after_begin - 1]) {
      --run.before_begin;
      --run.after_begin;
      rarest = std::min(rarest, occurrences_.count(before_[run.before_begin]));
    }
    while (run.before_end < region.before_end && run.after_end < region.after_end &&
           before_[run.before_end] == after_[run.after_end]) {
      rarest = std::min(rarest, occurrences_.count(before_[run.before_end]));
      ++run.before_end;
      ++run.after_end;
    }
    effort_left_ -= std::min<std::uint64_t>(effort_left_, run.before_size());
    go_on = std::max(go_on, run.after_end);
    if (run.before_size() > best.run.before_size() || rarest < best.rarest) {
      best.run = run;
      best.rarest = rarest;
    }
    // Places inside this run would only find it again.
    do {
      place = occurrences_.next(place);
    } while (place != kNone && place < run.before_end);
  }
  return go_on;
}

HistogramDiff::Anchor HistogramDiff::find_anchor(const Region& region) {
  Anchor best;
  occurrences_.index(before_, region.before_begin, region.before_end);
  for (std::uint32_t after = region.after_begin; after < region.after_end;) {
    const std::uint32_t count = occurrences_.count(after_[after]);
    best.any_common |= count > 0;
    if (count == 0 || count > std::min(best.rarest, kMaxOccurrences)) {
      ++after;
    } else {
      after = try_anchor(region, after, best);
    }
  }
  occurrences_.clear(before_, region.before_begin, region.before_end);
  const std::uint64_t cost = region.before_size() + region.after_size();
  effort_left_ -= std::min(effort_left_, cost);
  return best;
}

void HistogramDiff::solve(const Region& region) {
  if (effort_left_ == 0) return diff_myers(problem_, region, MyersBound::steps);
  const Anchor anchor = find_anchor(region);
  if (anchor.run.before_size() > 0) {
    open_.push_back(
        {region.before_begin, anchor.run.before_begin, region.after_begin, anchor.run.after_begin});
    open_.push_back(
        {anchor.run.before_end, region.before_end, anchor.run.after_end, region.after_end});
  } else if (anchor.any_common) {
    diff_myers(problem_, region, MyersBound::steps);
  } else {
    problem_.mark_before(region.before_begin, region.before_end);
    problem_.mark_after(region.after_begin, region.after_end);
  }
}

void HistogramDiff::run() {
  open_.push_back({0, static_cast<std::uint32_t>(before_.size()), 0,
                   static_cast<std::uint32_t>(after_.size())});
  while (!open_.empty()) {
    Region region = open_.back();
    open_.pop_back();
    problem_.trim(region);
    if (region.before_size() == 0 || region.after_size() == 0) {
      problem_.mark_before(region.before_begin, region.before_end);
      problem_.mark_after(region.after_begin, region.after_end);
    } else {
      solve(region);
    }
  }
}

}  // namespace

void diff_histogram(DiffProblem& problem) { HistogramDiff(problem).run(); }

}  // namespace firn
