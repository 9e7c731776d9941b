#include "shared_lines.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "firn/firn.h"

namespace firn_test {
namespace {

using firn::differing_middle;
using firn::LineRange;

/// Lines of different sizes, some empty, several blocks of 64 bytes in all.
std::string some_lines() {
  std::string text;
  for (std::size_t line = 0; line < 40; ++line) text += std::string(line % 17, 'a') + '\n';
  return text;
}

TEST(SharedLines, AByteThatDiffersIsFoundWhereverItStands) {
  const std::string text = some_lines();
  const auto before = firn::freeze(text);
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') {
      ++line;
      continue;
    }
    std::string changed = text;
    changed[at] = 'b';
    const auto hunk = differing_middle(*before, *firn::freeze(changed));
    const LineRange only{.from = line, .to = line};
    EXPECT_EQ(hunk.before, only) << "byte " << at;
    EXPECT_EQ(hunk.after, only) << "byte " << at;
  }
}

TEST(SharedLines, OfEqualTextsNothingIsLeft) {
  const auto text = firn::freeze(some_lines());
  const auto hunk = differing_middle(*text, *text);
  EXPECT_EQ(hunk.before.line_count(), 0);
  EXPECT_EQ(hunk.after.line_count(), 0);
}

}  // namespace
}  // namespace firn_test
