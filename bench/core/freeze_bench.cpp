// Freezing: line index and fingerprint, beside memcpy of the same bytes.

#include <benchmark/benchmark.h>
#include <ctime>

#include <cstring>
#include <vector>

#include "fail.h"
#include "workload.h"

namespace firn_bench {

namespace {

/// The calling thread's own time: what other processes take does not count.
double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Ten megabytes and a bit.
const std::string& large_text() {
  static const std::string text = make_text(275'000);
  return text;
}

std::string_view text_of_bytes(std::int64_t byte_count) {
  return std::string_view(large_text()).substr(0, static_cast<std::size_t>(byte_count));
}

/// Parts of a large text, one after the other, for the reason that Workload gives. memcpy, which
/// has no branches to learn, gets one part again and again.
class Texts {
 public:
  explicit Texts(std::int64_t byte_count) : size_(static_cast<std::size_t>(byte_count)) {}

  std::string_view next() {
    if (begin_ + size_ > large_text().size()) begin_ = 0;
    const std::string_view text = std::string_view(large_text()).substr(begin_, size_);
    begin_ += size_;
    return text;
  }

 private:
  std::size_t size_;
  std::size_t begin_ = 0;
};

/// Index and fingerprint of bytes that the snapshot takes over. The bytes must be new each time,
/// so making and freeing them is kept out of the time.
void freeze_owned(benchmark::State& state) {
  Texts texts(state.range(0));
  for (auto _ : state) {
    auto bytes = firn::Bytes::copy_of(texts.next());
    if (!bytes) fail("out of memory");
    const double begin = thread_seconds();
    auto snapshot = firn::freeze(*std::move(bytes));
    benchmark::DoNotOptimize(snapshot);
    state.SetIterationTime(thread_seconds() - begin);
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void fingerprint(benchmark::State& state) {
  Texts texts(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(firn::fingerprint_of(texts.next()));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void line_index(benchmark::State& state) {
  Texts texts(state.range(0));
  for (auto _ : state) {
    auto index = firn::LineIndex::build(texts.next());
    benchmark::DoNotOptimize(index);
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void memcpy_bytes(benchmark::State& state) {
  const std::string_view text = text_of_bytes(state.range(0));
  std::vector<char> out(text.size());
  for (auto _ : state) {
    std::memcpy(out.data(), text.data(), text.size());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Arg(200'000)->Arg(1'000'000)->Arg(10'000'000);
}

BENCHMARK(freeze_owned)->Apply(sizes)->Arg(400'000)->UseManualTime();
BENCHMARK(fingerprint)->Apply(sizes);
BENCHMARK(line_index)->Apply(sizes);
BENCHMARK(memcpy_bytes)->Name("freeze_memcpy")->Apply(sizes);

}  // namespace

}  // namespace firn_bench
