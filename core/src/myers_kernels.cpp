#include "myers_kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

// Highway compiles this file once per instruction set and picks at run time; in WebAssembly there
// is one, SIMD128.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "myers_kernels.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using PlaceTag = hn::CappedTag<std::int32_t, 16>;
using TokenTag = hn::CappedTag<std::uint32_t, 16>;

constexpr std::int32_t kWindow = 32;

/// One bit a lane, the first the lowest. Only the bytes that were stored are loaded again, or the
/// processor would wait for them.
template <class Tag, class Mask>
std::uint32_t bits_of(Tag tag, Mask mask) {
  static_assert(hn::MaxLanes(tag) <= 16, "two bytes hold them");
  std::array<std::uint8_t, 8> bytes;
  hn::StoreMaskBits(tag, mask, bytes.data());
  if constexpr (hn::MaxLanes(tag) <= 8) {
    return bytes[0];
  } else {
    std::uint16_t bits = 0;
    std::memcpy(&bits, bytes.data(), sizeof bits);
    return bits;
  }
}

/// Which of 32 tokens are equal, the first in the lowest bit.
std::uint32_t equal_bits(const std::uint32_t* a, const std::uint32_t* b) {
  constexpr TokenTag tag;
  constexpr std::size_t lanes = hn::MaxLanes(tag);
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kWindow; i += lanes) {
    bits |= bits_of(tag, hn::Eq(hn::LoadU(tag, a + i), hn::LoadU(tag, b + i))) << i;
  }
  return bits;
}

/// How many of the first `count` tokens are equal, in whole windows.
std::size_t equal_windows(const std::uint32_t* a, const std::uint32_t* b, std::size_t count) {
  constexpr TokenTag tag;
  constexpr std::size_t lanes = hn::MaxLanes(tag);
  std::size_t equal = 0;
  for (; equal + kWindow <= count; equal += kWindow) {
    auto difference = hn::Zero(tag);
    for (std::size_t i = equal; i < equal + kWindow; i += lanes) {
      const auto here = hn::Xor(hn::LoadU(tag, a + i), hn::LoadU(tag, b + i));
      difference = hn::Or(difference, here);
    }
    if (!hn::AllTrue(tag, hn::Eq(difference, hn::Zero(tag)))) break;
  }
  return equal;
}

struct Forward {
  static std::int32_t start(std::int32_t below, std::int32_t above) {
    return std::max(below + 1, above);
  }
  template <class V>
  static V starts(PlaceTag tag, V below, V above) {
    return hn::Max(hn::Add(below, hn::Set(tag, 1)), above);
  }
  template <class V>
  static auto must_look(V starts, V look_at) {
    return hn::Not(hn::Lt(starts, look_at));
  }
  static bool is_equal(const SearchArea& area, std::int32_t before, std::int32_t after) {
    return is_inside(area, before, after) && area.before[static_cast<std::size_t>(before)] ==
                                                 area.after[static_cast<std::size_t>(after)];
  }
  static bool is_inside(const SearchArea& area, std::int32_t before, std::int32_t after) {
    return before < area.before_end && after < area.after_end;
  }
  template <class V>
  static auto inside(PlaceTag tag, const SearchArea& area, V before, V after) {
    return hn::And(hn::Lt(before, hn::Set(tag, area.before_end)),
                   hn::Lt(after, hn::Set(tag, area.after_end)));
  }
  static std::int32_t ahead(std::int32_t from, std::int32_t count) { return from + count; }
  static std::int32_t distance(std::int32_t from, std::int32_t to) { return to - from; }

  /// Which of the next lines are equal, the first in the lowest bit; those outside the area are
  /// not. Behind them a bit is set, where one must look again.
  static std::uint64_t look(const SearchArea& area, std::int32_t before, std::int32_t after) {
    constexpr std::uint64_t kEnd = std::uint64_t{1} << 32U;
    const std::int32_t inside =
        std::min({area.before_end - before, area.after_end - after, kWindow});
    if (inside <= 0) return kEnd;
    const auto x = static_cast<std::size_t>(before);
    const auto y = static_cast<std::size_t>(after);
    if (std::min(area.before.size() - x, area.after.size() - y) >= std::size_t{kWindow}) {
      return kEnd | (equal_bits(&area.before[x], &area.after[y]) &
                     (~std::uint32_t{0} >> static_cast<std::uint32_t>(kWindow - inside)));
    }
    std::uint64_t bits = kEnd;
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(inside); ++i) {
      if (area.before[x + i] == area.after[y + i]) bits |= std::uint64_t{1} << i;
    }
    return bits;
  }
  static std::int32_t long_run(const SearchArea& area, std::int32_t before, std::int32_t after) {
    const std::int32_t most = std::min(area.before_end - before, area.after_end - after);
    return static_cast<std::int32_t>(equal_windows(area.before.data() + before,
                                                   area.after.data() + after,
                                                   static_cast<std::size_t>(std::max(most, 0))));
  }
  static std::int32_t leading_equal(std::uint64_t bits) { return std::countr_one(bits); }
  static std::int32_t leading_different(std::uint64_t bits) { return std::countr_zero(bits); }
  static std::uint64_t skip(std::uint64_t bits, std::int32_t count) { return bits >> count; }
};

