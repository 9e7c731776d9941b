#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "case.h"
#include "firn/firn.h"

/// A hunk that adds lines behind a last line without newline glued the first of them to it: "f" and
/// "r" became "fr". GNU patch does so still, where fuzz has brought the hunk there.
namespace firn_test {
namespace {

std::string placed(std::string_view text, std::string_view diff) {
  const firn::Snapshot snapshot = frozen(text);
  const firn::Diff read = firn::read_diff(diff).value();
  const auto found =
      firn::place(snapshot, read.files()[0], {.placement = firn::Placement::fuzzy}).value();
  return std::string(firn::apply(snapshot, found.batch).value().bytes().value().view());
}

TEST(Regression, NoLineIsGluedToTheNext) {
  EXPECT_EQ(placed("f", "--- a/x\n+++ b/x\n@@ -1,0 +2 @@\n+r\n"), "f\nr\n");
  EXPECT_EQ(placed("e\r\nf", "--- a/x\n+++ b/x\n@@ -2,0 +3 @@\n+r\n"), "e\r\nf\r\nr\n");
  EXPECT_EQ(placed("f", "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n f\n\\ No newline at end of file\n+r\n"),
            "f\nr\n");
}

}  // namespace
}  // namespace firn_test
