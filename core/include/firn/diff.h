#pragma once

#include <cstdint>
#include <vector>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/line_range.h"
#include "firn/snapshot.h"

namespace firn {

/// How two texts are compared, line by line, terminators included.
enum class DiffAlgorithm : std::uint8_t {
  /// Splits at the longest run of the rarest lines, as JGit and `git diff --histogram` do; what has
  /// no rare line goes to `myers`. Reads best for code.
  histogram,
  /// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), linear space, with a
  /// bound on the search for each middle: never much larger than minimal, and never slow.
  myers,
  /// The same without the bound: as few changed lines as there can be, O(ND) time.
  minimal,
};

/// Where an insertion or deletion goes when equal lines around it leave a choice.
enum class Slide : std::uint8_t {
  none,    ///< Where the algorithm has put it.
  down,    ///< As far down as it can, as in git's own merges.
  indent,  ///< Where people expect it: git's indent heuristic (M. Haggerty,
           ///< https://github.com/mhagger/diff-slider-tools).
};

struct DiffOptions {
  DiffAlgorithm algorithm = DiffAlgorithm::histogram;
  Slide slide = Slide::indent;
};

/// `before` becomes `after`; either may be empty, not both.
struct DiffHunk {
  LineRange before;
  LineRange after;

  friend bool operator==(const DiffHunk&, const DiffHunk&) = default;
};

/// The lines in which two texts differ, ascending, with at least one equal line between hunks.
/// Errors: limit_exceeded for texts of 2^31 lines or more, or without memory. O(n) where they agree
/// at the ends, O(n + nd) expected for d differing lines. The search for a split is bounded by a
/// constant, but for `minimal`: some thousand steps a line at worst, for long texts of few
/// different lines.
[[nodiscard]] Result<std::vector<DiffHunk>> diff_lines(const Snapshot& before,
                                                       const Snapshot& after,
                                                       const DiffOptions& options = {});

/// The same as a batch that turns `before` into exactly `after`: one patch a hunk, each with what
/// it expects, bound to the fingerprint and line count of `before`.
[[nodiscard]] Result<Batch> diff(const Snapshot& before, const Snapshot& after,
                                 const DiffOptions& options = {});

}  // namespace firn
