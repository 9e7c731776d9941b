#include <gtest/gtest.h>

#include <string_view>

#include "case.h"
#include "firn/firn.h"

/// A diff that makes a file was placed at the head of one that was there, as `patch -f` does.
namespace firn_test {
namespace {

constexpr std::string_view kMakes = "--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+one\n+two\n";

TEST(Regression, NoFileIsMadeOverOneThatIsThere) {
  const firn::Diff diff = firn::read_diff(kMakes).value();
  const auto refused = firn::place(frozen("other\n"), diff.files()[0]);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().code, firn::ErrorCode::hunk_failed);
  EXPECT_FALSE(refused.error().front().already_applied);
  EXPECT_TRUE(firn::place(frozen(""), diff.files()[0]).has_value());
}

TEST(Regression, AFileThatIsMadeAlreadyIsSaidToBe) {
  const firn::Diff diff = firn::read_diff(kMakes).value();
  const auto refused = firn::place(frozen("one\ntwo\n"), diff.files()[0]);
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().front().already_applied);
}

}  // namespace
}  // namespace firn_test
