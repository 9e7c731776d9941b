#pragma once

#include <span>

namespace firn::node {

/// Asks for huge pages below `memory`, which is about to be written whole: of many small pages,
/// each first touch costs more than filling it. Only a hint, and only from a few megabytes on;
/// nothing is lost where the system has none. O(1).
void expect_writes(std::span<char> memory) noexcept;

}  // namespace firn::node
