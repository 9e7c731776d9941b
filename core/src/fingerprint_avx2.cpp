// Compiled for AVX2, whatever the rest is compiled for: so nothing of the C++ library may be used
// here, since the linker keeps one copy of an inline function for all who use it.

#include "fingerprint_avx2.h"

#include "xxh3.h"

namespace firn {

FingerprintHalves fingerprint_by_avx2(const char* bytes, std::size_t byte_count) noexcept {
  const XXH128_hash_t hash = XXH3_128bits(bytes, byte_count);
  return {.high = hash.high64, .low = hash.low64};
}

}  // namespace firn
