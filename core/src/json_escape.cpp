#include "json_escape.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "json_word.h"

namespace firn {

namespace {

/// "\u001f"
constexpr std::size_t kLongestEscape = 6;

bool needs_escape(char byte) {
  return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
}

char* write_escape(char byte, char* out) {
  constexpr std::string_view hex = "0123456789abcdef";
  *out++ = '\\';
  if (byte == '"' || byte == '\\') {
    *out++ = byte;
  } else if (byte == '\n') {
    *out++ = 'n';
  } else {
    const auto code = static_cast<unsigned char>(byte);
    for (const char digit : {'u', '0', '0', hex[code >> 4U], hex[code & 0xFU]}) *out++ = digit;
  }
  return out;
}

}  // namespace

std::size_t max_escaped_size(std::string_view text) noexcept {
  // Counted in bytes, as many of which as there are in a vector the compiler counts at once.
  constexpr std::size_t kBlock = 255;
  std::size_t escapes = 0;
  for (std::size_t i = 0; i < text.size(); i += kBlock) {
    std::uint8_t in_block = 0;
    for (const char byte : text.substr(i, kBlock)) in_block += needs_escape(byte) ? 1 : 0;
    escapes += in_block;
  }
  return text.size() + escapes * (kLongestEscape - 1) + kJsonWord;
}

char* write_escaped(std::string_view text, char* out) noexcept {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (end - at >= kJsonWord) {
    std::memcpy(out, at, kJsonWord);
    const std::uint64_t escapes = escapes_in(json_word(at));
    const std::ptrdiff_t plain = escapes == 0 ? kJsonWord : std::countr_zero(escapes) / 8;
    at += plain;
    out += plain;
    if (escapes != 0) out = write_escape(*at++, out);
  }
  for (; at != end; ++at) {
    if (needs_escape(*at)) {
      out = write_escape(*at, out);
    } else {
      *out++ = *at;
    }
  }
  return out;
}

}  // namespace firn
