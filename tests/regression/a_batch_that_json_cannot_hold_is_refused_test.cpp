#include <gtest/gtest.h>

#include "case.h"
#include "firn/to_json.h"

/// A batch whose texts are not UTF-8 was written with U+FFFD in their place, and came back as
/// another batch, in silence.
namespace firn_test {
namespace {

firn::Result<firn::Bytes> written(const PatchCase& second) {
  const PatchCase first{.op = firn::Op::insert_lines, .line = 1, .text = "caf\xC3\xA9"};
  return firn::to_json(build({.patches = {first, second}}));
}

TEST(Regression, ABatchThatJsonCannotHoldIsRefused) {
  const PatchCase with_text{.op = firn::Op::replace_lines, .line = 2, .text = "caf\xE9"};
  const PatchCase with_expect{.op = firn::Op::delete_lines, .line = 2, .expect = "caf\xE9"};
  for (const PatchCase& patch : {with_text, with_expect}) {
    const auto json = written(patch);
    ASSERT_FALSE(json.has_value());
    EXPECT_EQ(json.error().code, firn::ErrorCode::malformed_text);
    ASSERT_TRUE(json.error().patch.has_value());
    EXPECT_EQ(json.error().patch->index, 1U);
  }
  EXPECT_TRUE(written({.op = firn::Op::delete_lines, .line = 2}).has_value());
}

}  // namespace
}  // namespace firn_test
