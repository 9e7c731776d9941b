#include "common_runs.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "shared_lines.h"
#include "xxh3.h"

namespace firn {

namespace {

/// A run that is shorter is no reason to take what is on both sides of it apart.
constexpr std::uint64_t kLongCommonRun = 32;
/// Of each text, at first.
constexpr std::size_t kWindowLines = 8;
/// How many lines may be looked at for each line of the texts.
constexpr std::uint64_t kEffort = 4;

/// A line of each text, or one behind the last.
struct Place {
  std::uint64_t before = 1;
  std::uint64_t after = 1;
};

/// The hashes of the next lines of a text, as far as they were asked for. None is made twice.
class Window {
 public:
  Window(const Snapshot& text, LineRange lines)
      : text_(text), last_(lines.to), line_(lines.from), next_(lines.from) {}

  /// REQUIRES that `line` never falls.
  void begin_at(std::uint64_t line) {
    begin_ += std::min(line, next_) - line_;
    next_ = std::max(line, next_);
    line_ = line;
    if (begin_ < hashes_.size() / 2) return;
    hashes_.erase(hashes_.begin(), hashes_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  /// As many as there are, up to `line_count`.
  [[nodiscard]] std::span<const std::uint64_t> lines(std::size_t line_count) {
    const LineIndex& index = text_.line_index();
    const char* const bytes = text_.bytes().data();
    for (; next_ < line_ + line_count && next_ <= last_; ++next_) {
      const std::uint64_t begin = index.begin_of(next_ - 1);
      hashes_.push_back(XXH3_64bits(bytes + begin, index.begin_of(next_) - begin));
    }
    const auto hashes = std::span(hashes_).subspan(begin_);
    return hashes.first(std::min(hashes.size(), line_count));
  }

 private:
  const Snapshot& text_;
  std::uint64_t last_;
  std::uint64_t line_;     ///< Where the window begins.
  std::uint64_t next_;     ///< To be hashed.
  std::size_t begin_ = 0;  ///< Of the hashes; those in front are of lines passed.
  std::vector<std::uint64_t> hashes_;
};

/// Finds lines that stand just once in each of two windows. What large windows cost is the memory
/// that is touched: a table holds the lines of one of them, 4 bytes each:
///
///     slot    tag | line + 1    the line in as many bits as a slot's number has; 0: free
class UniqueLines {
 public:
  /// The nearest such pair, counted from the beginnings of the windows.
  std::optional<Place> nearest(std::span<const std::uint64_t> before,
                               std::span<const std::uint64_t> after) {
    slots_.assign(std::bit_ceil(2 * before.size() + 1), 0);
    mask_ = slots_.size() - 1;
    partners_.assign(before.size(), 0);
    for (std::size_t i = 0; i < before.size(); ++i) {
      std::uint32_t& slot = slot_of(before, before[i]);
      if (slot != 0) {
        partners_[line_in(slot)] = kMany;
      } else {
        slot = tag_of(before[i]) | static_cast<std::uint32_t>(i + 1);
      }
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      const std::uint32_t slot = slot_of(before, after[i]);
      if (slot == 0) continue;
      std::uint32_t& partner = partners_[line_in(slot)];
      partner = partner == 0 ? static_cast<std::uint32_t>(i + 1) : kMany;
    }
    std::optional<Place> best;
    for (std::size_t i = 0; i < before.size() && (!best || i < best->before + best->after); ++i) {
      if (partners_[i] == 0 || partners_[i] == kMany) continue;
      const Place place{i, partners_[i] - 1U};
      if (!best || place.before + place.after < best->before + best->after) best = place;
    }
    return best;
  }

 private:
  static constexpr std::uint32_t kMany = 0xFFFFFFFF;

  [[nodiscard]] std::uint32_t tag_of(std::uint64_t hash) const {
    return static_cast<std::uint32_t>(hash >> 32U) & ~static_cast<std::uint32_t>(mask_);
  }
  /// REQUIRES a slot that is not free.
  [[nodiscard]] std::size_t line_in(std::uint32_t slot) const {
    return (slot & static_cast<std::uint32_t>(mask_)) - 1;
  }
  std::uint32_t& slot_of(std::span<const std::uint64_t> before, std::uint64_t hash) {
    const std::uint32_t tag = tag_of(hash);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      std::uint32_t& slot = slots_[at];
      if (slot == 0) return slot;
      if ((slot & ~static_cast<std::uint32_t>(mask_)) == tag && before[line_in(slot)] == hash) {
        return slot;
      }
    }
  }

  std::vector<std::uint32_t> slots_;
  std::size_t mask_ = 0;
  std::vector<std::uint32_t> partners_;  ///< Of the lines of the first, in the second, from 1.
};

class CommonRuns {
 public:
  CommonRuns(const Snapshot& before, const Snapshot& after)
      : before_(before),
        after_(after),
        middle_(differing_middle(before, after)),
        before_window_(before, middle_.before),
        after_window_(after, middle_.after),
        effort_left_(kEffort * (before.line_count() + after.line_count()) + 1024) {}

