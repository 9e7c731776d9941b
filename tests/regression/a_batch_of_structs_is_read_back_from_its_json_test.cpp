#include <gtest/gtest.h>

#include <string>

#include "case.h"
#include "firn/firn.h"

/// The bound of a batch's own id was known to the JSON reader alone: a batch made of structs, or by
/// an editor, could be written as JSON that nobody takes back.
namespace firn_test {
namespace {

firn::Result<firn::Batch> named(std::size_t id_bytes) {
  firn::BatchBuilder builder;
  builder.set_id(std::string(id_bytes, 'x'));
  EXPECT_TRUE(builder.add({.op = firn::Op::delete_lines, .line = 1}));
  return builder.build();
}

TEST(Regression, ABatchOfStructsIsReadBackFromItsJson) {
  const firn::Batch longest = named(firn::kMaxIdBytes).value();
  EXPECT_EQ(firn::read_batch(json_of(longest)).value().id(), longest.id());
}

TEST(Regression, ABatchIsRefusedForItsIdInTheSameWordsHoweverItIsMade) {
  const auto built = named(firn::kMaxIdBytes + 1);
  const auto read = firn::read_batch(R"({"id":")" + std::string(firn::kMaxIdBytes + 1, 'x') +
                                     R"(","patches":[{"op":"delete","line":1}]})");
  ASSERT_FALSE(built.has_value());
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(built.error().code, firn::ErrorCode::limit_exceeded);
  EXPECT_EQ(built.error().limit, firn::kMaxIdBytes);
  EXPECT_EQ(read.error().code, built.error().code);
  EXPECT_EQ(read.error().limit, built.error().limit);
  EXPECT_EQ(read.error().message, built.error().message);
}

}  // namespace
}  // namespace firn_test
