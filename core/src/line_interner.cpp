#include "line_interner.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "xxh3.h"

namespace firn {

namespace {

std::uint64_t hash_of(std::string_view line) { return XXH3_64bits(line.data(), line.size()); }

}  // namespace

LineInterner::LineInterner(const Snapshot& base)
    : base_index_(base.line_index()), base_bytes_(base.bytes().data()) {}

void LineInterner::append_base_lines(std::uint64_t first, std::uint64_t last,
                                     std::vector<std::uint32_t>& tokens) {
  // The table is larger than the processor's caches. A block's slots are on their way while its
  // last lines are still being hashed.
  constexpr std::size_t kBlock = 32;
  std::array<std::string_view, kBlock> lines;
  std::array<std::uint64_t, kBlock> hashes{};
  resize((last + 1 - first) * 4 / 3);
  std::uint64_t begin = base_index_.begin_of(first - 1);
  for (std::uint64_t line = first; line <= last;) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, last - line + 1));
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t end = base_index_.begin_of(line + i);
      lines[i] = {base_bytes_ + begin, static_cast<std::size_t>(end - begin)};
      hashes[i] = hash_of(lines[i]);
      __builtin_prefetch(&slots_[hashes[i] & mask_]);
      begin = end;
    }
    for (std::size_t i = 0; i < count; ++i, ++line) {
      std::uint32_t& slot = slot_of(lines[i], hashes[i]);
      if (slot == 0) {
        places_.push_back(static_cast<std::uint32_t>(line));
        slot = tag_of(hashes[i]) | token_count();
        tokens.push_back(token_count() - 1);
      } else {
        tokens.push_back((slot & static_cast<std::uint32_t>(mask_)) - 1);
        places_[tokens.back()] |= kManyPlaces;
      }
    }
  }
}

std::uint32_t LineInterner::token_of(std::string_view line) {
  if (token_count() + 1 >= slots_.size() - slots_.size() / 4) resize(slots_.size() * 2);
  const std::uint64_t hash = hash_of(line);
  std::uint32_t& slot = slot_of(line, hash);
  if (slot == 0) {
    other_lines_.push_back(line);
    slot = tag_of(hash) | token_count();
  }
  return (slot & static_cast<std::uint32_t>(mask_)) - 1;
}

std::uint32_t LineInterner::base_token_of(std::string_view line) {
  const std::uint32_t slot = slot_of(line, hash_of(line));
  return slot == 0 ? token_count() : (slot & static_cast<std::uint32_t>(mask_)) - 1;
}

std::string_view LineInterner::line_of(std::uint32_t token) const {
  if (token >= places_.size()) return other_lines_[token - places_.size()];
  const std::uint64_t line = places_[token] & ~kManyPlaces;
  const std::uint64_t begin = base_index_.begin_of(line - 1);
  const std::uint64_t end = base_index_.begin_of(line);
  return {base_bytes_ + begin, static_cast<std::size_t>(end - begin)};
}

std::uint32_t& LineInterner::slot_of(std::string_view line, std::uint64_t hash) {
  const std::uint32_t tag = tag_of(hash);
  const auto token_bits = static_cast<std::uint32_t>(mask_);
  for (std::uint64_t at = hash & mask_;; at = (at + 1) & mask_) {
    std::uint32_t& slot = slots_[at];
    if (slot == 0) return slot;
    if ((slot & ~token_bits) == tag && line_of((slot & token_bits) - 1) == line) return slot;
  }
}

/// To `slot_count` slots, or a few more.
void LineInterner::resize(std::uint64_t slot_count) {
  slots_.assign(std::bit_ceil(std::max<std::uint64_t>(slot_count, 16)), 0);
  mask_ = slots_.size() - 1;
  for (std::uint32_t token = 0; token < token_count(); ++token) {
    const std::uint64_t hash = hash_of(line_of(token));
    std::uint64_t at = hash & mask_;
    while (slots_[at] != 0) at = (at + 1) & mask_;
    slots_[at] = tag_of(hash) | (token + 1);
  }
}

}  // namespace firn
