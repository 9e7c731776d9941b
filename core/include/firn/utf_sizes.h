#pragma once

#include <cstddef>

namespace firn {

/// What a character takes in UTF-8 and in UTF-16, told by its first byte in UTF-8 (the *lead byte*;
/// those behind it are *continuation bytes*): a step from the bytes that core counts to the columns
/// that editors and source maps count. Pure, no memory, O(1).

[[nodiscard]] constexpr bool is_continuation_byte(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Bytes in UTF-8, 1 to 4. REQUIRES a lead byte of well-formed UTF-8.
[[nodiscard]] constexpr std::size_t utf8_size(char lead_byte) noexcept {
  const auto lead = static_cast<unsigned char>(lead_byte);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// Code units in UTF-16: 2 for a character of four bytes, else 1; 0 for a continuation byte, so
/// that a text has as many as its bytes together. REQUIRES a byte of well-formed UTF-8.
[[nodiscard]] constexpr std::size_t utf16_size(char byte) noexcept {
  if (static_cast<unsigned char>(byte) >= 0xF0) return 2;
  return is_continuation_byte(byte) ? 0 : 1;
}

}  // namespace firn
