#pragma once

#include <cstddef>
#include <string_view>

/// How a text stands in a JSON string, for whoever brings the memory.
namespace firn {

/// No less than write_escaped() writes, and not much more. O(n).
[[nodiscard]] std::size_t max_escaped_size(std::string_view text) noexcept;

/// Writes `text` without quotes around it; gives the end. REQUIRES UTF-8, and as much room as
/// max_escaped_size() says. O(n).
char* write_escaped(std::string_view text, char* out) noexcept;

}  // namespace firn
