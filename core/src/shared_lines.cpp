#include "shared_lines.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Highway compiles this file once per instruction set and picks at run time; in WebAssembly there
// is one, SIMD128.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "shared_lines.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// How many blocks of 64 bytes are equal before one is not, at most `block_count`. Each stands
/// `step` bytes behind the last, or in front of it where that is negative.
std::size_t equal_blocks(const std::uint8_t* a, const std::uint8_t* b, std::ptrdiff_t step,
                         std::size_t block_count) {
  constexpr hn::ScalableTag<std::uint8_t> tag;
  constexpr std::size_t lanes = hn::MaxLanes(tag);
  static_assert(lanes <= 64, "a block is at least one vector");
  for (std::size_t block = 0; block < block_count; ++block) {
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(block) * step;
    auto difference = hn::Zero(tag);
    for (std::size_t i = 0; i < 64; i += lanes) {
      difference =
          hn::Or(difference, hn::Xor(hn::LoadU(tag, a + at + i), hn::LoadU(tag, b + at + i)));
    }
    if (!hn::AllTrue(tag, hn::Eq(difference, hn::Zero(tag)))) return block;
  }
  return block_count;
}

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace firn {

namespace {

HWY_EXPORT(equal_blocks);

std::uint64_t load_word(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

constexpr std::size_t kBlockBytes = 64;
constexpr auto kBlockStep = static_cast<std::ptrdiff_t>(kBlockBytes);

/// How many bytes of the two are equal in whole blocks: of `step` kBlockStep from their beginnings
/// on, of -kBlockStep back from their ends.
std::size_t equal_block_bytes(std::string_view a, std::string_view b, std::ptrdiff_t step) {
  const std::size_t block_count = std::min(a.size(), b.size()) / kBlockBytes;
  if (block_count == 0) return 0;
  const auto first_block_of = [step](std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data()) +
           (step > 0 ? 0 : text.size() - kBlockBytes);
  };
  return kBlockBytes * HWY_DYNAMIC_DISPATCH(equal_blocks)(first_block_of(a), first_block_of(b),
                                                          step, block_count);
}

/// How many leading bytes the two share.
std::size_t common_prefix(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  std::size_t i = equal_block_bytes(a, b, kBlockStep);
  for (; i + 8 <= limit; i += 8) {
    const std::uint64_t difference = load_word(a.data() + i) ^ load_word(b.data() + i);
    if (difference != 0) return i + static_cast<std::size_t>(std::countr_zero(difference)) / 8;
  }
  while (i < limit && a[i] == b[i]) ++i;
  return i;
}

std::size_t common_suffix(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  const char* const a_end = a.data() + a.size();
  const char* const b_end = b.data() + b.size();
  std::size_t i = equal_block_bytes(a, b, -kBlockStep);
  for (; i + 8 <= limit; i += 8) {
    const std::uint64_t difference = load_word(a_end - i - 8) ^ load_word(b_end - i - 8);
    if (difference != 0) return i + static_cast<std::size_t>(std::countl_zero(difference)) / 8;
  }
  while (i < limit && *(a_end - i - 1) == *(b_end - i - 1)) ++i;
  return i;
}

/// The first line of `low` to `high` that begins at or past `byte_offset`; `high` if none before
/// it does.
std::uint64_t first_line_from(const Snapshot& text, std::uint64_t low, std::uint64_t high,
                              std::uint64_t byte_offset) {
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (text.byte_offset_of(middle) < byte_offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// The last line from `line` on, up to `high`, that begins at or before `byte_offset`. O(log of how
/// far away it is). REQUIRES `line` to be one.
std::uint64_t last_line_up_to(const Snapshot& text, std::uint64_t line, std::uint64_t high,
                              std::uint64_t byte_offset) {
  std::uint64_t step = 1;
  while (step <= high - line && text.byte_offset_of(line + step) <= byte_offset) {
    line += step;
    step *= 2;
  }
  return first_line_from(text, line + 1, std::min(high, line + step) + 1, byte_offset + 1) - 1;
}

/// How many lines are equal at the end, the first `line_count` of both left out. REQUIRES the
/// first `line_count` lines to be equal. O(bytes shared).
std::uint64_t shared_lines_at_end(const Snapshot& before, const Snapshot& after,
                                  std::uint64_t line_count) {
  const std::uint64_t begin = before.byte_offset_of(line_count + 1);
  const std::size_t shared =
      common_suffix(before.bytes().substr(begin), after.bytes().substr(begin));
  // The byte in front of a shared line must be shared too, or else be where the rest begins.
  const std::uint64_t from = before.byte_size() - shared;
  const bool both_begin_there = from == begin && after.byte_size() - shared == begin;
  const std::uint64_t first = first_line_from(before, line_count + 1, before.line_count() + 1,
                                              both_begin_there ? from : from + 1);
  return before.line_count() + 1 - first;
}

}  // namespace

std::uint64_t shared_lines_from(const Snapshot& before, std::uint64_t before_line,
                                std::uint64_t before_last, const Snapshot& after,
                                std::uint64_t after_line, std::uint64_t after_last) {
  const std::uint64_t most = std::min(before_last + 1 - before_line, after_last + 1 - after_line);
  const std::uint64_t before_begin = before.byte_offset_of(before_line);
  const std::uint64_t after_begin = after.byte_offset_of(after_line);
  const std::uint64_t before_end = before.byte_offset_of(before_line + most);
  const std::uint64_t after_end = after.byte_offset_of(after_line + most);
  const std::size_t shared =
      common_prefix(before.bytes().substr(before_begin, before_end - before_begin),
                    after.bytes().substr(after_begin, after_end - after_begin));
  std::uint64_t count =
      last_line_up_to(after, after_line, after_line + most, after_begin + shared) - after_line;
  // A last line without terminator may only be how the other text's line begins.
  if (count > 0 && before.byte_offset_of(before_line + count) - before_begin !=
                       after.byte_offset_of(after_line + count) - after_begin) {
    --count;
  }
  return count;
}

DiffHunk differing_middle(const Snapshot& before, const Snapshot& after) {
  const std::uint64_t above =
      shared_lines_from(before, 1, before.line_count(), after, 1, after.line_count());
  const std::uint64_t below = shared_lines_at_end(before, after, above);
  return {.before = {.from = above + 1, .to = before.line_count() - below},
          .after = {.from = above + 1, .to = after.line_count() - below}};
}

}  // namespace firn

#endif  // HWY_ONCE
