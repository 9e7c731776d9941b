// firn_bench_counts NAME=OLDER=NEWER: prints, as JSON, what each of the hot verbs asks of the heap;
// under Callgrind their instructions are counted as well.

#include <cstdio>
#include <vector>

#include "allocations.h"
#include "firn/firn.h"
#include "instructions.h"
#include "verbs.h"
#include "versions.h"
#include "workload.h"

namespace {

using firn_bench::heap_use;

void print(const char* what, const std::string& of, double number) {
  std::printf(",\n\"%s %s\": %.17g", what, of.c_str(), number);
}

/// Warm: it has run once.
void count(const firn_bench::Verb& verb) {
  const auto prepare = [&] {
    if (verb.prepare) verb.prepare();
  };
  prepare();
  verb.run();
  prepare();
  const auto before = heap_use().allocations;
  verb.run();
  print("allocations", verb.name, static_cast<double>(heap_use().allocations - before));
  print("units", verb.name, static_cast<double>(verb.unit_count));
  prepare();
  firn_bench::count_instructions(verb.name.c_str(), verb.run);
}

/// From a file's bytes and a batch's JSON to patched bytes: the most that is held at once, in terms
/// of the file and the output.
double peak_of_apply() {
  const auto& workload = firn_bench::workload_of({.lines = 100'000, .patches = 1'000});
  const std::string_view file = workload.snapshot.bytes();
  const auto before = heap_use().live_bytes;
  firn_bench::forget_peak();
  const auto snapshot = firn::freeze(*firn::Bytes::copy_of(file));
  const auto batch = firn::read_batch(workload.variants.front().json);
  const auto patched = firn::apply(*snapshot, *batch);
  const auto output = patched->bytes();
  const auto peak = static_cast<double>(heap_use().peak_bytes - before);
  return peak / static_cast<double>(file.size() + output->view().size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: firn_bench_counts NAME=OLDER=NEWER\n", stderr);
    return 2;
  }
  const auto versions = firn_bench::read_versions(argv[1]);
  std::printf("{\"peak apply\": %.17g", peak_of_apply());
  for (const auto& verb : firn_bench::hot_verbs(versions)) count(verb);
  std::puts("\n}");
  return 0;
}
