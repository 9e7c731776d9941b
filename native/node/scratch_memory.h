#pragma once

#include <span>

namespace firn::node {

/// A megabyte of this thread's own for what is gone before the call returns: a text on its way in
/// or out. Kept, since whoever gives pages back has them cleared anew for every call. One use at a
/// time.
[[nodiscard]] std::span<char> scratch_memory();

}  // namespace firn::node
