#pragma once

#include <optional>
#include <string_view>

#include "firn/batch.h"

namespace firn {

/// Reads a batch whose JSON is spelled as programs spell it: keys without escapes, strings without
/// "\u", no keys but the batch's own. One walk, at a fraction of what it takes to expect anything.
///
/// Nothing for all else, lawful or not, and no word of why: read_batch() then begins anew with the
/// reader that takes every spelling and knows what to say of what it refuses. What is read here is
/// what that one would have read. O(n).
[[nodiscard]] std::optional<Batch> read_plain_batch(std::string_view json, const Limits& limits);

}  // namespace firn
