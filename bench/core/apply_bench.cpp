// Normalize and execute a batch that is already parsed, beside memcpy of the output. Each comes
// twice, and both sides of a ratio are treated alike: into memory that comes new from the system,
// as for a process that patches once, and into memory that is there already. memcpy has the easier
// part: it copies one output again and again, while the engine meets another batch.

#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <cstring>
#include <span>
#include <vector>

#include "arguments.h"
#include "fail.h"

namespace firn_bench {

namespace {

/// Memory as the system hands it out: each page must be brought in by whoever first writes to it.
/// (What malloc gives is sometimes that and sometimes memory in use a moment ago, by chance.)
class NewPages {
 public:
  explicit NewPages(std::size_t size)
      : size_(size),
        data_(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    if (data_ == MAP_FAILED) fail("out of memory");
  }
  NewPages(const NewPages&) = delete;
  NewPages& operator=(const NewPages&) = delete;
  ~NewPages() { munmap(data_, size_); }

  [[nodiscard]] std::span<char> bytes() const { return {static_cast<char*>(data_), size_}; }

 private:
  std::size_t size_;
  void* data_;
};

void apply_fresh(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  Turn turn(workload);
  for (auto _ : state) {
    const auto patched = firn::apply(workload.snapshot, turn.next().batch);
    const NewPages out(patched->byte_size());
    patched->write_to(out.bytes());
    benchmark::DoNotOptimize(out.bytes().data());
    benchmark::ClobberMemory();
  }
}

void apply_reused(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  Turn turn(workload);
  std::vector<char> out(turn.largest_output());
  firn::Workspace workspace;
  for (auto _ : state) {
    const auto patched = firn::apply(workload.snapshot, turn.next().batch, {}, workspace);
    patched->write_to(std::span(out).first(patched->byte_size()));
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
}

void memcpy_fresh(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  for (auto _ : state) {
    const NewPages out(workload.output.size());
    std::memcpy(out.bytes().data(), workload.output.data(), workload.output.size());
    benchmark::DoNotOptimize(out.bytes().data());
    benchmark::ClobberMemory();
  }
}

void memcpy_reused(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  std::vector<char> out(workload.output.size());
  for (auto _ : state) {
    std::memcpy(out.data(), workload.output.data(), out.size());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
}

/// Layer 2 alone: the laws, the order, the byte edits.
void normalize(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  Turn turn(workload);
  for (auto _ : state) {
    auto plan = firn::normalize(workload.snapshot, turn.next().batch);
    benchmark::DoNotOptimize(plan);
  }
}

/// Layer 3 alone.
void execute_reused(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  const auto patched = firn::apply(workload.snapshot, workload.variants.front().batch);
  std::vector<char> out(patched->byte_size());
  for (auto _ : state) {
    patched->write_to(out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
}

/// Analysis and every law, nothing applied.
void check(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  Turn turn(workload);
  for (auto _ : state) {
    auto report = firn::check(workload.snapshot, turn.next().batch);
    benchmark::DoNotOptimize(report);
  }
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Args({5'000, 500})->Args({100'000, 1'000})->Args({1'000'000, 10'000});
}

/// Half the lines, and twice the patches, of the largest.
void halved_and_doubled(benchmark::internal::Benchmark* bench) {
  bench->Args({500'000, 10'000})->Args({1'000'000, 20'000});
}

BENCHMARK(apply_fresh)->Apply(sizes);
BENCHMARK(apply_reused)->Apply(sizes)->Apply(halved_and_doubled);
BENCHMARK(memcpy_fresh)->Name("apply_memcpy_fresh")->Apply(sizes);
BENCHMARK(memcpy_reused)->Name("apply_memcpy_reused")->Apply(sizes);
BENCHMARK(normalize)->Apply(sizes);
BENCHMARK(execute_reused)->Apply(sizes);
BENCHMARK(check)->Apply(sizes);

}  // namespace

}  // namespace firn_bench
