#include "parallel.h"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

namespace firn::tree {

namespace {

constexpr std::size_t kMaxThreads = 8;

struct Shared {
  std::size_t count;
  const std::function<void(std::size_t)>& work;
  std::atomic<std::size_t> next = 0;

  void run() {
    for (std::size_t index = next.fetch_add(1); index < count; index = next.fetch_add(1)) {
      work(index);
    }
  }
};

void* run(void* shared) {
  static_cast<Shared*>(shared)->run();
  return nullptr;
}

std::size_t threads_for(std::size_t count) {
  constexpr std::size_t kPerProcessor = 2;
  const std::size_t processors = std::max(std::thread::hardware_concurrency(), 1U);
  return std::min({count, processors * kPerProcessor, kMaxThreads});
}

}  // namespace

void for_each_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  Shared shared{.count = count, .work = work};
  // Not std::thread, which throws where the system gives no more threads.
  std::array<pthread_t, kMaxThreads> others{};
  std::size_t started = 0;
  while (started + 1 < threads_for(count) &&
         pthread_create(&others[started], nullptr, run, &shared) == 0) {
    ++started;
  }
  shared.run();
  for (std::size_t index = 0; index < started; ++index) pthread_join(others[index], nullptr);
}

}  // namespace firn::tree
