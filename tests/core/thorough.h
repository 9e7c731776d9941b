#pragma once

#include <cstdint>

namespace firn_test {

/// Whether this build has the time for all of the random work: one that is optimised, and looks at
/// no address of its own.
#if !defined(NDEBUG) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kThorough = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kThorough = false;
#else
inline constexpr bool kThorough = true;
#endif
#else
inline constexpr bool kThorough = true;
#endif

/// How often to try something: `all` times, or a tenth where every step costs ten times more.
constexpr std::uint64_t rounds(std::uint64_t all) { return kThorough ? all : all / 10; }

}  // namespace firn_test
