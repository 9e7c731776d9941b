#pragma once

#include <ctime>
#include <utility>

namespace firn_test {

/// Seconds that this thread has had a processor.
inline double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + (static_cast<double>(time.tv_nsec) * 1e-9);
}

/// Seconds of a processor that `work` takes on this thread. What else the machine does is not in
/// it, so that a bound on it tells work that grows with the square of its input from a busy
/// machine.
template <typename Work>
double processor_seconds_of(Work&& work) {
  const double begin = processor_seconds();
  std::forward<Work>(work)();
  return processor_seconds() - begin;
}

}  // namespace firn_test
