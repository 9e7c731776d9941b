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

/// Some lines of a window: their hashes, and where they stand in it; none said: all of them do, one
/// after the other.
struct WindowLines {
  std::span<const std::uint64_t> hashes;
  std::span<const std::uint32_t> places{};

  [[nodiscard]] std::size_t place_of(std::size_t line) const {
    return places.empty() ? line : places[line];
  }
};

/// Takes from a large window most of the lines that another has not: a bit for each hash tells, and
/// no branch that the processor would have to guess.
class HashFilter {
 public:
  explicit HashFilter(std::size_t line_count)
      : words_(std::bit_ceil(line_count) * kBitsPerLine / 64), mask_(words_.size() - 1) {}

  void fill(std::span<const std::uint64_t> hashes) {
    std::ranges::fill(words_, 0);
    for (const std::uint64_t hash : hashes) words_[word_of(hash)] |= bit_of(hash);
  }
  [[nodiscard]] WindowLines passing(std::span<const std::uint64_t> hashes,
                                    std::vector<std::uint64_t>& kept,
                                    std::vector<std::uint32_t>& places) const {
    kept.resize(hashes.size() + 1);
    places.resize(hashes.size() + 1);
    std::size_t count = 0;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      kept[count] = hashes[i];
      places[count] = static_cast<std::uint32_t>(i);
      count += (words_[word_of(hashes[i])] & bit_of(hashes[i])) != 0 ? 1U : 0U;
    }
    return {.hashes = std::span(kept).first(count), .places = std::span(places).first(count)};
  }

 private:
  static constexpr std::size_t kBitsPerLine = 16;

  [[nodiscard]] std::size_t word_of(std::uint64_t hash) const { return (hash >> 32U) & mask_; }
  static std::uint64_t bit_of(std::uint64_t hash) { return std::uint64_t{1} << (hash & 63U); }

  std::vector<std::uint64_t> words_;
  std::size_t mask_;
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
    constexpr std::size_t kLargeWindow = 1024;
    if (before.size() < kLargeWindow) return nearest_of({before}, {after});
    HashFilter filter(before.size());
    filter.fill(before);
    const WindowLines some_after = filter.passing(after, kept_after_, after_places_);
    filter.fill(some_after.hashes);
    return nearest_of(filter.passing(before, kept_before_, before_places_), some_after);
  }
  /// Whether no line of the last two windows stands in both.
  [[nodiscard]] bool shares_nothing() const { return shares_nothing_; }

 private:
  static constexpr std::uint32_t kMany = 0xFFFFFFFF;

  std::optional<Place> nearest_of(const WindowLines& before_lines, const WindowLines& after_lines) {
    const auto before = before_lines.hashes;
    const auto after = after_lines.hashes;
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
    shares_nothing_ = true;
    for (std::size_t i = 0; i < after.size(); ++i) {
      const std::uint32_t slot = slot_of(before, after[i]);
      if (slot == 0) continue;
      shares_nothing_ = false;
      std::uint32_t& partner = partners_[line_in(slot)];
      partner = partner == 0 ? static_cast<std::uint32_t>(i + 1) : kMany;
    }
    std::optional<Place> best;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const std::size_t place = before_lines.place_of(i);
      if (best && place >= best->before + best->after) break;
      if (partners_[i] == 0 || partners_[i] == kMany) continue;
      const Place pair{place, after_lines.place_of(partners_[i] - 1U)};
      if (!best || pair.before + pair.after < best->before + best->after) best = pair;
    }
    return best;
  }

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
  std::vector<std::uint64_t> kept_before_;
  std::vector<std::uint64_t> kept_after_;
  std::vector<std::uint32_t> before_places_;
  std::vector<std::uint32_t> after_places_;
  bool shares_nothing_ = false;
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

  std::vector<DifferingStretch> stretches();

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
  bool rest_shares_nothing_ = false;  ///< From where the last meeting was looked for.
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
    if (here == seen) {
      rest_shares_nothing_ = unique_lines_.shares_nothing();
      return std::nullopt;
    }
    if (here > effort_left_) return std::nullopt;
    effort_left_ -= here;
    seen = here;
    if (const auto near = unique_lines_.nearest(before, after)) {
      return Place{from.before + near->before, from.after + near->after};
    }
  }
}

std::vector<DifferingStretch> CommonRuns::stretches() {
  std::vector<DifferingStretch> stretches;
  Place begin{middle_.before.from, middle_.after.from};
  const auto add = [&](Place end, bool shares_nothing) {
    if (begin.before == end.before && begin.after == end.after) return;
    stretches.push_back({.lines = {.before = {.from = begin.before, .to = end.before - 1},
                                   .after = {.from = begin.after, .to = end.after - 1}},
                         .shares_nothing = shares_nothing});
  };
  Place at = begin;
  while (true) {
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
      add(run, false);
      begin = run_end;
    }
    at = run_end;
  }
  add({middle_.before.to + 1, middle_.after.to + 1},
      at.before == begin.before && rest_shares_nothing_);
  return stretches;
}

}  // namespace

std::vector<DifferingStretch> stretches_between_common_runs(const Snapshot& before,
                                                            const Snapshot& after) {
  return CommonRuns(before, after).stretches();
}

}  // namespace firn
