#pragma once

#include <cstdint>

namespace firn_bench {

/// What has been asked of the heap since the process began.
struct HeapUse {
  std::uint64_t allocations = 0;
  std::uint64_t live_bytes = 0;
  std::uint64_t peak_bytes = 0;  ///< The most that was live at once, since forget_peak().
};

[[nodiscard]] HeapUse heap_use();

/// Takes what is live now for the peak.
void forget_peak();

}  // namespace firn_bench
