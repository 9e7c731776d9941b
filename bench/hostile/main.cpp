#include <benchmark/benchmark.h>
#include <malloc.h>

#include <climits>

int main(int argc, char** argv) {
  // Memory that is freed stays with the process. Else the allocator gives large blocks back and
  // small ones not, and what doubles is the number of pages that the kernel clears.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