struct Backward {
  static std::int32_t start(std::int32_t below, std::int32_t above) {
    return std::min(below, above - 1);
  }
  template <class V>
  static V starts(PlaceTag tag, V below, V above) {
    return hn::Min(below, hn::Sub(above, hn::Set(tag, 1)));
  }
  template <class V>
  static auto must_look(V starts, V look_at) {
    return hn::Not(hn::Gt(starts, look_at));
  }
  static bool is_equal(const SearchArea& area, std::int32_t before, std::int32_t after) {
    return is_inside(area, before, after) && area.before[static_cast<std::size_t>(before - 1)] ==
                                                 area.after[static_cast<std::size_t>(after - 1)];
  }
  static bool is_inside(const SearchArea& area, std::int32_t before, std::int32_t after) {
    return before > area.before_begin && after > area.after_begin;
  }
  template <class V>
  static auto inside(PlaceTag tag, const SearchArea& area, V before, V after) {
    return hn::And(hn::Gt(before, hn::Set(tag, area.before_begin)),
                   hn::Gt(after, hn::Set(tag, area.after_begin)));
  }
  static std::int32_t ahead(std::int32_t from, std::int32_t count) { return from - count; }
  static std::int32_t distance(std::int32_t from, std::int32_t to) { return from - to; }

  /// The same the other way, the first in the highest bit.
  static std::uint64_t look(const SearchArea& area, std::int32_t before, std::int32_t after) {
    constexpr std::uint64_t kEnd = std::uint64_t{1} << 31U;
    const std::int32_t inside =
        std::min({before - area.before_begin, after - area.after_begin, kWindow});
    if (inside <= 0) return kEnd;
    const auto x = static_cast<std::size_t>(before);
    const auto y = static_cast<std::size_t>(after);
    if (std::min(x, y) >= std::size_t{kWindow}) {
      const std::uint64_t bits =
          equal_bits(&area.before[x - kWindow], &area.after[y - kWindow]) &
          (~std::uint32_t{0} << static_cast<std::uint32_t>(kWindow - inside));
      return kEnd | (bits << 32U);
    }
    std::uint64_t bits = kEnd;
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(inside); ++i) {
      if (area.before[x - 1 - i] == area.after[y - 1 - i]) bits |= std::uint64_t{1} << (63U - i);
    }
    return bits;
  }
  static std::int32_t long_run(const SearchArea& area, std::int32_t before, std::int32_t after) {
    std::int32_t run = 0;
    const std::int32_t most = std::min(before - area.before_begin, after - area.after_begin);
    while (run + kWindow <= most &&
           equal_windows(area.before.data() + (before - run - kWindow),
                         area.after.data() + (after - run - kWindow), kWindow) != 0) {
      run += kWindow;
    }
    return run;
  }
  static std::int32_t leading_equal(std::uint64_t bits) { return std::countl_one(bits); }
  static std::int32_t leading_different(std::uint64_t bits) { return std::countl_zero(bits); }
  static std::uint64_t skip(std::uint64_t bits, std::int32_t count) { return bits << count; }
};

/// Follows what is equal from where diagonal `i` of the step stands. Returns whether it was long.
template <class Way>
bool follow(const WalkStep& step, std::int32_t i) {
  const std::int32_t diagonal = step.first_diagonal + 2 * i;
  const std::int32_t start = step.reached[i];
  std::int32_t place = start;
  for (;;) {
    const std::uint64_t bits = Way::look(*step.area, place, place - diagonal);
    const std::int32_t run = std::min(Way::leading_equal(bits), kWindow);
    place = Way::ahead(place, run);
    if (run == kWindow) {
      place = Way::ahead(place, Way::long_run(*step.area, place, place - diagonal));
      continue;
    }
    step.look_at[i] = Way::ahead(place, Way::leading_different(Way::skip(bits, run)));
    step.reached[i] = place;
    return Way::distance(start, place) > kLongRun;
  }
}

template <class Way>
bool walk_few(const WalkStep& step) {
  bool saw_long_run = false;
  for (std::int32_t i = 0; i < step.count; ++i) {
    const std::int32_t start = Way::start(step.below[i], step.below[i + 1]);
    const std::int32_t diagonal = step.first_diagonal + 2 * i;
    step.reached[i] = start;
    if (Way::is_equal(*step.area, start, start - diagonal)) {
      saw_long_run |= follow<Way>(step, i);
    }
  }
  return saw_long_run;
}

/// Where each diagonal begins this step. REQUIRES at least a vector of them; the last one goes over
/// some again.
template <class Way>
void start_all(const WalkStep& step) {
  constexpr PlaceTag tag;
  constexpr auto lanes = static_cast<std::int32_t>(hn::MaxLanes(tag));
  for (std::int32_t next = 0; next < step.count; next += lanes) {
    const std::int32_t i = std::min(next, step.count - lanes);
    const auto starts =
        Way::starts(tag, hn::LoadU(tag, step.below + i), hn::LoadU(tag, step.below + i + 1));
    hn::StoreU(starts, tag, step.reached + i);
  }
}

