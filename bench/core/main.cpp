#include <benchmark/benchmark.h>

#include "facts.h"
#include "workload.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  firn_bench::add_facts();
  const firn_bench::Workload& shared = firn_bench::workload_of({.lines = 5'000, .patches = 500});
  benchmark::AddCustomContext("fact: patched 5,000/500",
                              firn::to_hex(firn::fingerprint_of(shared.output)));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
