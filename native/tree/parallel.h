#pragma once

#include <cstddef>
#include <functional>

namespace firn::tree {

/// Calls `work(index)` for every index below `count`, each once, on several threads, in ascending
/// order of their beginnings; returns when all calls have. File systems wait more than they work,
/// so there may be more threads than processors. Where the system gives none, the caller's thread
/// does it all. `work` is called from many threads at once, and must not throw. Throws
/// std::bad_alloc before the first call, or not at all.
void for_each_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace firn::tree
