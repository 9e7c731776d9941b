// What a screen needs: 60 lines of a patched text that is never made as a whole.

#include <benchmark/benchmark.h>

#include "arguments.h"

namespace firn_bench {

namespace {

void viewport(benchmark::State& state) {
  const Workload& workload = workload_for(state);
  const auto patched = firn::apply(workload.snapshot, workload.variants.front().batch);
  const std::uint64_t from = patched->line_count() / 2;
  for (auto _ : state) {
    auto lines = patched->lines({.from = from, .to = from + 59});
    benchmark::DoNotOptimize(lines);
  }
}

BENCHMARK(viewport)->Args({5'000, 500})->Args({100'000, 1'000})->Args({1'000'000, 10'000});

}  // namespace

}  // namespace firn_bench
