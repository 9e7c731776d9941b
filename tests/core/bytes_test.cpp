#include "firn/bytes.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <utility>

#include "firn/out_of_memory.h"

namespace firn_test {
namespace {

using firn::Bytes;

TEST(Bytes, OfNothingHoldNothing) {
  Bytes bytes;
  EXPECT_EQ(bytes.size(), 0U);
  EXPECT_TRUE(bytes.view().empty());
  EXPECT_EQ(bytes.release(), nullptr);
  EXPECT_EQ(Bytes::allocate(0)->size(), 0U);
  EXPECT_TRUE(Bytes::copy_of("")->view().empty());
}

TEST(Bytes, AreACopyOfTheirSource) {
  const std::string_view source("a\0b\n", 4);
  const Bytes bytes = Bytes::copy_of(source).value();
  EXPECT_EQ(bytes.view(), source);
  EXPECT_NE(bytes.data(), source.data());
}

TEST(Bytes, CanBeWrittenUntilTheyAreGivenAway) {
  Bytes bytes = Bytes::allocate(3).value();
  std::memcpy(bytes.data(), "abc", 3);
  EXPECT_EQ(bytes.view(), "abc");
}

TEST(Bytes, StayWhereTheyAreWhenMoved) {
  Bytes bytes = Bytes::copy_of("abc").value();
  const char* const memory = bytes.data();
  const Bytes moved = std::move(bytes);
  EXPECT_EQ(moved.data(), memory);
  EXPECT_EQ(moved.view(), "abc");
}

TEST(Bytes, AreTheCallersToFreeOnceReleased) {
  Bytes bytes = Bytes::copy_of("abc").value();
  char* const memory = bytes.release();
  EXPECT_EQ(bytes.size(), 0U);
  EXPECT_EQ(std::string_view(memory, 3), "abc");
  std::free(memory);
}

TEST(Bytes, ForgetWhatIsTruncated) {
  Bytes bytes = Bytes::copy_of("abc").value();
  const char* const memory = bytes.data();
  bytes.truncate(2);
  EXPECT_EQ(bytes.view(), "ab");
  EXPECT_EQ(bytes.data(), memory);
  bytes.truncate(0);
  EXPECT_TRUE(bytes.view().empty());
}

TEST(Bytes, ThatTheMachineDoesNotHaveAreNothing) {
  EXPECT_FALSE(Bytes::allocate(std::numeric_limits<std::size_t>::max() / 2).has_value());
}

TEST(OutOfMemory, IsALimitThatWasPassed) {
  const firn::Error error = firn::out_of_memory("the text", 5);
  EXPECT_EQ(error.code, firn::ErrorCode::limit_exceeded);
  EXPECT_EQ(error.limit, 5U);
  EXPECT_EQ(error.message, "there is not enough memory for the text (5 bytes)");
}

}  // namespace
}  // namespace firn_test
