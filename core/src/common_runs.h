#pragma once

#include <vector>

#include "firn/diff.h"
#include "firn/snapshot.h"

namespace firn {

/// A part of two texts that is left to compare.
struct DifferingStretch {
  DiffHunk lines;
  bool shares_nothing = false;  ///< Known to be one hunk.
};

/// The stretches in which two texts differ, ascending, with long runs of equal lines
/// between them: what is left to compare. Outside of them line after line is equal. A stretch may
/// hold many differences, or be empty on one side.
///
/// Where the texts part, the nearest line that both have just once among the next ones says where
/// they may meet again; what they then share is compared at memory speed, and never hashed. So
/// texts that differ little cost little more than reading them. O(bytes), whatever they are: after
/// a fixed effort a line, all that is left is one stretch.
[[nodiscard]] std::vector<DifferingStretch> stretches_between_common_runs(const Snapshot& before,
                                                                          const Snapshot& after);

}  // namespace firn
