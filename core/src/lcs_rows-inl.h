// Included once for each instruction set, after hwy/highway.h, inside no namespace.

#if defined(FIRN_LCS_ROWS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FIRN_LCS_ROWS_INL_H
#undef FIRN_LCS_ROWS_INL_H
#else
#define FIRN_LCS_ROWS_INL_H
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstddef>
#include <cstdint>

#include "mask_bits-inl.h"

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using TokenTag = hn::CappedTag<std::uint32_t, 16>;

constexpr std::int32_t kWordBits = 64;

/// REQUIRES places that are not negative: a shift is all that the division takes.
constexpr std::int32_t word_of(std::int32_t place) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(place) / kWordBits);
}
constexpr std::uint32_t bit_of(std::int32_t place) {
  return static_cast<std::uint32_t>(place) % kWordBits;
}
constexpr std::uint64_t bits_below(std::int32_t place) {
  return (std::uint64_t{1} << bit_of(place)) - 1;
}
constexpr std::int32_t words_for(std::int32_t size) { return word_of(size + kWordBits - 1); }

/// A place in each sequence, from a corner.
struct Point {
  std::int32_t before;
  std::int32_t after;
};

/// Rows of a table of longest common subsequences, 64 cells a word: a bit is clear where the
/// subsequence grows.

/// How many of the row's first `column` cells it does not grow in.
HWY_INLINE std::int32_t unmatched_before(const std::uint64_t* row, std::int32_t column) {
  std::int32_t unmatched = 0;
  for (std::int32_t i = 0; i < word_of(column); ++i) unmatched += std::popcount(row[i]);
  if (bit_of(column) != 0) unmatched += std::popcount(row[word_of(column)] & bits_below(column));
  return unmatched;
}

/// Which of 64 tokens are `token`, the first in the lowest bit.
HWY_INLINE std::uint64_t equal_bits(const std::uint32_t* tokens, std::uint32_t token) {
  constexpr TokenTag tag;
  constexpr std::size_t lanes = hn::MaxLanes(tag);
  const auto wanted = hn::Set(tag, token);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kWordBits; i += lanes) {
    bits |= std::uint64_t{bits_of(tag, hn::Eq(hn::LoadU(tag, tokens + i), wanted))} << i;
  }
  return bits;
}

/// The row behind `row`, and behind it in memory. A sum carries from each bit that grows to the
/// next that may.
HWY_INLINE void fill_next_row(std::uint64_t* row, std::size_t width, const std::uint64_t* matches) {
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const std::uint64_t old = row[i];
    const std::uint64_t moved = old + (old & matches[i]);
    const std::uint64_t sum = moved + carry;
    carry = std::uint64_t{moved < old} | std::uint64_t{sum < moved};
    row[width + i] = sum | (old & ~matches[i]);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#endif
