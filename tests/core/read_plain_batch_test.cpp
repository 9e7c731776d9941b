#include "read_plain_batch.h"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "case.h"
#include "firn/read_batch.h"
#include "naive_text.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::Batch;
using firn::Limits;
using firn::Patch;
using Json = nlohmann::ordered_json;

std::optional<Batch> read_plain(std::string_view json, const Limits& limits = {}) {
  return firn::read_plain_batch(ExactCopy(json).view(), limits);
}

TEST(ReadPlainBatch, TakesWhatProgramsPrint) {
  const std::vector<std::string> rows = {
      "[]",
      " [ ]\n",
      R"({"patches":[]})",
      R"([{"op":"delete","line":5}])",
      R"([{"op":"delete","lineNumber":5,"endLine":9007199254740991}])",
      "{\n\t\"patches\": [\r\n { \"line\": 1, \"op\": \"insert\", \"lines\": [ \"a\" , \"\" ] } ] "
      "}",
      R"([{"op":"insert","line":1,"lines":["\" \\ \/ \b \f \r \t, to the end of it \\"]}])",
      R"([{"op":"insert","line":1,"text":"a\r\nb\n","id":"p"}])",
      R"([{"op":"replace","line":1,"text":"a","expect":"b\nc","verbatim":true}])",
      R"([{"op":"replace","line":1,"text":"","verbatim":false}])",
      "[{\"op\":\"insert\",\"line\":1,\"lines\":[\"\xC3\xA9 \xF0\x9F\x98\x80\"]}]",
      R"({"schema":"firn.batch/1","id":"b","file":"f","revision":0,"patches":[],)"
      R"("base":{"fingerprint":"0123456789abcdef0123456789ABCDEF","lineCount":0}})",
  };
  for (const std::string& json : rows) EXPECT_TRUE(read_plain(json)) << json;
}

TEST(ReadPlainBatch, LeavesAllElseToTheOtherReader) {
  const std::vector<std::string> rows = {
      "", "{}", "null", "[] []", "[{}]", "[]]", "\xEF\xBB\xBF[]", std::string("[]\0", 3),
      R"({"patches":[],"patches":[]})", R"({"patches":[],"x-a":1})", R"({"patches":[],})",
      R"([{"op":"delete","line":5},])", R"([{"op":"delete","line":5}{"op":"delete","line":6}])",
      R"([{"\u006fp":"delete","line":5}])", R"([{"type":"delete_line","line":5}])",
      R"([{"op":"delete_line","line":5}])", R"([{"op":"delete"}])", R"([{"line":5}])",
      R"([{"op":"delete","line":5,"lineNumber":5}])", R"([{"op":"delete","line":05}])",
      R"([{"op":"delete","line":0}])", R"([{"op":"delete","line":-1}])",
      R"([{"op":"delete","line":1.0}])", R"([{"op":"delete","line":1e3}])",
      R"([{"op":"delete","line":9007199254740992}])", R"([{"op":"delete","line":}])",
      R"([{"op":"delete","line":10000000000000000}])", R"([{"op":"delete","line":5,"id":""}])",
      R"([{"op":"insert","line":5,"text":"\u0041"}])", R"([{"op":"insert","line":5,"text":"\x"}])",
      "[{\"op\":\"insert\",\"line\":5,\"text\":\"\n\"}]", R"([{"op":"insert","line":5,"text":"})",
      "[{\"op\":\"insert\",\"line\":5,\"text\":\"\xC3\"}]",
      // Half a character, which what the escape leaves behind it would make whole.
      "[{\"op\":\"insert\",\"line\":5,\"text\":\"\\n\xE2\x82\"}]",
      R"([{"op":"insert","line":5,"lines":["a\nb"]}])",
      R"([{"op":"insert","line":5,"text":"","verbatim":tru}])",
      R"([{"op":"insert","line":5,"text":null}])", R"({"patches":[],"schema":"firn.batch/2"})",
      R"({"patches":[],"base":{"fingerprint":"0"}})"};
  for (const std::string& json : rows) EXPECT_FALSE(read_plain(json)) << literal(json);
}

