#pragma once

#include <cstdint>
#include <string>

namespace firn {

/// A file mode as git writes it: six octal digits. REQUIRES mode <= kMaxFileMode.
[[nodiscard]] inline std::string octal_mode(std::uint32_t mode) {
  std::string digits = "000000";
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, mode >>= 3U) {
    *digit = static_cast<char>('0' + (mode & 7U));
  }
  return digits;
}

}  // namespace firn
