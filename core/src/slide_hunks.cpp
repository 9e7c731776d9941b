// The indent heuristic of `git diff` by Michael Haggerty and Stefan Beller: its
// weights were fitted to a corpus of hand-rated diffs
// (https://github.com/mhagger/diff-slider-tools), so they are facts, not taste.

#include "slide_hunks.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace firn {

namespace {

constexpr int kMaxIndent = 200;
constexpr int kMaxBlanks = 20;
constexpr std::uint64_t kMaxSlide = 100;

/// Columns before the first character that is no white space, tabs to 8; -1 for a blank line.
int indent_of(std::string_view line) {
  int columns = 0;
  for (const char byte : line) {
    if (byte == ' ') {
      ++columns;
    } else if (byte == '\t') {
      columns += 8 - columns % 8;
    } else if (byte != '\n' && byte != '\r' && byte != '\v' && byte != '\f') {
      return columns;
    }
    if (columns >= kMaxIndent) return kMaxIndent;
  }
  return -1;
}

/// What surrounds a split of the text between two lines.
struct SplitMeasurement {
  bool at_end = false;
  int indent = -1;  ///< Of the line below the split.
  int blanks_above = 0;
  int indent_above = -1;  ///< Of the nearest line above that is not blank.
  int blanks_below = 0;
  int indent_below = -1;
};

SplitMeasurement measure_split(const Snapshot& text, std::uint64_t line) {
  SplitMeasurement split;
  split.at_end = line > text.line_count();
  if (!split.at_end) split.indent = indent_of(text.lines(line, line));
  for (std::uint64_t above = line; above-- > 1;) {
    split.indent_above = indent_of(text.lines(above, above));
    if (split.indent_above != -1) break;
    if (++split.blanks_above == kMaxBlanks) {
      split.indent_above = 0;
      break;
    }
  }
  for (std::uint64_t below = line + 1; below <= text.line_count(); ++below) {
    split.indent_below = indent_of(text.lines(below, below));
    if (split.indent_below != -1) break;
    if (++split.blanks_below == kMaxBlanks) {
      split.indent_below = 0;
      break;
    }
  }
  return split;
}

struct Score {
  int indent = 0;
  int penalty = 0;

  /// Less is better; indents weigh most, as far as they can be compared.
  friend bool operator<=(const Score& a, const Score& b) {
    const int indent_order = a.indent == b.indent ? 0 : a.indent < b.indent ? -1 : 1;
    return 60 * indent_order + (a.penalty - b.penalty) <= 0;
  }
};

void add_split(const SplitMeasurement& split, Score& score) {
  if (split.indent_above == -1 && split.blanks_above == 0) score.penalty += 1;  // Start of file.
  if (split.at_end) score.penalty += 21;
  const int blanks_below = split.indent == -1 ? 1 + split.blanks_below : 0;
  const int blanks = split.blanks_above + blanks_below;
  score.penalty += -30 * blanks + 6 * blanks_below;

  const int indent = split.indent != -1 ? split.indent : split.indent_below;
  const bool any_blanks = blanks != 0;
  score.indent += indent;
  if (indent == -1 || split.indent_above == -1) return;
  if (indent > split.indent_above) {
    score.penalty += any_blanks ? 10 : -4;
  } else if (indent < split.indent_above) {
    const bool closes_a_block = split.indent_below != -1 && split.indent_below > indent;
    if (closes_a_block) {
      score.penalty += any_blanks ? 17 : 24;
    } else {
      score.penalty += any_blanks ? 17 : 23;
    }
  }
}

/// An insertion or deletion being slid between its neighbours.
class HunkSlider {
 public:
  /// REQUIRES `hunk` to be pure. `room_above`, `room_below`: equal lines to its neighbours.
  HunkSlider(const Snapshot& before, const Snapshot& after, DiffHunk& hunk,
             std::uint64_t room_above, std::uint64_t room_below)
      : text_(hunk.after.line_count() == 0 ? before : after),
        hunk_(hunk),
        range_(hunk.after.line_count() == 0 ? hunk.before : hunk.after),
        room_above_(room_above),
        room_below_(room_below) {}

