#pragma once

#include <cstdint>
#include <string_view>

#include "firn/patched.h"

namespace firn {

struct DiffStyle {
  std::uint64_t context_lines = 3;
  std::string_view old_name{};  ///< After "--- "; "a/" and the batch's file, or "a", when empty.
  std::string_view new_name{};  ///< After "+++ "; "b/" and the batch's file, or "b", when empty.
};

/// The change as a unified diff that GNU patch and `git apply` turn into exactly our bytes; empty
/// when the text did not change. The patch is the diff: no diff algorithm runs. Names that hold
/// quotes, backslashes or control characters are quoted as git quotes them.
/// Errors: limit_exceeded without memory. O(k log k + lines replaced and written).
[[nodiscard]] Result<Bytes> unified_diff(const Patched& patched, const DiffStyle& style = {});

}  // namespace firn
