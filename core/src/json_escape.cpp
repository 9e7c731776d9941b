#include "json_escape.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

// Highway compiles this file once per instruction set and picks at run time; in WebAssembly there
// is one, SIMD128.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "json_escape.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// For each block of 64 bytes which of them need an escape, the first in the lowest bit.
void find_escapes(const std::uint8_t* text, std::size_t block_count, std::uint64_t* found) {
  constexpr hn::ScalableTag<std::uint8_t> tag;
  constexpr std::size_t lanes = hn::MaxLanes(tag);
  static_assert(lanes <= 64, "a block is at least one vector");
  for (; block_count > 0; --block_count, ++found) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; i += lanes, text += lanes) {
      const auto bytes = hn::LoadU(tag, text);
      const auto is_control = hn::Lt(bytes, hn::Set(tag, 0x20));
      const auto is_quote = hn::Eq(bytes, hn::Set(tag, '"'));
      const auto is_backslash = hn::Eq(bytes, hn::Set(tag, '\\'));
      std::uint64_t part = 0;
      hn::StoreMaskBits(tag, hn::Or(is_control, hn::Or(is_quote, is_backslash)),
                        reinterpret_cast<std::uint8_t*>(&part));
      bits |= part << i;
    }
    *found = bits;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace firn {

namespace {

HWY_EXPORT(find_escapes);

constexpr std::size_t kBlock = 64;
/// "\u001f"
constexpr std::size_t kLongestEscape = 6;
/// What may be written behind the end: a block is copied whole, and so is an escape.
constexpr std::size_t kWrittenPastEnd = kBlock;

/// The blocks at the front of `text` and which bytes of each need an escape, for as many at a time
/// as the stack holds: calls `take(block, bits)` for each.
template <typename Take>
void for_each_block(std::string_view text, std::size_t block_count, const Take& take) {
  constexpr std::size_t kAtATime = 32;
  std::array<std::uint64_t, kAtATime> found{};
  const auto find = HWY_DYNAMIC_DISPATCH(find_escapes);
  for (std::size_t block = 0; block < block_count;) {
    const std::size_t end = std::min(block + kAtATime, block_count);
    find(reinterpret_cast<const std::uint8_t*>(text.data() + block * kBlock), end - block,
         found.data());
    for (std::size_t i = 0; block < end; ++i, ++block) take(text.data() + block * kBlock, found[i]);
  }
}

struct Escape {
  std::array<char, 7> text{};
  std::uint8_t size = 0;
};
static_assert(sizeof(Escape) == 8, "copied in one go");

/// No byte above the backslash needs one.
constexpr std::array<Escape, '\\' + 1> escapes() {
  constexpr std::string_view hex = "0123456789abcdef";
  std::array<Escape, '\\' + 1> table{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) {
    table[byte] = {{'\\', 'u', '0', '0', hex[byte >> 4U], hex[byte & 0xFU]}, kLongestEscape};
  }
  table['\n'] = {{'\\', 'n'}, 2};
  table['"'] = {{'\\', '"'}, 2};
  table['\\'] = {{'\\', '\\'}, 2};
  return table;
}
constexpr auto kEscapes = escapes();

char* write_escape(char byte, char* out) {
  const Escape& escape = kEscapes[static_cast<unsigned char>(byte)];
  std::memcpy(out, &escape, sizeof escape);
  return out + escape.size;
}

/// REQUIRES as many bytes behind the block as it has: it is copied by 64 bytes from wherever an
/// escape ends, since how many they are no processor can guess.
char* write_block(const char* block, std::uint64_t bits, char* out) {
  std::size_t from = 0;
  for (; bits != 0; bits &= bits - 1) {
    const auto to = static_cast<std::size_t>(std::countr_zero(bits));
    std::memcpy(out, block + from, kBlock);
    out = write_escape(block[to], out + (to - from));
    from = to + 1;
  }
  std::memcpy(out, block + from, kBlock);
  return out + (kBlock - from);
}

}  // namespace

std::size_t max_escaped_size(std::string_view text) noexcept {
  std::size_t escapes = text.size() % kBlock;  // As many as there can be.
  for_each_block(text, text.size() / kBlock, [&](const char*, std::uint64_t bits) {
    escapes += static_cast<std::size_t>(std::popcount(bits));
  });
  return text.size() + escapes * (kLongestEscape - 1) + kWrittenPastEnd;
}

char* write_escaped(std::string_view text, char* out) noexcept {
  const std::size_t block_count = text.size() < kBlock ? 0 : text.size() / kBlock - 1;
  for_each_block(text, block_count, [&](const char* block, std::uint64_t bits) {
    out = write_block(block, bits, out);
  });
  // Behind the last two blocks nothing can be read: they are copied to where something can.
  std::array<char, 3 * kBlock> last{};
  std::size_t size = text.substr(block_count * kBlock).copy(last.data(), 2 * kBlock);
  for_each_block({last.data(), last.size()}, 2, [&](const char* block, std::uint64_t bits) {
    const std::size_t missing = kBlock - std::min(size, kBlock);
    if (missing > 0) bits &= (std::uint64_t{1} << (kBlock - missing)) - 1;
    out = write_block(block, bits, out) - missing;
    size -= kBlock - missing;
  });
  return out;
}

}  // namespace firn

#endif  // HWY_ONCE
