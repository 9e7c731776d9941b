#pragma once

#include <span>

#include "firn/diff.h"
#include "firn/patched.h"
#include "firn/rebase.h"

namespace firn {

/// rebase() where it is known what leads from the old text to the new: `hunks`, ascending, no two
/// of which touch.
[[nodiscard]] Result<Rebased> rebase_over(const Patched& patched, const Snapshot& new_text,
                                          std::span<const DiffHunk> hunks);

}  // namespace firn
