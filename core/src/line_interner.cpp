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
  // The table is larger than the processor's caches. What a line's slot says is on its way while
  // others of its block are still being hashed.
  constexpr std::size_t kBlock = 32;
  std::array<std::string_view, kBlock> lines;
  std::array<std::uint64_t, kBlock> hashes{};
  resize(2 * (last + 1 - first));
  first_line_ = first;
  is_repeated_.resize(last + 1 - first);
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
        slot = tag_of(hashes[i]) | static_cast<std::uint32_t>(line - first + 1);
        tokens.push_back(static_cast<std::uint32_t>(line - first));
      } else {
        tokens.push_back(token_in(slot));
        is_repeated_[tokens.back()] = 1;
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
  return token_in(slot);
}

std::uint32_t LineInterner::base_token_of(std::string_view line) {
  const std::uint32_t slot = slot_of(line, hash_of(line));
  return slot == 0 ? token_count() : token_in(slot);
}

std::string_view LineInterner::line_of(std::uint32_t token) const {
  if (token >= is_repeated_.size()) return other_lines_[token - is_repeated_.size()];
  const std::uint64_t line = first_line_ - 1 + token;
  const std::uint64_t begin = base_index_.begin_of(line);
  const std::uint64_t end = base_index_.begin_of(line + 1);
  return {base_bytes_ + begin, static_cast<std::size_t>(end - begin)};
}

std::uint32_t& LineInterner::slot_of(std::string_view line, std::uint64_t hash) {
  const std::uint32_t tag = tag_of(hash);
  const auto token_bits = static_cast<std::uint32_t>(mask_);
  for (std::uint64_t at = hash & mask_;; at = (at + 1) & mask_) {
    std::uint32_t& slot = slots_[at];
    if (slot == 0) return slot;
    if ((slot & ~token_bits) == tag && line_of(token_in(slot)) == line) return slot;
  }
}

/// To `slot_count` slots, or a few more.
void LineInterner::resize(std::uint64_t slot_count) {
  const auto old_token_bits = static_cast<std::uint32_t>(mask_);
  std::vector<std::uint32_t> old(std::bit_ceil(std::max<std::uint64_t>(slot_count, 16)), 0);
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const std::uint32_t slot : old) {
    if (slot == 0) continue;
    const std::uint32_t token_bits = slot & old_token_bits;
    const std::uint64_t hash = hash_of(line_of(token_bits - 1));
    std::uint64_t at = hash & mask_;
    while (slots_[at] != 0) at = (at + 1) & mask_;
    slots_[at] = tag_of(hash) | token_bits;
  }
}

}  // namespace firn
