// Reading a batch from JSON, alone and with all that follows.

#include <benchmark/benchmark.h>

#include "arguments.h"

namespace firn_bench {

namespace {

void read_batch(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  Turn turn(workload);
  for (auto _ : state) {
    auto batch = firn::read_batch(turn.next().json);
    benchmark::DoNotOptimize(batch);
  }
  const std::size_t json_bytes = workload.variants.front().json.size();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(json_bytes));
}

void read_and_apply(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  Turn turn(workload);
  for (auto _ : state) {
    const auto batch = firn::read_batch(turn.next().json);
    const auto patched = firn::apply(workload.snapshot, *batch);
    auto bytes = patched->bytes();
    benchmark::DoNotOptimize(bytes);
  }
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Args({5'000, 500})->Args({1'000'000, 10'000});
}

BENCHMARK(read_batch)->Apply(sizes)->Args({1'000'000, 5'000});
BENCHMARK(read_and_apply)->Apply(sizes);

}  // namespace

}  // namespace firn_bench
