#include "firn/line_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>

// Highway compiles this file once per instruction set and picks at run time; in WebAssembly there
// is one, SIMD128.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "line_index.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using ByteTag = hn::ScalableTag<std::uint8_t>;

/// A vector of bytes and the byte before them, for where the text ends sooner.
using Tail = std::array<std::uint8_t, 1 + hn::MaxLanes(ByteTag())>;

/// REQUIRES size > 0.
void count_terminators(const std::uint8_t* text, std::size_t size, std::uint64_t& lf_count,
                       std::uint64_t& crlf_count) {
  const ByteTag tag;
  const hn::Repartition<std::uint64_t, ByteTag> sums_tag;
  const std::size_t lanes = hn::Lanes(tag);
  // Each lane counts for itself, and what it counts with ends at 255.
  constexpr std::size_t kVectorsCounted = 254;
  lf_count = text[0] == '\n' ? 1 : 0;
  crlf_count = 0;
  for (std::size_t i = 1; i < size;) {
    auto lfs = hn::Zero(tag);
    auto crlfs = hn::Zero(tag);
    const auto count = [&](const std::uint8_t* at) HWY_ATTR {
      const auto is_lf = hn::VecFromMask(tag, hn::Eq(hn::LoadU(tag, at), hn::Set(tag, '\n')));
      const auto after_cr =
          hn::VecFromMask(tag, hn::Eq(hn::LoadU(tag, at - 1), hn::Set(tag, '\r')));
      lfs = hn::Sub(lfs, is_lf);
      crlfs = hn::Sub(crlfs, hn::And(is_lf, after_cr));
    };
    const std::size_t end = std::min(size, i + kVectorsCounted * lanes);
    for (; i + lanes <= end; i += lanes) count(text + i);
    if (i < end) {
      Tail tail{};
      std::memcpy(tail.data(), text + i - 1, end - i + 1);
      count(tail.data() + 1);
      i = end;
    }
    lf_count += hn::GetLane(hn::SumOfLanes(sums_tag, hn::SumsOf8(lfs)));
    crlf_count += hn::GetLane(hn::SumOfLanes(sums_tag, hn::SumsOf8(crlfs)));
  }
}

/// Which of the 64 bytes at `text` are LF, the first in the lowest bit.
std::uint64_t lf_bits(const std::uint8_t* text) {
  constexpr ByteTag tag;
  constexpr std::size_t lanes = hn::MaxLanes(tag);
  static_assert(lanes <= 64, "a block is at least one vector");
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 64; i += lanes) {
    const auto is_lf = hn::Eq(hn::LoadU(tag, text + i), hn::Set(tag, '\n'));
    std::uint64_t part = 0;
    hn::StoreMaskBits(tag, is_lf, reinterpret_cast<std::uint8_t*>(&part));
    bits |= part << i;
  }
  return bits;
}

/// The same of fewer than 64.
std::uint64_t lf_bits(const std::uint8_t* text, std::size_t size) {
  std::array<std::uint8_t, 64> block{};
  std::memcpy(block.data(), text, size);
  return lf_bits(block.data());
}

/// 0-based; 63 for no bit at all, so that there is nothing to ask about.
std::size_t lowest_bit(std::uint64_t bits) {
  return static_cast<std::size_t>(__builtin_ctzll(bits | (1ULL << 63U)));
}

/// Writes the offset after each LF to [starts, ends), in order. REQUIRES as much room as there are.
///
/// How many line ends 64 bytes hold is what no processor can guess, so the first four offsets are
/// written without asking: what is too many is written over by the next block.
template <typename Offset>
void fill_starts(const std::uint8_t* text, std::size_t size, Offset* starts, const Offset* ends) {
  constexpr int kUnasked = 4;
  std::size_t i = 0;
  for (; i + 64 <= size && ends - starts >= kUnasked; i += 64) {
    std::uint64_t bits = lf_bits(text + i);
    Offset* const next = starts + std::popcount(bits);
    for (int k = 0; k < kUnasked; ++k) {
      starts[k] = static_cast<Offset>(i + lowest_bit(bits) + 1);
      bits &= bits - 1;
    }
    for (starts += kUnasked; bits != 0; bits &= bits - 1) {
      *starts++ = static_cast<Offset>(i + lowest_bit(bits) + 1);
    }
    starts = next;
  }
  for (; starts != ends; i += 64) {
    std::uint64_t bits = i + 64 <= size ? lf_bits(text + i) : lf_bits(text + i, size - i);
    for (; bits != 0; bits &= bits - 1) {
      *starts++ = static_cast<Offset>(i + lowest_bit(bits) + 1);
    }
  }
}

void fill_narrow(const std::uint8_t* text, std::size_t size, std::uint32_t* starts,
                 const std::uint32_t* ends) {
  fill_starts(text, size, starts, ends);
}

void fill_wide(const std::uint8_t* text, std::size_t size, std::uint64_t* starts,
               const std::uint64_t* ends) {
  fill_starts(text, size, starts, ends);
}

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace firn {

namespace {

HWY_EXPORT(count_terminators);
HWY_EXPORT(fill_narrow);
HWY_EXPORT(fill_wide);

}  // namespace

std::optional<LineIndex> LineIndex::build(std::string_view text) noexcept {
  LineIndex index;
  if (text.empty()) return index;

  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  HWY_DYNAMIC_DISPATCH(count_terminators)
  (bytes, text.size(), index.counts_.terminators, index.counts_.crlf);
  index.counts_.lines = index.counts_.terminators + (text.back() == '\n' ? 0 : 1);
  index.counts_.wide = text.size() > std::numeric_limits<std::uint32_t>::max();

  const std::size_t offset_size =
      index.counts_.wide ? sizeof(std::uint64_t) : sizeof(std::uint32_t);
  const std::uint64_t offset_count = index.counts_.lines + 1;
  if (offset_count > std::numeric_limits<std::size_t>::max() / offset_size) return std::nullopt;
  auto starts = Bytes::allocate(static_cast<std::size_t>(offset_count) * offset_size);
  if (!starts) return std::nullopt;
  index.starts_ = *std::move(starts);

  const auto fill = [&](auto* offsets, auto fill_after_each_lf) {
    offsets[0] = 0;
    fill_after_each_lf(bytes, text.size(), offsets + 1, offsets + 1 + index.counts_.terminators);
    offsets[index.counts_.lines] =
        static_cast<std::remove_reference_t<decltype(*offsets)>>(text.size());
  };
  if (index.counts_.wide) {
    fill(reinterpret_cast<std::uint64_t*>(index.starts_.data()), HWY_DYNAMIC_DISPATCH(fill_wide));
  } else {
    fill(reinterpret_cast<std::uint32_t*>(index.starts_.data()), HWY_DYNAMIC_DISPATCH(fill_narrow));
  }
  return index;
}

}  // namespace firn

#endif  // HWY_ONCE
