#include <gtest/gtest.h>

#include <string_view>

#include "firn/file_diff.h"

/// Found by fuzzing read_diff. A diff without final newline was said to be malformed on the line
/// behind its last, which an editor does not have; and the offset was that of another place than
/// the line and the column.
namespace firn_test {
namespace {

firn::InputPosition refused_at(std::string_view diff) {
  const auto read = firn::read_diff(diff);
  EXPECT_FALSE(read.has_value());
  return read.has_value() ? firn::InputPosition{} : read.error().position.value();
}

void expect_place(const firn::InputPosition& position, std::uint64_t byte_offset,
                  std::uint64_t line, std::uint64_t byte_column) {
  EXPECT_EQ(position.byte_offset, byte_offset);
  EXPECT_EQ(position.line, line);
  EXPECT_EQ(position.byte_column, byte_column);
}

TEST(Regression, ErrorsOfAnUnfinishedDiffLieOnItsLastLine) {
  expect_place(refused_at("no\ndiff"), 7, 2, 5);
  expect_place(refused_at("no diff"), 7, 1, 8);
  expect_place(refused_at("no\ndiff\n"), 8, 3, 1);
}

// A CR that belongs to the diff is taken out while it is read, in place.
TEST(Regression, ErrorsBehindCarriageReturnsOfTheDiffLieWhereTheyAre) {
  expect_place(refused_at("--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n+b\r\n"), 35, 5, 1);
}

}  // namespace
}  // namespace firn_test
