// What the module asks of JavaScript, and what the C++ library would ask of an operating system.

#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <new>

extern "C" {

/// Milliseconds, from any beginning.
[[clang::import_module("firn"), clang::import_name("now")]] double firn_now();

/// Ends the call that needed so many bytes: JavaScript throws through it, and gives its stack back.
[[noreturn, clang::import_module("firn"), clang::import_name("out_of_memory")]] void
firn_out_of_memory(std::size_t byte_count);

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

// Core asks for large pieces by malloc, and says it when there are none. Of small ones nobody knows
// before; where they fail, the call ends, and the module lives on.
void* operator new(std::size_t byte_count) {
  void* const storage = std::malloc(byte_count);
  if (storage == nullptr) firn_out_of_memory(byte_count);
  return storage;
}

void operator delete(void* storage) noexcept { std::free(storage); }
void operator delete(void* storage, std::size_t /*byte_count*/) noexcept { std::free(storage); }
