#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "firn/place.h"
#include "firn/snapshot.h"
#include "hunk_pattern.h"
#include "place_index.h"

namespace firn {

/// Looks for one hunk after another, downwards, as GNU patch's locate_hunk does. Lines are 1-based
/// and signed, since guesses may lie outside the file.
class HunkSearch {
 public:
  /// Past this many places looked at, over all hunks, no further one is: diffs can be made whose
  /// hunks are nearly, but not quite, everywhere. A second's work, far above any honest diff's.
  static constexpr std::uint64_t kMaxPlaces = 100'000'000;

  HunkSearch(const Snapshot& snapshot, const PlaceOptions& options);

  /// The lines of a pattern that are compared, 0-based, half-open.
  struct Part {
    std::int64_t begin = 0;
    std::int64_t end = 0;
  };
  struct Found {
    std::int64_t line = 0;
    std::uint64_t fuzz = 0;
    Part part{};
    std::optional<std::int64_t> tied_line{};  ///< The other place, when there are two.
  };
  [[nodiscard]] std::optional<Found> find(const HunkPattern& pattern);

  /// True once a search was given up.
  [[nodiscard]] bool gave_up() const noexcept { return places_left_ == 0; }

  /// Where what the hunk would write is already: where it would be written, where the hunk says it
  /// then is, or, when there are lines to be told by, where a search finds it. `reversed` is the
  /// same hunk the other way round.
  [[nodiscard]] std::optional<std::int64_t> find_applied(const HunkPattern& pattern,
                                                         const HunkPattern& reversed);

  /// The hunk lies at `line`: the next one is looked for below its last change, and as far from
  /// where it says as this one was.
  void accept(const HunkPattern& pattern, std::int64_t line);

  /// The same of a hunk whose result lies there: the lines below it have moved already.
  void accept_applied(const HunkPattern& reversed, std::int64_t line);

 private:
  /// The lines of the pattern that is looked for, and for each level of fuzz the rarest of those
  /// that are compared.
  struct Levels {
    PlaceIndex::PatternLines lines;
    std::vector<std::uint64_t> rarest;
  };
  /// Places of a pattern, told by the line of the text on which its rarest line would lie.
  struct Candidates {
    std::span<const PlaceIndex::Line> rarest_lines;  ///< Ascending.
    std::int64_t to_rarest = 0;                      ///< From the line of the place to that one.
  };
  [[nodiscard]] static Part part_at(const HunkPattern& pattern, std::uint64_t fuzz);
  void index(const HunkPattern& pattern);
  [[nodiscard]] Candidates candidates(const HunkPattern& pattern, std::uint64_t fuzz,
                                      std::int64_t min_line, std::int64_t max_line);
  [[nodiscard]] std::int64_t guess(const HunkPattern& pattern) const {
    return static_cast<std::int64_t>(pattern.line()) + offset_;
  }
  [[nodiscard]] std::optional<Found> find_up_to(const HunkPattern& pattern, std::uint64_t max_fuzz);
  [[nodiscard]] std::optional<Found> find_with_fuzz(const HunkPattern& pattern, std::uint64_t fuzz);
  [[nodiscard]] std::optional<Found> find_nearest(const HunkPattern& pattern, std::uint64_t fuzz);
  [[nodiscard]] bool matches(const HunkPattern& pattern, std::int64_t line, Part part) const;
  [[nodiscard]] bool fits(const HunkPattern& pattern, std::int64_t line, std::uint64_t fuzz) const;

  const Snapshot& snapshot_;
  const PlaceOptions& options_;
  LineMatcher matcher_;
  std::optional<PlaceIndex> index_;  ///< Made when a hunk is not where it is looked for first.
  std::uint64_t max_fuzz_ = 0;       ///< Of the pattern that is looked for.
  std::optional<Levels> levels_;     ///< Of that pattern, once the text is searched for it.
  std::int64_t line_count_;
  std::int64_t offset_ = 0;       ///< Of old sides; carried over from the hunk before.
  std::int64_t new_offset_ = 0;   ///< Of new sides, where they are there already.
  std::int64_t frozen_line_ = 0;  ///< The last line that a hunk has changed.
  std::uint64_t places_left_ = kMaxPlaces;
};

}  // namespace firn
