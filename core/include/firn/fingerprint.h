#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace firn {

/// The identity of some bytes: XXH3-128 (https://xxhash.com), seed 0. It tells texts apart; it is
/// no signature, and someone who wants to can make two texts share one.
struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

/// The fingerprint of `bytes`. O(n), at memory speed.
[[nodiscard]] Fingerprint fingerprint_of(std::string_view bytes) noexcept;

/// The fingerprint of pieces as if they were one text. Allocates nothing.
class FingerprintStream {
 public:
  FingerprintStream() noexcept;

  /// O(n).
  void add(std::string_view piece) noexcept;
  [[nodiscard]] Fingerprint finish() const noexcept;

 private:
  alignas(64) std::array<std::byte, 576> state_;  ///< xxHash's own; fingerprint.cpp holds the size.
};

/// 32 lower-case hex digits, high half first: what `xxh128sum` prints.
[[nodiscard]] std::string to_hex(const Fingerprint& fingerprint);

/// The same into memory of the caller's. Allocates nothing.
void write_hex(const Fingerprint& fingerprint, std::span<char, 32> digits) noexcept;

/// Reads to_hex's form, in either case; nothing for anything else.
[[nodiscard]] std::optional<Fingerprint> fingerprint_from_hex(std::string_view hex) noexcept;

}  // namespace firn
