#include "myers_kernels.h"

#include <algorithm>
#include <bit>

// Highway compiles this file once per instruction set and picks at run time; in WebAssembly there
// is one, SIMD128.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "myers_kernels.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

#include "mask_bits-inl.h"

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using PlaceTag = hn::CappedTag<std::int32_t, 16>;
using TokenTag = hn::CappedTag<std::uint32_t, 16>;

constexpr auto kLanes = static_cast<std::int32_t>(hn::MaxLanes(PlaceTag()));
static_assert(kLanes <= kDiagonalPadding && kLanes <= static_cast<std::int32_t>(kTokenPadding));

constexpr std::int32_t kTokensCompared = 32;

/// Which of 32 tokens are equal, the first in the lowest bit.
HWY_INLINE std::uint32_t equal_bits(const std::uint32_t* a, const std::uint32_t* b) {
  constexpr TokenTag tag;
  constexpr std::size_t lanes = hn::MaxLanes(tag);
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kTokensCompared; i += lanes) {
    bits |= bits_of(tag, hn::Eq(hn::LoadU(tag, a + i), hn::LoadU(tag, b + i))) << i;
  }
  return bits;
}

/// Looks at the tokens themselves from where diagonal `i` of the step starts. Returns whether what
/// is equal was long.
HWY_INLINE bool follow(const WalkStep& step, std::int32_t i) {
  const SearchBox& box = *step.box;
  const std::int32_t diagonal = step.first_diagonal + 2 * i;
  const std::int32_t start = std::max(step.below[i] + 1, step.below[i + 1]);
  const std::int32_t limit =
      start + std::min(box.before_end - start, box.after_end - (start - diagonal));
  std::int32_t place = start;
  std::uint32_t bits = equal_bits(box.before + place, box.after + (place - diagonal));
  while (bits == ~std::uint32_t{0} && limit - place > kTokensCompared) {
    place += kTokensCompared;
    bits = equal_bits(box.before + place, box.after + (place - diagonal));
  }
  step.window_begin[i] = place;
  step.window[i] = bits & ~(std::uint32_t{1} << 31U);
  step.reached[i] = std::min(place + std::countr_one(bits), limit);
  return step.reached[i] - start > kLongRun;
}

/// How many of the lowest bits are set. REQUIRES one that is not.
template <class V>
HWY_INLINE hn::VFromD<PlaceTag> leading_equal(V bits) {
  constexpr PlaceTag tag;
  constexpr TokenTag bits_tag;
  const auto lowest_clear = hn::AndNot(bits, hn::Add(bits, hn::Set(bits_tag, 1)));
  // The exponent of a power of two, also of 2^31, which is a negative number here.
  const auto power = hn::ConvertTo(hn::Rebind<float, PlaceTag>(), hn::BitCast(tag, lowest_clear));
  const auto exponent = hn::And(hn::ShiftRight<23>(hn::BitCast(tag, power)), hn::Set(tag, 255));
  return hn::Sub(exponent, hn::Set(tag, 127));
}

bool walk(const WalkStep& step) {
  constexpr PlaceTag tag;
  constexpr std::int32_t kWindow = 31;
  const SearchBox& box = *step.box;
  const auto before_end = hn::Set(tag, box.before_end);
  const auto one = hn::Set(tag, 1);
  const auto zero = hn::Zero(tag);
  const auto window_size = hn::Set(tag, kWindow);
  const auto long_run = hn::Set(tag, kLongRun);
  const auto after_end = hn::Set(tag, box.after_end);
  auto diagonal = hn::Add(hn::Iota(tag, step.first_diagonal), hn::Iota(tag, 0));
  auto longest = zero;
  bool saw_long_run = false;
  for (std::int32_t i = 0; i < step.count; i += kLanes) {
    const auto below = hn::LoadU(tag, step.below + i);
    const auto start = hn::Max(hn::Add(below, one), hn::LoadU(tag, step.below + i + 1));
    const auto offset = hn::Sub(start, hn::LoadU(tag, step.window_begin + i));
    const auto is_known = hn::Lt(offset, window_size);
    const auto window = hn::LoadU(TokenTag(), step.window + i);
    const auto shift = hn::BitCast(TokenTag(), hn::IfThenElseZero(is_known, offset));
    const auto equal = hn::IfThenElseZero(is_known, leading_equal(hn::Shr(window, shift)));
    const auto after_start = hn::Sub(start, diagonal);
    const auto room =
        hn::Max(hn::Min(hn::Sub(before_end, start), hn::Sub(after_end, after_start)), zero);
    const auto run = hn::Min(equal, room);
    hn::StoreU(hn::Add(start, run), tag, step.reached + i);
    const auto is_cut_off = hn::Or(hn::Not(is_known), hn::Eq(hn::Add(equal, offset), window_size));
    // Lanes behind the last diagonal hold anything.
    const auto is_asked = hn::FirstN(tag, static_cast<std::size_t>(step.count - i));
    const auto must_look = hn::And(hn::And(is_asked, is_cut_off), hn::Gt(room, equal));
    longest = hn::Max(longest, hn::IfThenElseZero(is_asked, run));
    diagonal = hn::Add(diagonal, hn::Set(tag, 2 * kLanes));
    for (auto lanes = bits_of(tag, must_look); lanes != 0; lanes &= lanes - 1)
      saw_long_run |= follow(step, i + std::countr_zero(lanes));
  }
  return saw_long_run || !hn::AllFalse(tag, hn::Gt(longest, long_run));
}

bool any_meets(const std::int32_t* ahead, const std::int32_t* facing, std::int32_t count,
               std::int32_t distance) {
  constexpr PlaceTag tag;
  const auto apart = hn::Set(tag, distance);
  std::int32_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const auto behind = hn::Reverse(tag, hn::LoadU(tag, facing - i - (kLanes - 1)));
    if (!hn::AllTrue(tag, hn::Lt(hn::LoadU(tag, ahead + i), hn::Sub(apart, behind)))) return true;
  }
  for (; i < count; ++i) {
    if (ahead[i] >= distance - facing[-i]) return true;
  }
  return false;
}

bool share_a_token(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  constexpr TokenTag tag;
  for (std::size_t i = 0; i < b.size(); i += hn::MaxLanes(tag)) {
    const auto some = hn::LoadU(tag, b.data() + i);
    auto differs = hn::MaskFromVec(hn::Not(hn::Zero(tag)));
    for (const std::uint32_t token : a)
      differs = hn::And(differs, hn::Ne(some, hn::Set(tag, token)));
    const auto here = hn::FirstN(tag, b.size() - i);
    if (!hn::AllTrue(tag, hn::Or(differs, hn::Not(here)))) return true;
  }
  return false;
}

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace firn {

namespace {

HWY_EXPORT(walk);
HWY_EXPORT(any_meets);
HWY_EXPORT(share_a_token);

}  // namespace

bool walk(const WalkStep& step) { return HWY_DYNAMIC_DISPATCH(walk)(step); }

bool any_meets(const std::int32_t* ahead, const std::int32_t* facing, std::int32_t count,
               std::int32_t distance) {
  return HWY_DYNAMIC_DISPATCH(any_meets)(ahead, facing, count, distance);
}

bool share_a_token(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  return HWY_DYNAMIC_DISPATCH(share_a_token)(a, b);
}

}  // namespace firn

#endif  // HWY_ONCE