TEST(ReadPlainBatch, LeavesWhatPassesALimitToTheOtherReader) {
  const std::string two =
      R"([{"op":"insert","line":1,"lines":["a","b"]},{"op":"delete","line":1}])";
  EXPECT_TRUE(read_plain(two, {.batch_bytes = two.size(), .patches = 2, .text_lines = 2}));
  EXPECT_FALSE(read_plain(two, {.batch_bytes = two.size() - 1}));
  EXPECT_FALSE(read_plain(two, {.patches = 1}));
  EXPECT_FALSE(read_plain(two, {.text_lines = 1}));
  EXPECT_FALSE(read_plain(two, {.nesting = 3}));
}

/// As a program would print it, of what UTF-8 cannot spell only as much as can be.
std::string printed(const Case& given, int indent) {
  Json patches = Json::array();
  for (const PatchCase& patch : given.patches) {
    Json json = {{"op", name_of(patch.op)}, {"line", patch.line}};
    if (!patch.id.empty()) json["id"] = patch.id;
    if (patch.end_line) json["endLine"] = *patch.end_line;
    if (patch.text) json["text"] = *patch.text;
    if (patch.lines) json["lines"] = *patch.lines;
    if (patch.expect) json["expect"] = *patch.expect;
    if (patch.verbatim) json["verbatim"] = true;
    patches.push_back(json);
  }
  const Json batch = {{"id", "b"}, {"revision", given.revision.value_or(0)}, {"patches", patches}};
  return batch.dump(indent, ' ', false, Json::error_handler_t::replace);
}

/// The same JSON, but with a key spelled so that only the other reader takes it.
std::string respelled(std::string json) {
  constexpr std::string_view plain = R"("id")";
  constexpr std::string_view escaped = R"("\u0069d")";
  for (auto at = json.find(plain); at != std::string::npos; at = json.find(plain, at + 1)) {
    json.replace(at, plain.size(), escaped);
  }
  return json;
}

void expect_equal(const Batch& a, const Batch& b, const std::string& json) {
  ASSERT_EQ(a.text(), b.text()) << literal(json);
  ASSERT_EQ(a.patches().size(), b.patches().size()) << literal(json);
  EXPECT_EQ(a.id(), b.id()) << literal(json);
  EXPECT_EQ(a.revision(), b.revision()) << literal(json);
  for (std::size_t i = 0; i < a.patches().size(); ++i) {
    const Patch& x = a.patches()[i];
    const Patch& y = b.patches()[i];
    EXPECT_TRUE(x.op == y.op && x.line == y.line && x.end_line == y.end_line && x.text == y.text &&
                x.text_line_count == y.text_line_count && x.first_text_line == y.first_text_line &&
                x.id == y.id && x.expect == y.expect && x.verbatim == y.verbatim &&
                x.written_with_crlf == y.written_with_crlf)
        << i << " of " << literal(json);
  }
}

TEST(ReadPlainBatch, ReadsWhatTheOtherReaderReads) {
  Dice dice(seed_from_environment());
  std::uint64_t plain_count = 0;
  for (std::uint64_t round = 0; round < rounds(4'000); ++round) {
    const std::string json = printed(random_case(dice), dice.one_in(4) ? 1 : -1);
    ASSERT_FALSE(read_plain(respelled(json))) << literal(json);
    const auto other = firn::read_batch(respelled(json));
    const auto plain = read_plain(json);
    if (plain) {
      ++plain_count;
      ASSERT_TRUE(other) << literal(json) << ": " << other.error().message;
      expect_equal(*plain, *other, json);
    } else {
      // Only what has a letter that JSON spells by its number.
      EXPECT_TRUE(!other || json.find("\\u") != std::string::npos) << literal(json);
    }
  }
  EXPECT_GT(plain_count, rounds(4'000) / 4);
}

TEST(ReadPlainBatch, TakesNothingDamagedThatTheOtherReaderRefuses) {
  constexpr std::string_view letters = "\"\\,:[]{}01 ntu-.e\n\xC3";
  Dice dice(seed_from_environment());
  for (std::uint64_t round = 0; round < rounds(20'000); ++round) {
    std::string json = printed(random_case(dice), -1);
    for (std::uint64_t damage = dice.between(1, 3); damage > 0; --damage) {
      json[dice.roll(json.size())] = dice.pick(letters);
    }
    const auto plain = read_plain(json);
    if (!plain) continue;
    const auto other = firn::read_batch(respelled(json));
    ASSERT_TRUE(other) << literal(json) << ": " << other.error().message;
    expect_equal(*plain, *other, json);
  }
}

}  // namespace
}  // namespace firn_test
