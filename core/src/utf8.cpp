#include "utf8.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace firn {

namespace {

/// What stands at the front of a text: how many bytes belong together, and whether they are a
/// whole character. Of an ill-formed one those are the bytes that could have begun a character
/// (Unicode's "maximal subpart"), at least one.
struct Sequence {
  std::size_t size = 1;
  bool whole = false;
};

/// The second byte's range carries all of RFC 3629's exclusions.
Sequence sequence_at(const unsigned char* text, std::size_t available) noexcept {
  const unsigned lead = text[0];
  if (lead < 0x80) return {.size = 1, .whole = true};
  if (lead < 0xC2 || lead > 0xF4) return {};
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (available < 2 || text[1] < low || text[1] > high) return {};
  std::size_t met = 2;
  while (met < size && met < available && (text[met] & 0xC0U) == 0x80U) ++met;
  return {.size = met, .whole = met == size};
}

/// False, too, when there are not so many bytes.
template <std::size_t kCount>
bool is_ascii(const unsigned char* text, std::size_t available) noexcept {
  if (available < kCount) return false;
  std::array<std::uint64_t, kCount / 8> words{};
  std::memcpy(words.data(), text, kCount);
  std::uint64_t all = 0;
  for (const std::uint64_t word : words) all |= word;
  return (all & 0x8080808080808080ULL) == 0;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) noexcept {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t i = 0;
  while (i < text.size()) {
    if (is_ascii<32>(bytes + i, text.size() - i)) {
      i += 32;
      continue;
    }
    if (is_ascii<8>(bytes + i, text.size() - i)) {
      i += 8;
      continue;
    }
    const Sequence sequence = sequence_at(bytes + i, text.size() - i);
    if (!sequence.whole) return i;
    i += sequence.size;
  }
  return i;
}

std::size_t ill_formed_utf8_size(std::string_view text) noexcept {
  return sequence_at(reinterpret_cast<const unsigned char*>(text.data()), text.size()).size;
}

}  // namespace firn
