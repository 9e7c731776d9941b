#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "case.h"
#include "firn/firn.h"

/// Each conflict holds its three sides whole. So a thousand patches of a line, in a text that was
/// rewritten from top to bottom, were a thousand times three texts: gigabytes for a few kilobytes.
namespace firn_test {
namespace {

constexpr std::size_t kLineCount = 64;
constexpr std::size_t kLineBytes = std::size_t{1} << 17U;

std::string text_of(char letter) {
  std::string text;
  for (std::size_t line = 0; line < kLineCount; ++line) text.append(kLineBytes, letter) += '\n';
  return text;
}

firn::Result<firn::Rebased> rebased(std::size_t patch_count) {
  Case given{.text = text_of('a')};
  for (std::size_t line = 1; line <= patch_count; ++line) {
    given.patches.push_back({.op = firn::Op::replace_lines, .line = line, .text = "new"});
  }
  const auto patched = firn::apply(frozen(given.text), build(given)).value();
  return firn::rebase(patched, frozen(text_of('b')));
}

TEST(Regression, ConflictsOfARebaseHaveABound) {
  const auto refused = rebased(kLineCount);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, firn::ErrorCode::limit_exceeded);
  EXPECT_EQ(refused.error().limit, firn::kMaxDisputedBytes);
  // Three sides of 8 MiB each.
  EXPECT_EQ(refused.error().patch->index, 10U);
  EXPECT_EQ(refused.error().message,
            "the conflicts up to that of patches[10] hold more than 268435456 bytes");
}

TEST(Regression, AConflictOfTheWholeTextIsToldWhole) {
  const auto one = rebased(1).value();
  ASSERT_EQ(one.patches.size(), 1U);
  EXPECT_EQ(one.patches[0].carried, firn::Carried::conflict);
  EXPECT_EQ(one.patches[0].base, text_of('a'));
  EXPECT_EQ(one.patches[0].theirs, text_of('b'));
}

}  // namespace
}  // namespace firn_test
