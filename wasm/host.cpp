// What the C++ library would ask of an operating system, asked of JavaScript.

#include <ctime>

extern "C" {

/// Milliseconds, from any beginning.
[[clang::import_module("firn"), clang::import_name("now")]] double firn_now();

/// For std::chrono.
int clock_gettime(clockid_t /*clock*/, timespec* time) {
  constexpr double kNanosecondsPerMillisecond = 1e6;
  constexpr long long kNanosecondsPerSecond = 1'000'000'000;
  const auto now = static_cast<long long>(firn_now() * kNanosecondsPerMillisecond);
  time->tv_sec = static_cast<time_t>(now / kNanosecondsPerSecond);
  time->tv_nsec = static_cast<long>(now % kNanosecondsPerSecond);
  return 0;
}
}
