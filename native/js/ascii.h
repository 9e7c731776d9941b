#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace firn::js {

/// Without a branch, and by words where the compiler makes no vectors of it.
[[nodiscard]] inline bool is_ascii(std::string_view text) noexcept {
  constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080;
  std::uint64_t all = 0;
  std::size_t i = 0;
  for (; i + sizeof(all) <= text.size(); i += sizeof(all)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof(word));
    all |= word;
  }
  for (; i < text.size(); ++i) all |= static_cast<unsigned char>(text[i]);
  return (all & kHighBits) == 0;
}

}  // namespace firn::js
