// What a value says that it takes: whoever keeps many of them adds it up.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "case.h"

namespace firn_test {
namespace {

std::string lines_of(std::size_t line_count) {
  std::string text;
  for (std::size_t i = 0; i < line_count; ++i) text += "a line\n";
  return text;
}

TEST(MemoryBytes, OfASnapshotAreItsBytesAndFourForEachLine) {
  for (const std::size_t line_count : {0U, 1U, 1000U}) {
    const firn::Snapshot snapshot = frozen(lines_of(line_count));
    const std::uint64_t least = snapshot.byte_size() + 4 * line_count;
    EXPECT_GE(snapshot.memory_bytes(), least);
    EXPECT_LE(snapshot.memory_bytes(), least + 64);
  }
}

TEST(MemoryBytes, OfABatchAndOfItsPlanGrowWithThePatches) {
  const firn::Snapshot snapshot = frozen(lines_of(1000));
  std::uint64_t last_batch = 0;
  std::uint64_t last_plan = 0;
  for (const std::uint64_t patch_count : {1U, 10U, 100U}) {
    Case given;
    for (std::uint64_t line = 1; line <= patch_count; ++line) {
      given.patches.push_back(
          {.op = firn::Op::replace_lines, .line = line, .text = "another line"});
    }
    const firn::Batch batch = build(given);
    const auto patched = firn::apply(snapshot, batch);
    ASSERT_TRUE(patched);
    const std::uint64_t plan = patched->plan().memory_bytes();
    EXPECT_GE(batch.memory_bytes(), patch_count * (sizeof(firn::Patch) + 13));
    EXPECT_GE(plan, patch_count * sizeof(firn::Edit));
    EXPECT_GT(batch.memory_bytes(), last_batch);
    EXPECT_GT(plan, last_plan);
    last_batch = batch.memory_bytes();
    last_plan = plan;
  }
}

TEST(MemoryBytes, OfADiffAreItsTextItsFilesAndItsHunks) {
  const std::string text = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
  const auto diff = firn::read_diff(text);
  ASSERT_TRUE(diff);
  EXPECT_GE(diff->memory_bytes(), text.size() + sizeof(firn::FileDiff) + sizeof(firn::Hunk));
}

}  // namespace
}  // namespace firn_test
