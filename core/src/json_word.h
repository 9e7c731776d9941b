#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace firn {

/// Letters of JSON that are looked at at once.
inline constexpr std::ptrdiff_t kJsonWord = 8;

/// Eight bytes, the first in the lowest. REQUIRES that so many may be read.
[[nodiscard]] inline std::uint64_t json_word(const char* text) noexcept {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) bytes = std::byteswap(bytes);
  return bytes;
}

/// The lowest bit of those bytes that stand in no string of JSON as they are: quotes, backslashes,
/// and what is below 0x20. Of one behind such a byte it may be set for nothing. A byte below n is
/// one that borrows when n is taken away, and a byte that equals c is one below 1 once c is taken
/// out by XOR.
[[nodiscard]] inline std::uint64_t escapes_in(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101ULL;
  const auto below = [](std::uint64_t word, std::uint64_t bound) {
    return (word - ones * bound) & ~word;
  };
  const std::uint64_t found =
      below(bytes, 0x20) | below(bytes ^ (ones * '"'), 1) | below(bytes ^ (ones * '\\'), 1);
  return found >> 7U & ones;
}

}  // namespace firn
