// Three texts to one, from bytes: the next published version, and our own changes to the older.

#include <benchmark/benchmark.h>
#include <git2.h>

#include <string>

#include "benches.h"
#include "fail.h"
#include "firn/firn.h"

namespace firn_bench {

namespace {

constexpr std::uint32_t kLinesPerOwnChange = 200;

struct Sides {
  std::string base;
  std::string ours;
  std::string theirs;
};

firn::Result<firn::Merged> merged_by_firn(const Sides& sides) {
  const auto base = firn::freeze(sides.base);
  const auto ours = firn::freeze(sides.ours);
  const auto theirs = firn::freeze(sides.theirs);
  return firn::merge(*base, *ours, *theirs);
}

void firn_merge(benchmark::State& state, const Sides& sides) {
  for (auto _ : state) {
    auto merged = merged_by_firn(sides);
    benchmark::DoNotOptimize(merged);
  }
}

git_merge_file_input input_of(const std::string& text) {
  git_merge_file_input input = GIT_MERGE_FILE_INPUT_INIT;
  input.ptr = text.data();
  input.size = text.size();
  input.path = "file";
  return input;
}

git_merge_file_result merged_by_libgit2(const Sides& sides) {
  const git_merge_file_input base = input_of(sides.base);
  const git_merge_file_input ours = input_of(sides.ours);
  const git_merge_file_input theirs = input_of(sides.theirs);
  git_merge_file_options options = GIT_MERGE_FILE_OPTIONS_INIT;
  options.ancestor_label = "base";
  options.our_label = "ours";
  options.their_label = "theirs";
  options.flags = GIT_MERGE_FILE_SIMPLIFY_ALNUM;
  git_merge_file_result result{};
  if (git_merge_file(&result, &base, &ours, &theirs, &options) != 0) fail("libgit2 cannot merge");
  return result;
}

void libgit2_merge(benchmark::State& state, const Sides& sides) {
  for (auto _ : state) {
    git_merge_file_result result = merged_by_libgit2(sides);
    benchmark::DoNotOptimize(result);
    git_merge_file_result_free(&result);
  }
}

void require_equal(const Versions& versions, const Sides& sides) {
  const auto merged = merged_by_firn(sides);
  git_merge_file_result result = merged_by_libgit2(sides);
  if (merged->text.view() != std::string_view(result.ptr, result.len)) {
    fail("the merge of " + versions.name + " is not libgit2's");
  }
  git_merge_file_result_free(&result);
}

}  // namespace

void register_merge(const Versions& versions) {
  const Sides sides{.base = versions.older,
                    .ours = with_own_changes(versions.older, kLinesPerOwnChange),
                    .theirs = versions.newer};
  require_equal(versions, sides);
  benchmark::RegisterBenchmark(("merge/" + versions.name).c_str(), firn_merge, sides);
  benchmark::RegisterBenchmark(("libgit2_merge/" + versions.name).c_str(), libgit2_merge, sides);
}

}  // namespace firn_bench
