// In place of Node's own conversion, which goes character by character. Compilers make vector code
// of the loops without branches.

#include "utf16.h"

#include <algorithm>
#include <cstdint>

namespace firn::node {

namespace {

char* write_character(char32_t character, char* to) {
  const auto last_bits = [&](unsigned shift) {
    return static_cast<char>(0x80U | ((character >> shift) & 0x3FU));
  };
  if (character < 0x80) {
    *to++ = static_cast<char>(character);
    return to;
  }
  if (character < 0x800) {
    *to++ = static_cast<char>(0xC0U | (character >> 6U));
  } else {
    if (character < 0x10000) {
      *to++ = static_cast<char>(0xE0U | (character >> 12U));
    } else {
      *to++ = static_cast<char>(0xF0U | (character >> 18U));
      *to++ = last_bits(12);
    }
    *to++ = last_bits(6);
  }
  *to++ = last_bits(0);
  return to;
}

/// Of the character at `i`, which becomes the place of the next.
char32_t next_character(std::u16string_view text, std::size_t& i) {
  const char32_t unit = text[i++];
  if ((unit & 0xF800U) != 0xD800) return unit;
  const bool is_pair = unit < 0xDC00 && i < text.size() && (text[i] & 0xFC00U) == 0xDC00;
  if (!is_pair) return 0xFFFD;
  return 0x10000U + ((unit & 0x3FFU) << 10U) + (text[i++] & 0x3FFU);
}

constexpr std::size_t kRun = 32;

/// As write_ascii(), to the end whatever is in it: so it takes many units at once.
bool narrow(std::u16string_view text, char* __restrict to) {
  const char16_t* __restrict from = text.data();
  std::uint16_t all = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    all |= from[i];
    to[i] = static_cast<char>(from[i]);
  }
  return all < 0x80;
}

}  // namespace

bool write_ascii(std::u16string_view text, char* to) noexcept {
  constexpr std::size_t kBlock = 4096;  // So that a text that is not is soon told.
  while (!text.empty()) {
    const std::u16string_view block = text.substr(0, kBlock);
    if (!narrow(block, to)) return false;
    text.remove_prefix(block.size());
    to += block.size();
  }
  return true;
}

std::size_t most_utf8_bytes(std::u16string_view text) noexcept {
  constexpr std::size_t kBlock = 8192;  // So that 16 bits hold what is counted in it.
  std::size_t size = text.size();
  while (!text.empty()) {
    const std::u16string_view block = text.substr(0, kBlock);
    std::uint16_t with_two = 0;
    std::uint16_t with_three = 0;
    for (const std::uint16_t unit : block) {
      with_two += static_cast<std::uint16_t>(unit >= 0x80);
      with_three += static_cast<std::uint16_t>(unit >= 0x800);
    }
    size += std::size_t{with_two} + with_three;
    text.remove_prefix(block.size());
  }
  return size;
}

char* write_utf8(std::u16string_view text, char* to) noexcept {
  std::size_t i = 0;
  while (i + kRun <= text.size()) {
    if (narrow(text.substr(i, kRun), to)) {
      to += kRun;
      i += kRun;
      continue;
    }
    const std::size_t end = i + kRun;
    while (i < end) to = write_character(next_character(text, i), to);
  }
  while (i < text.size()) to = write_character(next_character(text, i), to);
  return to;
}

}  // namespace firn::node
