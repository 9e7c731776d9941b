#include "firn/word_diff.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "firn/to_json.h"
#include "processor_time.h"
#include "random_text.h"

namespace firn_test {
namespace {

using firn::changed_words;
using firn::WordChange;

/// The line with what is marked in brackets.
std::string marked(std::string_view line, const std::vector<WordChange>& changes,
                   firn::ByteRange WordChange::* side) {
  std::string text;
  std::size_t at = 0;
  for (const WordChange& change : changes) {
    const firn::ByteRange range = change.*side;
    text.append(line.substr(at, range.begin - at)).append("[");
    text.append(line.substr(range.begin, range.end - range.begin)).append("]");
    at = range.end;
  }
  return text.append(line.substr(at));
}

std::string without_brackets(std::string text) {
  std::erase_if(text, [](char byte) { return byte == '[' || byte == ']'; });
  return text;
}

TEST(ChangedWords, MarkWhatPeopleWouldMark) {
  struct Row {
    std::string before;  ///< With what is marked in brackets.
    std::string after;
  };
  const std::vector<Row> rows = {
      {"", ""},
      {"same", "same"},
      {"[]", "[new]"},
      {"const [oldName] = 1;", "const [newName] = 1;"},
      {"f(a[])", "f(a[, b])"},
      {"f(a, [b, ]c)", "f(a, []c)"},
      {"[one two] three", "[four five] three"},
      {"x =[ ]1", "x =[  ]1"},
      {"[item10]", "[item11]"},
      {"a[+]b", "a[-]b"},
      {"[caf\xC3\xA9] x", "[cafes] x"},
      {"\xE6\x97\xA5[\xE6\x9C\xAC]", "\xE6\x97\xA5[\xE8\xAA\x9E]"},
      {"2[\xC3\x97]3", "2[\xC3\xB7]3"},
      {"[\xF0\x9F\x98\x80]", "[\xF0\x9F\x98]"},
      {"<b class=\"[red]\">", "<b class=\"[blue]\">"},
  };
  for (const Row& row : rows) {
    const std::string before = without_brackets(row.before);
    const std::string after = without_brackets(row.after);
    const auto changes = changed_words(before, after).value();
    EXPECT_EQ(marked(before, changes, &WordChange::before), row.before);
    EXPECT_EQ(marked(after, changes, &WordChange::after), row.after);
  }
}

std::string random_line(RandomText& random) {
  static const std::string pieces[] = {"a",
                                       "foo",
                                       "b2",
                                       " ",
                                       "  ",
                                       "\t",
                                       "\n",
                                       "n ",
                                       ",",
                                       "(",
                                       ")",
                                       "\xC3\xA9",
                                       "\xFF",
                                       "\r",
                                       "\xE6\x97\xA5",
                                       "\xF0\x9F\x98\x80",
                                       std::string(1, '\0')};
  std::string line;
  for (std::uint64_t i = random.below(12); i > 0; --i)
    line += pieces[random.below(std::size(pieces))];
  return line;
}

TEST(ChangedWords, AreAscendingAndAllElseIsEqual) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (int round = 0; round < 20'000; ++round) {
    const std::string before = random_line(random);
    const std::string after = random.one_in(5) ? before : random_line(random);
    const auto changes = changed_words(before, after).value();
    ASSERT_EQ(changes.empty(), before == after);
    std::string rebuilt;
    std::uint64_t at = 0;
    for (const WordChange& change : changes) {
      ASSERT_LE(at, change.before.begin);
      ASSERT_LE(change.before.begin, change.before.end);
      ASSERT_TRUE(change.before.begin < change.before.end || change.after.begin < change.after.end);
      const std::string_view common = std::string_view(before).substr(at, change.before.begin - at);
      if (at > 0 || rebuilt.size() > 0) {
        ASSERT_NE(common.find_first_not_of(" \t\n\v\f\r"), std::string_view::npos)
            << "an island of white space in " << before << " > " << after;
      }
      rebuilt += common;
      ASSERT_EQ(rebuilt.size(), change.after.begin);
      rebuilt += after.substr(change.after.begin, change.after.end - change.after.begin);
      at = change.before.end;
    }
    ASSERT_EQ(rebuilt + before.substr(at), after);
  }
}

TEST(ChangedWords, TakeBoundedTimeOnHostileLines) {
  RandomText random(3);
  const auto line = [&] {
    std::string text;
    while (text.size() < 200'000) text += random.one_in(2) ? "a " : "b ";
    return text;
  };
  const std::string before = line();
  const std::string after = line();
  EXPECT_LT(processor_seconds_of([&] { ASSERT_TRUE(changed_words(before, after).has_value()); }),
            20);
}

TEST(ChangedWords, AreUtf16UnitsInJson) {
  EXPECT_EQ(firn::changed_words_json("\xF0\x9F\x98\x80\xC3\xA9 old;", "\xF0\x9F\x98\x80\xC3\xA9 n;")
                .value(),
            R"([{"before":{"from":4,"to":7},"after":{"from":4,"to":5}}])");
  EXPECT_EQ(firn::changed_words_json("\xFF x", "\xFF y").value(),
            R"([{"before":{"from":2,"to":3},"after":{"from":2,"to":3}}])");
  EXPECT_EQ(firn::changed_words_json("x", "x").value(), "[]");
}

}  // namespace
}  // namespace firn_test
