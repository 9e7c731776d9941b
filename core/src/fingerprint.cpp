#include "firn/fingerprint.h"

#include <array>
#include <new>

#ifdef FIRN_FINGERPRINT_AVX2
#include "fingerprint_avx2.h"
#endif
#include "xxh3.h"

namespace firn {

Fingerprint fingerprint_of(std::string_view bytes) noexcept {
#ifdef FIRN_FINGERPRINT_AVX2
  constexpr std::size_t kManyBytes = 1024;  // Fewer make no difference.
  if (bytes.size() >= kManyBytes && __builtin_cpu_supports("avx2")) {
    const auto [high, low] = fingerprint_by_avx2(bytes.data(), bytes.size());
    return {.high = high, .low = low};
  }
#endif
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {.high = hash.high64, .low = hash.low64};
}

static_assert(sizeof(XXH3_state_t) == 576 && alignof(XXH3_state_t) <= 64);

FingerprintStream::FingerprintStream() noexcept {
  XXH3_128bits_reset(new (state_.data()) XXH3_state_t);
}

void FingerprintStream::add(std::string_view piece) noexcept {
  auto* const state = std::launder(reinterpret_cast<XXH3_state_t*>(state_.data()));
  XXH3_128bits_update(state, piece.data(), piece.size());
}

Fingerprint FingerprintStream::finish() const noexcept {
  const auto* const state = std::launder(reinterpret_cast<const XXH3_state_t*>(state_.data()));
  const XXH128_hash_t hash = XXH3_128bits_digest(state);
  return {.high = hash.high64, .low = hash.low64};
}

void write_hex(const Fingerprint& fingerprint, std::span<char, 32> digits) noexcept {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (std::size_t i = 0; i < 16; ++i) {
    const unsigned shift = 60 - 4 * static_cast<unsigned>(i);
    digits[i] = kDigits[(fingerprint.high >> shift) & 0xFU];
    digits[i + 16] = kDigits[(fingerprint.low >> shift) & 0xFU];
  }
}

std::string to_hex(const Fingerprint& fingerprint) {
  std::string hex(32, '0');
  write_hex(fingerprint, std::span<char, 32>(hex));
  return hex;
}

std::optional<Fingerprint> fingerprint_from_hex(std::string_view hex) noexcept {
  if (hex.size() != 32) return std::nullopt;
  std::array<std::uint64_t, 2> halves{};
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char digit = hex[i];
    unsigned value = 0;
    if (digit >= '0' && digit <= '9') {
      value = static_cast<unsigned>(digit - '0');
    } else if (digit >= 'a' && digit <= 'f') {
      value = static_cast<unsigned>(digit - 'a') + 10;
    } else if (digit >= 'A' && digit <= 'F') {
      value = static_cast<unsigned>(digit - 'A') + 10;
    } else {
      return std::nullopt;
    }
    halves[i / 16] = (halves[i / 16] << 4U) | value;
  }
  return Fingerprint{.high = halves[0], .low = halves[1]};
}

}  // namespace firn
