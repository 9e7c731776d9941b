#include "firn/line_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "naive_text.h"
#include "random_case.h"

namespace firn_test {
namespace {

using firn::LineIndex;
using namespace std::string_literals;

LineIndex index_of(std::string_view text) {
  auto index = LineIndex::build(text);
  EXPECT_TRUE(index.has_value());
  return *std::move(index);
}

std::vector<std::uint64_t> starts_of(const LineIndex& index) {
  std::vector<std::uint64_t> starts;
  for (std::uint64_t line = 0; line <= index.line_count(); ++line) {
    starts.push_back(index.begin_of(line));
  }
  return starts;
}

/// The same by looking at one byte after another.
struct NaiveIndex {
  explicit NaiveIndex(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\n') continue;
      starts.push_back(i + 1);
      ++terminator_count;
      if (i > 0 && text[i - 1] == '\r') ++crlf_count;
    }
    if (starts.back() != text.size()) starts.push_back(text.size());
  }

  std::vector<std::uint64_t> starts = {0};
  std::uint64_t terminator_count = 0;
  std::uint64_t crlf_count = 0;
};

void expect_as_naive(std::string_view text) {
  const LineIndex index = index_of(text);
  const NaiveIndex naive(text);
  ASSERT_EQ(starts_of(index), naive.starts) << literal(text);
  ASSERT_EQ(index.terminator_count(), naive.terminator_count) << literal(text);
  ASSERT_EQ(index.crlf_count(), naive.crlf_count) << literal(text);
}

TEST(LineIndex, SaysWhereEachLineBegins) {
  struct Row {
    std::string text;
    std::vector<std::uint64_t> starts;
    std::uint64_t crlf_count;
  };
  const std::vector<Row> rows = {
      {"", {0}, 0},
      {"a", {0, 1}, 0},
      {"\n", {0, 1}, 0},
      {"\r", {0, 1}, 0},
      {"\r\n", {0, 2}, 1},
      {"\n\r", {0, 1, 2}, 0},
      {"a\n", {0, 2}, 0},
      {"a\n\nb", {0, 2, 3, 4}, 0},
      {"a\r\nb\r\n", {0, 3, 6}, 2},
      {"a\rb\nc", {0, 4, 5}, 0},
      {"ab\nc\r\nd", {0, 3, 6, 7}, 1},
      {"\0\n\0"s, {0, 2, 3}, 0},
      {"\xFF\n\xEF\xBB\xBF", {0, 2, 5}, 0},
  };
  for (const Row& row : rows) {
    const LineIndex index = index_of(ExactCopy(row.text).view());
    EXPECT_EQ(starts_of(index), row.starts) << literal(row.text);
    EXPECT_EQ(index.crlf_count(), row.crlf_count) << literal(row.text);
  }
}

TEST(LineIndex, AgreesWithANaiveScanAtEverySizeAndAlignment) {
  Dice dice(seed_from_environment());
  for (std::size_t size = 0; size <= 300; ++size) {
    for (const std::uint64_t density : {1, 2, 5, 40}) {
      const std::size_t offset = dice.roll(64);
      std::string bytes(offset + size, '\n');
      for (std::size_t i = offset; i < bytes.size(); ++i) {
        if (dice.roll(density) > 0) bytes[i] = dice.one_in(3) ? '\r' : 'x';
      }
      const ExactCopy exact(bytes);
      ASSERT_NO_FATAL_FAILURE(expect_as_naive(exact.view().substr(offset)));
    }
  }
}

TEST(LineIndex, FindsACrLfWhereverAVectorEnds) {
  for (std::size_t at = 0; at + 2 <= 200; ++at) {
    std::string text(200, 'x');
    text.replace(at, 2, "\r\n");
    ASSERT_NO_FATAL_FAILURE(expect_as_naive(ExactCopy(text).view()));
  }
}

TEST(LineIndex, FindsALineEndInEveryLane) {
  for (std::size_t at = 0; at < 200; ++at) {
    std::string text(200, '\x0B');  // Differs from LF in one bit.
    text[at] = '\n';
    ASSERT_NO_FATAL_FAILURE(expect_as_naive(ExactCopy(text).view()));
  }
}

TEST(LineIndex, CountsMoreLineEndsThanOneLaneOfAVectorCanHold) {
  for (const std::size_t lanes : {16, 32, 64}) {
    for (const std::size_t vectors : {254, 255, 256, 511}) {
      for (const std::size_t more : {0, 1, 2, 15}) {
        std::string text(lanes * vectors + more, '\n');
        ASSERT_NO_FATAL_FAILURE(expect_as_naive(text));
        for (std::size_t at = more % 2; at < text.size(); at += 2) text[at] = '\r';
        ASSERT_NO_FATAL_FAILURE(expect_as_naive(text));
      }
    }
  }
}

TEST(LineIndex, DoesNotLookBeforeItsText) {
  const std::string_view text = "\r\n";
  EXPECT_EQ(index_of(text.substr(1)).crlf_count(), 0U);
}

TEST(LineIndex, DoesNotLookPastItsText) {
  const std::string_view text = "a\nb\n";
  EXPECT_EQ(starts_of(index_of(text.substr(0, 3))), (std::vector<std::uint64_t>{0, 2, 3}));
}

TEST(LineIndex, CostsFourBytesALineAndFourMore) {
  for (const std::uint64_t line_count : {1, 2, 1000}) {
    EXPECT_EQ(index_of(numbered_lines(line_count)).memory_bytes(), 4 * (line_count + 1));
  }
  EXPECT_EQ(index_of("").memory_bytes(), 0U);
}

TEST(LineIndex, IsEqualWhenLinesBeginAtTheSamePlaces) {
  EXPECT_EQ(index_of("a\nb"), index_of("x\ny"));
  EXPECT_EQ(index_of(""), LineIndex());
  EXPECT_FALSE(index_of("a\nb") == index_of("a\nbc"));
  EXPECT_FALSE(index_of("a\nb") == index_of("ab\n"));
}

}  // namespace
}  // namespace firn_test
