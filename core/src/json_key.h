#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "json_word.h"

namespace firn {

/// A key of an object as it may be spelled, and the slot that it fills: two spellings of one slot
/// are duplicates.
struct JsonKey {
  constexpr JsonKey(std::string_view key_spelling, unsigned key_slot)
      : spelling(key_spelling), slot(key_slot) {
    for (std::size_t i = 0; i < kJsonWord && i <= spelling.size(); ++i) {
      const unsigned shift = 8 * static_cast<unsigned>(i);
      const char letter = i < spelling.size() ? spelling[i] : '"';
      head |= std::uint64_t{static_cast<unsigned char>(letter)} << shift;
      head_mask |= std::uint64_t{0xFF} << shift;
    }
  }

  /// Does it stand, without escapes and with the quote behind it, at `raw`? REQUIRES that as many
  /// bytes may be read as the longest has, and no fewer than a word.
  [[nodiscard]] bool stands_at(const char* raw, std::uint64_t word) const noexcept {
    if ((word & head_mask) != head) return false;
    const std::size_t size = spelling.size();
    return size < kJsonWord || (raw[size] == '"' && std::memcmp(raw, spelling.data(), size) == 0);
  }

  std::string_view spelling;
  unsigned slot;
  std::uint64_t head =
      0;  ///< The first letters of the spelling and the quote, as json_word() has them.
  std::uint64_t head_mask = 0;  ///< Where those are.
};

/// The key whose spelling stands, without escapes, at `raw`, behind the quote; else null.
/// REQUIRES as JsonKey::stands_at().
[[nodiscard]] inline const JsonKey* find_key(std::span<const JsonKey> keys,
                                             const char* raw) noexcept {
  const std::uint64_t word = json_word(raw);
  for (const JsonKey& key : keys) {
    if (key.stands_at(raw, word)) return &key;
  }
  return nullptr;
}

}  // namespace firn
