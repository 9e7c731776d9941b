#pragma once

#include <memory>

namespace firn {

/// Whether nobody but the caller holds `value` any more, so that it may be changed or taken apart:
/// what other threads read of it they have read. REQUIRES that no weak_ptr refers to it, and that
/// no other thread uses this very pointer. O(1).
template <typename Value>
[[nodiscard]] bool is_sole_owner(const std::shared_ptr<Value>& value) noexcept {
  if (value.use_count() != 1) return false;
  // The count itself orders nothing. To let go of one more share is to see what those who let go
  // before had done; sanitizers know that, and know no fence.
  std::shared_ptr<Value>(value).reset();
  return true;
}

}  // namespace firn
