#pragma once

#include <string_view>

#include "firn/batch.h"
#include "firn/error.h"

namespace firn {

/// Reads a batch from JSON: an object of schema firn.batch/1, or a bare array of patches.
///
/// Strict: unknown keys that do not begin with "x-", duplicate keys, numbers that are not whole,
/// anything after the value, and invalid UTF-8 are refused, with the place in `json`.
/// `json` is not kept. Errors: malformed_json, malformed_batch, limit_exceeded. O(n).
[[nodiscard]] Result<Batch> read_batch(std::string_view json, const Limits& limits = {});

}  // namespace firn
