#include <gtest/gtest.h>

#include <string_view>

#include "case.h"
#include "firn/firn.h"

/// Modes are written with six octal digits. One that has more lost the first of them, in silence,
/// and the file got permissions that nobody had named.
namespace firn_test {
namespace {

firn::Result<firn::Bytes> header_with(std::uint32_t new_mode) {
  const PatchCase patch{.op = firn::Op::replace_lines, .line = 1, .text = "b"};
  const auto patched = firn::apply(frozen("a\n"), build({.patches = {patch}})).value();
  return firn::unified_diff(
      patched,
      {.git = firn::GitHeader{.old_path = "f", .old_mode = 0100644, .new_mode = new_mode}});
}

TEST(Regression, AGitModeIsNotCutToSixDigits) {
  const auto refused = header_with(01100755);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, firn::ErrorCode::invalid_argument);
  const auto largest = header_with(0777777);
  EXPECT_NE(largest.value().view().find("\nnew mode 777777\n"), std::string_view::npos);
}

TEST(Regression, AModeOfSevenDigitsIsNotRead) {
  constexpr std::string_view kDiff = "diff --git a/f b/f\nold mode 100644\nnew mode 1100755\n";
  const auto read = firn::read_diff(kDiff);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, firn::ErrorCode::malformed_diff);
  EXPECT_EQ(read.error().position->line, 3U);
}

}  // namespace
}  // namespace firn_test
