#pragma once

#include <vector>

#include "firn/diff.h"
#include "firn/snapshot.h"

namespace firn {

/// Moves each insertion and deletion, where equal lines around it leave a choice. Hunks that come
/// to touch become one. REQUIRES slide != Slide::none. O(lines slid over), at most some hundred
/// lines for each hunk.
void slide_hunks(const Snapshot& before, const Snapshot& after, Slide slide,
                 std::vector<DiffHunk>& hunks);

}  // namespace firn
