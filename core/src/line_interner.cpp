#include "line_interner.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "xxh3.h"

namespace firn {

namespace {

std::uint64_t hash_of(std::string_view line) { return XXH3_64bits(line.data(), line.size()); }

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

LineInterner::LineInterner(std::uint64_t expected_count)
    : slots_(std::bit_ceil(std::max<std::uint64_t>(expected_count * 3 / 2, 16))),
      mask_(slots_.size() - 1) {
  lines_.reserve(expected_count);
  places_.reserve(expected_count);
}

void LineInterner::append_lines(const Snapshot& text, std::uint64_t first, std::uint64_t last,
                                std::vector<std::uint32_t>& tokens) {
  // The table is larger than the processor's caches. A block's slots are on their way while its
  // last lines are still being hashed.
  constexpr std::size_t kBlock = 32;
  std::array<std::string_view, kBlock> lines;
  std::array<std::uint64_t, kBlock> hashes{};
  std::uint64_t begin = text.byte_offset_of(first);
  for (std::uint64_t line = first; line <= last;) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, last - line + 1));
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t end = text.byte_offset_of(line + i + 1);
      lines[i] = text.bytes().substr(begin, end - begin);
      hashes[i] = hash_of(lines[i]);
      __builtin_prefetch(&slots_[hashes[i] & mask_]);
      begin = end;
    }
    for (std::size_t i = 0; i < count; ++i, ++line) {
      const std::uint32_t token = token_of(lines[i], hashes[i]);
      std::uint32_t& place = places_[token];
      place = place == kNowhere ? static_cast<std::uint32_t>(line) : kManyPlaces;
      tokens.push_back(token);
    }
  }
}

std::uint32_t LineInterner::token_of(std::string_view line) {
  return token_of(line, hash_of(line));
}

std::uint32_t LineInterner::token_of(std::string_view line, std::uint64_t hash) {
  Slot* slot = &slot_of(line, hash);
  if (slot->token_plus_one != 0) return slot->token_plus_one - 1;
  if (lines_.size() >= slots_.size() - slots_.size() / 4) {
    grow();
    slot = &slot_of(line, hash);
  }
  lines_.push_back(line);
  places_.push_back(kNowhere);
  *slot = {.tag = tag_of(hash), .token_plus_one = static_cast<std::uint32_t>(lines_.size())};
  return slot->token_plus_one - 1;
}

/// The slot that holds `line`, or the free one where it belongs.
LineInterner::Slot& LineInterner::slot_of(std::string_view line, std::uint64_t hash) {
  for (std::uint64_t at = hash & mask_;; at = (at + 1) & mask_) {
    Slot& slot = slots_[at];
    if (slot.token_plus_one == 0) return slot;
    if (slot.tag == tag_of(hash) && lines_[slot.token_plus_one - 1] == line) return slot;
  }
}

void LineInterner::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  mask_ = larger.size() - 1;
  for (std::uint32_t token = 0; token < token_count(); ++token) {
    const std::uint64_t hash = hash_of(lines_[token]);
    std::uint64_t at = hash & mask_;
    while (larger[at].token_plus_one != 0) at = (at + 1) & mask_;
    larger[at] = {.tag = tag_of(hash), .token_plus_one = token + 1};
  }
  slots_ = std::move(larger);
}

}  // namespace firn
