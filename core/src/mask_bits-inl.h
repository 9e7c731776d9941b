// Included once for each instruction set, after hwy/highway.h, inside no namespace.

#if defined(FIRN_MASK_BITS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FIRN_MASK_BITS_INL_H
#undef FIRN_MASK_BITS_INL_H
#else
#define FIRN_MASK_BITS_INL_H
#endif

#include <hwy/highway.h>

#include <array>
#include <cstdint>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace firn {
namespace HWY_NAMESPACE {

/// One bit a lane, the first the lowest. Only the bytes that were stored are loaded again, or the
/// processor would wait for them.
template <class Tag, class Mask>
HWY_INLINE std::uint32_t bits_of(Tag tag, Mask mask) {
  namespace hn = hwy::HWY_NAMESPACE;
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

}  // namespace HWY_NAMESPACE
}  // namespace firn
HWY_AFTER_NAMESPACE();

#endif
