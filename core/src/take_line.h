#pragma once

#include <string_view>

namespace firn {

/// Takes the first line off the front of canonical text and returns it without its LF.
/// REQUIRES `text` to hold an LF.
[[nodiscard]] inline std::string_view take_line(std::string_view& text) noexcept {
  const std::size_t size = text.find('\n');
  const std::string_view line = text.substr(0, size);
  text.remove_prefix(size + 1);
  return line;
}

}  // namespace firn