  std::vector<DiffHunk> stretches();

 private:
  [[nodiscard]] std::optional<Place> next_meeting(Place from);
  [[nodiscard]] bool equal_above(Place place) const {
    return before_.lines(place.before - 1, place.before - 1) ==
           after_.lines(place.after - 1, place.after - 1);
  }

  const Snapshot& before_;
  const Snapshot& after_;
  DiffHunk middle_;
  Window before_window_;
  Window after_window_;
  UniqueLines unique_lines_;
  std::uint64_t effort_left_;
};

/// Where both may go along together again; nothing where no line says so, or with no effort left.
std::optional<Place> CommonRuns::next_meeting(Place from) {
  if (from.before > middle_.before.to || from.after > middle_.after.to) return std::nullopt;
  before_window_.begin_at(from.before);
  after_window_.begin_at(from.after);
  std::size_t seen = 0;
  for (std::size_t line_count = kWindowLines;; line_count *= 2) {
    const auto before = before_window_.lines(line_count);
    const auto after = after_window_.lines(line_count);
    const std::size_t here = before.size() + after.size();
    if (here == seen || here > effort_left_) return std::nullopt;
    effort_left_ -= here;
    seen = here;
    if (const auto near = unique_lines_.nearest(before, after)) {
      return Place{from.before + near->before, from.after + near->after};
    }
  }
}

std::vector<DiffHunk> CommonRuns::stretches() {
  std::vector<DiffHunk> stretches;
  Place begin{middle_.before.from, middle_.after.from};
  const auto add = [&](Place end) {
    if (begin.before == end.before && begin.after == end.after) return;
    stretches.push_back({.before = {.from = begin.before, .to = end.before - 1},
                         .after = {.from = begin.after, .to = end.after - 1}});
  };
  for (Place at = begin;;) {
    const auto meeting = next_meeting(at);
    if (!meeting) break;
    Place run = *meeting;
    const std::uint64_t below = shared_lines_from(before_, run.before, middle_.before.to, after_,
                                                  run.after, middle_.after.to);
    if (below == 0) break;  // Equal hashes of lines that are not.
    const Place run_end{run.before + below, run.after + below};
    while (run.before > at.before && run.after > at.after && equal_above(run)) {
      --run.before;
      --run.after;
    }
    if (run_end.before - run.before >= kLongCommonRun) {
      add(run);
      begin = run_end;
    }
    at = run_end;
  }
  add({middle_.before.to + 1, middle_.after.to + 1});
  return stretches;
}

}  // namespace

std::vector<DiffHunk> stretches_between_common_runs(const Snapshot& before, const Snapshot& after) {
  return CommonRuns(before, after).stretches();
}

}  // namespace firn
