#pragma once

#include <string>

#include "firn/error.h"
#include "firn/patched.h"
#include "firn/unified_diff.h"

namespace firn {

/// All that stands above the hunks of a diff; without hunks only what git's header says by itself,
/// which may be nothing. Errors: as unified_diff().
[[nodiscard]] Result<std::string> diff_header(const Patched& patched, const DiffStyle& style,
                                              bool has_hunks);

}  // namespace firn