  /// Goes as far as equal lines, the neighbours and `limit` let it; returns how far that was.
  std::uint64_t go_up(std::uint64_t limit) {
    std::uint64_t moved = 0;
    while (moved < limit && room_above_ > 0 && lines_equal(range_.from - 1, range_.to)) {
      move_by(-1);
      ++moved;
    }
    return moved;
  }
  std::uint64_t go_down(std::uint64_t limit) {
    std::uint64_t moved = 0;
    while (moved < limit && room_below_ > 0 && lines_equal(range_.from, range_.to + 1)) {
      move_by(1);
      ++moved;
    }
    return moved;
  }

  [[nodiscard]] bool touches_above() const { return room_above_ == 0; }
  [[nodiscard]] bool touches_below() const { return room_below_ == 0; }

  /// From the lowest place it can have, up to the best. Of equals the lowest wins.
  void settle() {
    const std::uint64_t furthest = std::min(range_.line_count() + 1, kMaxSlide);
    Score best = score();
    std::uint64_t best_up = 0;
    std::uint64_t up = 0;
    while (up < furthest && go_up(1) == 1) {
      ++up;
      const Score here = score();
      if (best <= here) continue;
      best = here;
      best_up = up;
    }
    go_down(up - best_up);
  }

 private:
  [[nodiscard]] bool lines_equal(std::uint64_t a, std::uint64_t b) const {
    return text_.lines(a, a) == text_.lines(b, b);
  }
  void move_by(std::int64_t lines) {
    const auto delta = static_cast<std::uint64_t>(lines);
    for (LineRange* range : {&hunk_.before, &hunk_.after}) {
      range->from += delta;
      range->to += delta;
    }
    room_above_ += delta;
    room_below_ -= delta;
  }
  [[nodiscard]] Score score() const {
    Score score;
    add_split(measure_split(text_, range_.from), score);
    add_split(measure_split(text_, range_.to + 1), score);
    return score;
  }

  const Snapshot& text_;
  DiffHunk& hunk_;
  LineRange& range_;  ///< The side of the hunk that has lines.
  std::uint64_t room_above_;
  std::uint64_t room_below_;
};

bool is_pure(const DiffHunk& hunk) {
  return hunk.before.line_count() == 0 || hunk.after.line_count() == 0;
}

DiffHunk joined(const DiffHunk& above, const DiffHunk& below) {
  return {.before = {.from = above.before.from, .to = below.before.to},
          .after = {.from = above.after.from, .to = below.after.to}};
}

}  // namespace

void slide_hunks(const Snapshot& before, const Snapshot& after, Slide slide,
                 std::vector<DiffHunk>& hunks) {
  std::size_t done = 0;  // Hunks in front of it have their place.
  for (std::size_t next = 0; next < hunks.size();) {
    DiffHunk hunk = hunks[next++];
    while (is_pure(hunk)) {
      const std::uint64_t above = done == 0 ? 0 : hunks[done - 1].before.to;
      const std::uint64_t below =
          next == hunks.size() ? before.line_count() + 1 : hunks[next].before.from;
      HunkSlider slider(before, after, hunk, hunk.before.from - 1 - above,
                        below - 1 - hunk.before.to);
      slider.go_up(kMaxSlide);
      if (done > 0 && slider.touches_above()) {
        hunk = joined(hunks[--done], hunk);
        continue;
      }
      slider.go_down(2 * kMaxSlide);
      if (next < hunks.size() && slider.touches_below()) {
        hunk = joined(hunk, hunks[next++]);
        continue;
      }
      if (slide == Slide::indent) slider.settle();
      break;
    }
    hunks[done++] = hunk;
  }
  hunks.resize(done);
}

}  // namespace firn
