#pragma once

#include <atomic>
#include <cstdint>

namespace firn::tree {

/// How one who waits follows work on a tree, and stops it; both sides use it at the same time.
struct Watch {
  std::atomic<bool> cancelled = false;   ///< Set it, and the work stops as if it had not begun.
  std::atomic<std::uint64_t> total = 0;  ///< Files there are to do; 0 while that is not known.
  std::atomic<std::uint64_t> done = 0;   ///< Of these, how many are.
};

}  // namespace firn::tree
