#include "firn/read_text_edits.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "random_text.h"

namespace firn_test {
namespace {

using firn::read_text_edits;
using firn::TextEdit;

constexpr std::string_view kEdit =
    R"({"range":{"start":{"line":0,"character":1},"end":{"line":0,"character":2}},"newText":"x"})";

TEST(ReadTextEdits, ReadsWhatAnEditorSends) {
  const auto edits = read_text_edits(R"([
      {"newText": "\u00e4\ud83d\ude00\n", "range":
        {"end": {"character": 2, "line": 3}, "start": {"line": 1, "character": 0}}},
      {"x-mine": {"a": [1]}, "newText": "", "range":
        {"start": {"line": 4, "character": 5}, "end": {"line": 4, "character": 9007199254740991}}}
    ])");
  ASSERT_TRUE(edits.has_value()) << edits.error().message;
  ASSERT_EQ(edits->edits().size(), 2U);
  const TextEdit& first = edits->edits()[0];
  EXPECT_EQ(first.start, (firn::TextPosition{1, 0}));
  EXPECT_EQ(first.end, (firn::TextPosition{3, 2}));
  EXPECT_EQ(first.new_text, "\xC3\xA4\xF0\x9F\x98\x80\n");
  EXPECT_EQ(edits->edits()[1].end, (firn::TextPosition{4, firn::kMaxCount}));
  EXPECT_EQ(edits->edits()[1].new_text, "");
  EXPECT_TRUE(read_text_edits(" [ ] ")->edits().empty());
}

TEST(ReadTextEdits, OwnsItsTexts) {
  std::string json = "[" + std::string(kEdit) + "]";
  const auto edits = read_text_edits(json).value();
  const auto copy = edits;
  json.assign(json.size(), '!');
  EXPECT_EQ(copy.edits()[0].new_text, "x");
  const firn::Snapshot snapshot = frozen("abc\n");
  EXPECT_EQ(applied(snapshot, firn::batch_of_text_edits(snapshot, copy.edits()).value()), "axc\n");
}

TEST(ReadTextEdits, RefusesWhatIsNoListOfEditsAndSaysWhere) {
  struct Row {
    std::string json;  ///< A backtick where the error points.
    std::string message;
  };
  const std::string prefix = "[" + std::string(kEdit) + ",";
  const std::vector<Row> rows = {
      {"`{}", "text edits are an array, not an object"},
      {" `7", "text edits are an array, not 7"},
      {prefix + "`null]", "edits[1] is null, not an object"},
      {prefix + "`{}]", "edits[1] has no range"},
      {prefix + R"({"newText":"",`"text":""}])",
       R"(edits[1]."text" is an unknown key; a key of your own begins with "x-")"},
      {prefix + R"({"newText":`7}])", "edits[1].newText is 7, not a string"},
      {prefix + R"({"newText":"",`"newText":""}])", "edits[1].newText is given a second time"},
      {prefix + R"({"range":`[],"newText":""}])", "edits[1].range is an array, not an object"},
      {prefix + R"({"range":`{"end":{"line":0,"character":0}},"newText":""}])",
       "edits[1].range has no start"},
      {prefix + R"({"range":{"start":`{"line":0}},"newText":""}])",
       "edits[1].range.start has no character"},
      {prefix + R"({"range":{"start":{"line":`-1}},"newText":""}])",
       "edits[1].range.start.line is -1, not a whole number from 0 to 9007199254740991"},
      {prefix + R"({"range":{"start":{"line":0,"character":0,`"column":0}},"newText":""}])",
       R"(edits[1].range.start."column" is an unknown key; a key of your own begins with "x-")"},
  };
  for (const Row& row : rows) {
    std::string json = row.json;
    const std::size_t offset = json.find('`');
    json.erase(offset, 1);
    const auto edits = read_text_edits(json);
    ASSERT_FALSE(edits.has_value()) << row.json;
    EXPECT_EQ(name_of(edits.error().code), "malformed_batch") << row.json;
    EXPECT_EQ(edits.error().message, row.message);
    ASSERT_TRUE(edits.error().position.has_value()) << row.json;
    EXPECT_EQ(edits.error().position->byte_offset, offset) << row.json;
    EXPECT_EQ(edits.error().patch.has_value(), row.json.starts_with(prefix)) << row.json;
  }
}

TEST(ReadTextEdits, RefusesWhatIsNoJson) {
  for (const std::string_view json : {"", "[", "[{}", "[]]", "[1,]", "\xEF\xBB\xBF[]",
                                      "[{\"newText\":\"\xFF\"}]", R"([{"newText":"\ud800"}])"}) {
    const auto edits = read_text_edits(json);
    ASSERT_FALSE(edits.has_value()) << json;
    EXPECT_EQ(name_of(edits.error().code), "malformed_json") << json;
    EXPECT_TRUE(edits.error().message.starts_with("the list of text edits is not JSON: "))
        << edits.error().message;
    EXPECT_TRUE(edits.error().position.has_value()) << json;
  }
}

TEST(ReadTextEdits, KeepsItsLimits) {
  const std::string json = "[" + std::string(kEdit) + "," + std::string(kEdit) + "]";
  EXPECT_TRUE(read_text_edits(json, {.batch_bytes = json.size(), .patches = 2, .nesting = 4}));
  const std::vector<firn::Limits> limits = {
      {.batch_bytes = json.size() - 1}, {.patches = 1}, {.nesting = 3}};
  for (const firn::Limits& limit : limits) {
    const auto edits = read_text_edits(json, limit);
    ASSERT_FALSE(edits.has_value());
    EXPECT_EQ(name_of(edits.error().code), "limit_exceeded") << edits.error().message;
    EXPECT_TRUE(edits.error().limit.has_value());
  }
}

}  // namespace
}  // namespace firn_test