/// Of diagonals `first` to `end`, those that may have equal lines where they stand. REQUIRES at
/// least a vector of them, at most 64.
template <class Way>
std::uint64_t where_to_look(const WalkStep& step, std::int32_t first, std::int32_t end) {
  constexpr PlaceTag tag;
  constexpr auto lanes = static_cast<std::int32_t>(hn::MaxLanes(tag));
  std::uint64_t where = 0;
  for (std::int32_t next = first; next < end; next += lanes) {
    const std::int32_t i = std::min(next, end - lanes);
    const auto must_look =
        Way::must_look(hn::LoadU(tag, step.reached + i), hn::LoadU(tag, step.look_at + i));
    where |= std::uint64_t{bits_of(tag, must_look)} << static_cast<std::uint32_t>(i - first);
  }
  return where;
}

template <class Way>
bool walk(const WalkStep& step) {
  constexpr std::int32_t kGroup = 64;  // As many as a word has bits.
  if (step.count < static_cast<std::int32_t>(hn::MaxLanes(PlaceTag()))) return walk_few<Way>(step);
  start_all<Way>(step);
  bool saw_long_run = false;
  for (std::int32_t group = 0; group < step.count; group += kGroup) {
    const std::int32_t first = std::max(0, std::min(group, step.count - kGroup));
    const std::int32_t end = std::min(first + kGroup, step.count);
    for (auto where = where_to_look<Way>(step, first, end); where != 0; where &= where - 1) {
      const std::int32_t i = first + std::countr_zero(where);
      saw_long_run |= follow<Way>(step, i);
    }
  }
  return saw_long_run;
}

/// Whether `places`, of every other diagonal from `diagonal` on, all lie before the end of the
/// area, or behind its beginning.
template <class Way>
bool all_inside(const SearchArea& area, const std::int32_t* places, std::int32_t diagonal,
                std::int32_t count) {
  constexpr PlaceTag tag;
  constexpr auto lanes = static_cast<std::int32_t>(hn::MaxLanes(tag));
  auto diagonals = hn::Iota(tag, 0);
  diagonals = hn::Add(hn::Add(diagonals, diagonals), hn::Set(tag, diagonal));
  std::int32_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto before = hn::LoadU(tag, places + i);
    if (!hn::AllTrue(tag, Way::inside(tag, area, before, hn::Sub(before, diagonals)))) return false;
    diagonals = hn::Add(diagonals, hn::Set(tag, 2 * lanes));
  }
  for (; i < count; ++i) {
    if (!Way::is_inside(area, places[i], places[i] - (diagonal + 2 * i))) return false;
  }
  return true;
}

bool all_inside_forward(const SearchArea& area, const std::int32_t* places, std::int32_t diagonal,
                        std::int32_t count) {
  return all_inside<Forward>(area, places, diagonal, count);
}

bool all_inside_backward(const SearchArea& area, const std::int32_t* places, std::int32_t diagonal,
                         std::int32_t count) {
  return all_inside<Backward>(area, places, diagonal, count);
}

bool any_reaches(const std::int32_t* ahead, const std::int32_t* behind, std::int32_t count) {
  constexpr PlaceTag tag;
  constexpr auto lanes = static_cast<std::int32_t>(hn::MaxLanes(tag));
  std::int32_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto before = hn::Lt(hn::LoadU(tag, ahead + i), hn::LoadU(tag, behind + i));
    if (!hn::AllTrue(tag, before)) return true;
  }
  for (; i < count; ++i) {
    if (ahead[i] >= behind[i]) return true;
  }
  return false;
}

bool walk_forward(const WalkStep& step) { return walk<Forward>(step); }

bool walk_backward(const WalkStep& step) { return walk<Backward>(step); }

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace firn {

namespace {

HWY_EXPORT(all_inside_forward);
HWY_EXPORT(all_inside_backward);
HWY_EXPORT(any_reaches);
HWY_EXPORT(walk_forward);
HWY_EXPORT(walk_backward);

}  // namespace

bool walk(WalkDirection direction, const WalkStep& step) {
  return direction == WalkDirection::forward ? HWY_DYNAMIC_DISPATCH(walk_forward)(step)
                                             : HWY_DYNAMIC_DISPATCH(walk_backward)(step);
}

bool all_inside(WalkDirection direction, const SearchArea& area, const std::int32_t* places,
                std::int32_t first_diagonal, std::int32_t count) {
  return direction == WalkDirection::forward
             ? HWY_DYNAMIC_DISPATCH(all_inside_forward)(area, places, first_diagonal, count)
             : HWY_DYNAMIC_DISPATCH(all_inside_backward)(area, places, first_diagonal, count);
}

bool any_reaches(const std::int32_t* ahead, const std::int32_t* behind, std::int32_t count) {
  return HWY_DYNAMIC_DISPATCH(any_reaches)(ahead, behind, count);
}

}  // namespace firn

#endif  // HWY_ONCE
