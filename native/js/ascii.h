#pragma once

#include <string_view>

namespace firn::js {

/// Without a branch, so that it takes many at once.
[[nodiscard]] inline bool is_ascii(std::string_view text) noexcept {
  unsigned char all = 0;
  for (const char byte : text) all |= static_cast<unsigned char>(byte);
  return all < 0x80;
}

}  // namespace firn::js
