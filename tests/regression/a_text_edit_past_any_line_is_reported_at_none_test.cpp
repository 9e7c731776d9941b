#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

#include "case.h"
#include "firn/firn.h"

/// Lines of text edits count from 0, those of errors from 1: the last that 64 bits can count was
/// reported at line 0, which no text has.
namespace firn_test {
namespace {

firn::Error refused_at(std::uint64_t line) {
  const firn::TextEdit edit{{line, 0}, {line, 0}, "x"};
  return firn::batch_of_text_edits(frozen("a\n"), {&edit, 1}).error();
}

TEST(Regression, ATextEditPastAnyLineIsReportedAtNone) {
  EXPECT_EQ(refused_at(UINT64_MAX).code, firn::ErrorCode::line_out_of_range);
  EXPECT_EQ(refused_at(UINT64_MAX).line, std::nullopt);
  EXPECT_EQ(refused_at(firn::kMaxCount).line, std::nullopt);
  EXPECT_EQ(refused_at(firn::kMaxCount - 1).line, firn::kMaxCount);
}

}  // namespace
}  // namespace firn_test
