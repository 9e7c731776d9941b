#pragma once

#include "firn/batch.h"
#include "firn/error.h"

namespace firn {

/// Whether a batch was refused because there was no memory to judge it, which says nothing of the
/// batch. The only other limit among violations is that of revisions.
[[nodiscard]] inline bool is_for_want_of_memory(const Violations& violations) {
  const Error& first = violations.front();
  return first.code == ErrorCode::limit_exceeded && first.limit != kMaxCount;
}

}  // namespace firn
