#pragma once

#include <cstddef>
#include <string_view>

namespace firn::node {

/// Writes `text`, a byte a unit, and returns whether it is ASCII; else what is written means
/// nothing. REQUIRES room for as many bytes as it has units. O(n), at vector speed.
[[nodiscard]] bool write_ascii(std::u16string_view text, char* to) noexcept;

/// No fewer bytes than `text` has as UTF-8: two too many for a pair of surrogates, else just as
/// many. O(n), at vector speed.
[[nodiscard]] std::size_t most_utf8_bytes(std::u16string_view text) noexcept;

/// Writes `text` as UTF-8, U+FFFD for half a pair of surrogates, and returns the end of it.
/// REQUIRES room for most_utf8_bytes(text). O(n), at vector speed where 16 characters in a row are
/// ASCII.
char* write_utf8(std::u16string_view text, char* to) noexcept;

}  // namespace firn::node
