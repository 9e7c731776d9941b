#include <benchmark/benchmark.h>

#include "workload.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("firn_version", std::string(firn::version()));
  benchmark::AddCustomContext("compiler", __VERSION__);
  const firn_bench::Workload& shared = firn_bench::workload_of({.lines = 5'000, .patches = 500});
  benchmark::AddCustomContext("base_5000", firn::to_hex(shared.snapshot.fingerprint()));
  benchmark::AddCustomContext("patched_5000_500",
                              firn::to_hex(firn::fingerprint_of(shared.output)));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
