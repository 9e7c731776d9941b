// Two texts to what differs, from bytes: Firn freezes both and makes a batch, libgit2 a patch.

#include <benchmark/benchmark.h>
#include <git2.h>

#include <string>

#include "benches.h"
#include "fail.h"
#include "firn/firn.h"

namespace firn_bench {

namespace {

void firn_diff(benchmark::State& state, const Versions& versions) {
  for (auto _ : state) {
    const auto older = firn::freeze(versions.older);
    const auto newer = firn::freeze(versions.newer);
    auto batch = firn::diff(*older, *newer);
    benchmark::DoNotOptimize(batch);
  }
}

void firn_diff_frozen(benchmark::State& state, const Versions& versions) {
  const auto older = firn::freeze(versions.older);
  const auto newer = firn::freeze(versions.newer);
  for (auto _ : state) {
    auto batch = firn::diff(*older, *newer);
    benchmark::DoNotOptimize(batch);
  }
}

git_patch* libgit2_patch(const Versions& versions) {
  git_patch* patch = nullptr;
  if (git_patch_from_buffers(&patch, versions.older.data(), versions.older.size(), "file",
                             versions.newer.data(), versions.newer.size(), "file", nullptr) != 0) {
    fail("libgit2 cannot compare " + versions.name);
  }
  return patch;
}

void libgit2_diff(benchmark::State& state, const Versions& versions) {
  for (auto _ : state) {
    git_patch* patch = libgit2_patch(versions);
    benchmark::DoNotOptimize(patch);
    git_patch_free(patch);
  }
}

/// The batch must give the newer text, and may not change many more lines than libgit2 does.
void require_right(const Versions& versions) {
  const auto older = firn::freeze(versions.older);
  const auto newer = firn::freeze(versions.newer);
  const auto batch = firn::diff(*older, *newer);
  const auto bytes = firn::apply(*older, *batch)->bytes();
  if (bytes->view() != versions.newer) fail("the diff of " + versions.name + " is wrong");

  const auto counts = firn::analyze(*older, *batch);
  git_patch* patch = libgit2_patch(versions);
  std::size_t added = 0;
  std::size_t removed = 0;
  git_patch_line_stats(nullptr, &added, &removed, patch);
  git_patch_free(patch);
  const std::uint64_t own = counts.lines_added + counts.lines_removed;
  if (own > (added + removed) * 102 / 100) {
    fail("the diff of " + versions.name + " changes " + std::to_string(own) + " lines, libgit2's " +
         std::to_string(added + removed));
  }
}

}  // namespace

void register_diff(const Versions& versions) {
  require_right(versions);
  const auto name = [&](const char* what) { return std::string(what) + '/' + versions.name; };
  benchmark::RegisterBenchmark(name("diff").c_str(), firn_diff, versions);
  benchmark::RegisterBenchmark(name("diff_frozen").c_str(), firn_diff_frozen, versions);
  benchmark::RegisterBenchmark(name("libgit2_diff").c_str(), libgit2_diff, versions);
}

}  // namespace firn_bench
