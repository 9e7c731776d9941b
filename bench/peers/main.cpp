// firn_bench_peers NAME=OLDER=NEWER...: two versions of a file each, by path.

#include <benchmark/benchmark.h>
#include <git2.h>

#include <deque>
#include <string>

#include "benches.h"
#include "firn/firn.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  git_libgit2_init();
  std::deque<firn_bench::Versions> all;
  for (int i = 1; i < argc; ++i) {
    const auto& versions = all.emplace_back(firn_bench::read_versions(argv[i]));
    firn_bench::register_diff(versions);
    firn_bench::register_merge(versions);
  }
  benchmark::AddCustomContext("fact: libgit2", LIBGIT2_VERSION);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  git_libgit2_shutdown();
  return 0;
}
