#pragma once

#include <cstdint>
#include <optional>

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

  struct Found {
    std::int64_t line = 0;
    std::uint64_t fuzz = 0;
    std::optional<std::int64_t> tied_line{};  ///< The other place, when there are two.
  };
  [[nodiscard]] std::optional<Found> find(const HunkPattern& pattern);

  /// True once a search was given up.
  [[nodiscard]] bool gave_up() const noexcept { return places_left_ == 0; }

  /// The hunk lies at `line`: the next one is looked for below its last change, and as far from
  /// where it says as this one was.
  void accept(const HunkPattern& pattern, std::int64_t line);

  /// True when what the hunk would write is where it would be written.
  [[nodiscard]] bool is_applied(const HunkPattern& reversed, std::int64_t line) const;

  [[nodiscard]] std::int64_t guess(const HunkPattern& pattern) const {
    return static_cast<std::int64_t>(pattern.line()) + offset_;
  }

 private:
  /// The lines of a pattern that are compared, 0-based, half-open.
  struct Part {
    std::int64_t begin = 0;
    std::int64_t end = 0;
  };
  [[nodiscard]] std::optional<Found> find_with_fuzz(const HunkPattern& pattern, std::uint64_t fuzz);
  [[nodiscard]] std::optional<Found> find_nearest(const HunkPattern& pattern, Part part);
  [[nodiscard]] bool matches(const HunkPattern& pattern, std::int64_t line, Part part) const;

  const Snapshot& snapshot_;
  const PlaceOptions& options_;
  LineMatcher matcher_;
  std::optional<PlaceIndex> index_;  ///< Made when a hunk is not where it is looked for first.
  std::int64_t line_count_;
  std::int64_t offset_ = 0;       ///< Carried over from the hunk before.
  std::int64_t frozen_line_ = 0;  ///< The last line that a hunk has changed.
  std::uint64_t places_left_ = kMaxPlaces;
};

}  // namespace firn
