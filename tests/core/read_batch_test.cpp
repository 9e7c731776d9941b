#include "firn/read_batch.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "case.h"
#include "firn/to_json.h"
#include "marked_json.h"
#include "naive_text.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::Batch;
using firn::ErrorCode;
using firn::Limits;
using firn::read_batch;
using Json = nlohmann::json;

firn::Result<Batch> read(std::string_view json, const Limits& limits = {}) {
  return read_batch(ExactCopy(json).view(), limits);
}

TEST(ReadBatch, TakesEverySpellingOfAPatch) {
  struct Row {
    std::string json;
    std::string canonical;  ///< The patches as the engine writes them.
  };
  const std::string p = R"({"op":"delete","line":5})";
  const std::vector<Row> rows = {
      {"[]", ""},
      {R"({"patches":[]})", ""},
      {R"([{"op":"delete","line":5}])", p},
      {R"([{"line":5,"op":"delete"}])", p},
      {R"([{"type":"delete_line","lineNumber":5}])", p},
      {R"([{"type":"delete_line","line":5}])", p},
      {R"([{"op":"delete","lineNumber":5,"endLine":5}])", p},
      {R"([{"\u006fp":"d\u0065lete","line":5}])", p},
      {" \t\r\n[ { \"op\" : \"delete\" , \"line\" : 5 } ] \n", p},
      {R"([{"op":"delete","line":5,"x-note":{"a":[1,2.5,null,"\ud83d\ude00"]}}])", p},
      {R"([{"op":"delete","line":5,"endLine":9007199254740991}])",
       R"({"op":"delete","line":5,"endLine":9007199254740991})"},
      {R"([{"op":"replace","line":1,"text":"a\r\nb"}])",
       R"({"op":"replace","line":1,"lines":["a","b"]})"},
      {R"([{"type":"write_replace_line","line":1,"text":""}])",
       R"({"op":"replace","line":1,"lines":[""]})"},
      {R"([{"type":"insert_line","line":1,"lines":["\u0000\"\\"]}])",
       R"({"op":"insert","line":1,"lines":["\u0000\"\\"]})"},
      {R"([{"op":"insert","line":1,"lines":[]}])", R"({"op":"insert","line":1,"lines":[]})"},
      {R"([{"op":"delete","line":1,"endLine":2,"expect":"a\nb","id":"\u00e9"}])",
       "{\"id\":\"\xC3\xA9\",\"op\":\"delete\",\"line\":1,\"endLine\":2,\"expect\":\"a\\nb\"}"},
  };
  for (const Row& row : rows) {
    const auto batch = read(row.json);
    ASSERT_TRUE(batch.has_value()) << row.json << ": " << batch.error().message;
    EXPECT_EQ(Json::parse(json_of(*batch))["patches"], Json::parse("[" + row.canonical + "]"))
        << row.json;
  }
}

TEST(ReadBatch, TakesAllThatIsSaidOfTheBatch) {
  const std::string hex = "0123456789ABCDEF0123456789abcdef";
  const auto batch = read(R"({"x-tool": "me", "revision": 7, "patches": [], "file": "a/b",
      "base": {"x-y": 1, "lineCount": 0, "fingerprint": ")" +
                          hex + R"("}, "id": "b-17",
      "schema": "firn.batch/1"})");
  ASSERT_TRUE(batch.has_value()) << batch.error().message;
  EXPECT_EQ(batch->id(), "b-17");
  EXPECT_EQ(batch->file(), "a/b");
  EXPECT_EQ(batch->revision(), 7U);
  EXPECT_EQ(batch->base().line_count, 0U);
  EXPECT_EQ(batch->base().fingerprint, firn::fingerprint_from_hex(hex));
  EXPECT_FALSE(read(R"({"patches":[]})")->revision().has_value());
  EXPECT_EQ(read(R"({"patches":[],"revision":9007199254740991})")->revision(), firn::kMaxCount);
}

struct Refusal {
  std::string json;  ///< A backtick where the error points.
  std::string found{};
  std::optional<std::uint64_t> patch{};
};

void expect_malformed_batch(const std::vector<Refusal>& rows) {
  for (const Refusal& row : rows) {
    const MarkedJson json(row.json);
    const auto batch = read(json.text);
    ASSERT_FALSE(batch.has_value()) << row.json;
    const firn::Error& error = batch.error();
    EXPECT_EQ(name_of(error.code), "malformed_batch") << row.json;
    EXPECT_EQ(error.found.value_or(""), row.found) << row.json;
    EXPECT_EQ(error.patch.has_value(), row.patch.has_value()) << row.json;
    if (error.patch && row.patch) {
      EXPECT_EQ(error.patch->index, *row.patch) << row.json;
    }
    ASSERT_TRUE(error.position.has_value()) << row.json;
    EXPECT_EQ(error.position->byte_offset, json.byte_offset) << row.json;
    EXPECT_FALSE(error.message.empty());
  }
}

TEST(ReadBatch, RefusesWhatIsNoBatch) {
  expect_malformed_batch({
      {"`null", "null"},
      {" `\"[]\" ", "\"[]\""},
      {"`7", "7"},
      {"`{}"},
      {R"( `{"id":"b"})"},
      {R"({"patches":`{}})", "an object"},
      {R"({"patches":`null})", "null"},
      {R"({"patches":[],`"patchs":[]})", "patchs"},
      {R"({"patches":[],`"patches":[]})", "patches"},
      {R"({`"X-a":1,"patches":[]})", "X-a"},
      {R"({"schema":`"firn.batch/2","patches":[]})", "firn.batch/2"},
      {R"({"schema":`1,"patches":[]})", "1"},
      {R"({"id":`"","patches":[]})"},
      {R"({"file":`"","patches":[]})"},
      {R"({"id":`7,"patches":[]})", "7"},
      {R"({"revision":`-1,"patches":[]})", "-1"},
      {R"({"revision":`1.0,"patches":[]})", "1.0"},
      {R"({"revision":`1e3,"patches":[]})", "1e3"},
      {R"({"revision":`9007199254740992,"patches":[]})", "9007199254740992"},
      {R"({"revision":`99999999999999999999999,"patches":[]})", "99999999999999999999999"},
      {R"({"revision":`"7","patches":[]})", "\"7\""},
      {R"({"revision":`null,"patches":[]})", "null"},
      {R"({"base":`[],"patches":[]})", "an array"},
      {R"({"base":{"lineCount":`-0,"x-":0},"patches":[]})", "-0"},
      {R"({"base":{`"linecount":1},"patches":[]})", "linecount"},
      {R"({"base":{"fingerprint":`"abc"},"patches":[]})", "abc"},
      {R"({"base":{"fingerprint":`null},"patches":[]})", "null"},
      {R"({"base":{"lineCount":1,`"lineCount":1},"patches":[]})", "lineCount"},
  });
}

TEST(ReadBatch, RefusesWhatIsNoPatch) {
  expect_malformed_batch({
      {"[`null]", "null", 0},
      {"[`7]", "7", 0},
      {"[`[]]", "an array", 0},
      {"[`{}]", "", 0},
      {R"([{"op":"delete","line":1},`{"line":1}])", "", 1},
      {R"([`{"op":"delete"}])", "", 0},
      {R"([{"op":`"remove","line":1}])", "remove", 0},
      {R"([{"op":`"Delete","line":1}])", "Delete", 0},
      {R"([{"op":`"delete_line","line":1}])", "delete_line", 0},
      {R"([{"type":`"delete","line":1}])", "delete", 0},
      {R"([{"op":`null,"line":1}])", "null", 0},
      {R"([{"op":"delete",`"type":"delete_line","line":1}])", "type", 0},
      {R"([{"op":"delete","line":1,`"lineNumber":1}])", "lineNumber", 0},
      {R"([{"op":"delete","line":1,`"line":1}])", "line", 0},
      {R"([{"op":"delete","line":1,`"lines ":1}])", "lines ", 0},
      {R"([{"op":"delete","line":`0}])", "0", 0},
      {R"([{"op":"delete","line":`-1}])", "-1", 0},
      {R"([{"op":"delete","line":`1.5}])", "1.5", 0},
      {R"([{"op":"delete","line":`1e999}])", "1e999", 0},
      {R"([{"op":"delete","line":`9007199254740992}])", "9007199254740992", 0},
      {R"([{"op":"delete","line":`18446744073709551617}])", "18446744073709551617", 0},
      {R"([{"op":"delete","line":`true}])", "true", 0},
      {R"([`{"op":"delete","line":5,"endLine":4}])", "", 0},
      {R"([`{"op":"delete","line":5,"text":""}])", "", 0},
      {R"([`{"op":"delete","line":5,"lines":[]}])", "", 0},
      {R"([`{"op":"insert","line":5,"endLine":5,"text":""}])", "", 0},
      {R"([`{"op":"insert","line":5}])", "", 0},
      {R"([`{"op":"replace","line":5,"text":"","lines":[]}])", "", 0},
      {R"([{"op":"insert","line":5,"text":`["a"]}])", "an array", 0},
      {R"([{"op":"insert","line":5,"text":`null}])", "null", 0},
      {R"([{"op":"insert","line":5,"lines":`"a"}])", "\"a\"", 0},
      {R"([{"op":"insert","line":5,"lines":["a",`1]}])", "1", 0},
      {R"([`{"op":"insert","line":5,"lines":["a\nb"]}])", "", 0},
      {R"([{"op":"delete","line":5,"expect":`5}])", "5", 0},
      {R"([{"op":"delete","line":5,"id":`""}])", "", 0},
      {R"([{"op":"delete","line":5,"id":"a"},`{"op":"delete","line":6,"id":"a"}])", "", 1},
  });
}

TEST(ReadBatch, RefusesWhatIsNoJsonAndSaysWhere) {
  const std::vector<Refusal> rows = {
      {"`"},
      {"  `"},
      {R"([{"op":"delete","line":`01}])", "", 0},
      {R"([{"op":"delete","line":`+1}])", "", 0},
      {R"([{"op":"delete","line":5`)", "", 0},
      {R"([{"op":"delete","line":5}`)"},
      {R"([{"op":"delete","line":5},`])"},
      {R"([{"op":"delete","line":5} `{}])"},
      {R"([{"op":"delete","line":5}]`])"},
      {R"([{"op":"delete","line":5,`}])", "", 0},
      {R"([{"op":"delete","line":5,"x-a":`nul}])", "", 0},
      {R"([{"op":"delete","line":5,"x-a":`"\ud800"}])", "", 0},
      {R"([{"op":"delete","line":5,"id":`"\x"}])", "", 0},
      {"[{\"op\":\"delete\",\"line\":5,\"id\":\"a`\nb\"}]", "", 0},
      {"[{\"op\":\"delete\",\"line\":5,\"id\":\"`\xFF\"}]", "", 0},
      {"`\xEF\xBB\xBF[]"},
  };
  for (const Refusal& row : rows) {
    const MarkedJson json(row.json);
    const auto batch = read(json.text);
    ASSERT_FALSE(batch.has_value()) << literal(row.json);
    EXPECT_EQ(name_of(batch.error().code), "malformed_json") << literal(row.json);
    ASSERT_TRUE(batch.error().position.has_value()) << literal(row.json);
    EXPECT_EQ(batch.error().position->byte_offset, json.byte_offset) << literal(row.json);
  }
}

TEST(ReadBatch, CountsLinesAndColumnsOfTheJson) {
  const auto batch = read("[\n  {\"op\": \"delete\",\n   \"l\xC3\xADne\": 1}\n]");
  const firn::InputPosition position = batch.error().position.value();
  EXPECT_EQ(position.byte_offset, 24U);
  EXPECT_EQ(position.line, 3U);
  EXPECT_EQ(position.byte_column, 4U);
}

TEST(ReadBatch, NamesThePatchByItsIdOnceThatIsRead) {
  const auto batch = read(R"([{"id":"p1","op":"delete","line":0}])");
  EXPECT_EQ(batch.error().patch, (firn::PatchRef{.index = 0, .id = "p1"}));
}

TEST(ReadBatch, RefusesEveryTruncationOfABatch) {
  const std::string json =
      R"({"schema":"firn.batch/1","base":{"lineCount":3},"patches":[{"op":"insert","line":1,)"
      R"("lines":["a\u00e9","b"],"x-n":[true,{"k":-1.5}]},{"op":"delete","line":12,"expect":"y"}]})";
  ASSERT_TRUE(read(json).has_value());
  for (std::size_t size = 0; size < json.size(); ++size) {
    const auto batch = read(json.substr(0, size));
    ASSERT_FALSE(batch.has_value()) << size;
    ASSERT_EQ(batch.error().code, ErrorCode::malformed_json) << json.substr(0, size);
  }
}

TEST(ReadBatch, ReadsTheBytesItIsGivenWhereverTheyLie) {
  const std::string json = R"([{"op":"insert","line":1,"text":"abc"}])";
  for (std::size_t offset = 0; offset < 70; ++offset) {
    const ExactCopy exact(std::string(offset, '}') + json);
    EXPECT_TRUE(read_batch(exact.view().substr(offset)).has_value()) << offset;
  }
}

TEST(ReadBatch, StaysWithinItsLimits) {
  struct Row {
    std::string json;
    Limits limits;
    std::optional<std::uint64_t> passed;  ///< Nothing: within them.
  };
  const std::string two = R"([{"op":"insert","line":1,"text":"a\nb"},{"op":"delete","line":1}])";
  const std::string deep = R"([{"op":"delete","line":1,"x-a":[[]]}])";
  const std::vector<Row> rows = {
      {two, {.batch_bytes = two.size()}, {}},
      {two, {.batch_bytes = two.size() - 1}, two.size() - 1},
      {two, {.patches = 2}, {}},
      {two, {.patches = 1}, 1},
      {two, {.text_lines = 2}, {}},
      {two, {.text_lines = 1}, 1},
      {R"([{"op":"insert","line":1,"lines":["a","b"]}])", {.text_lines = 2}, {}},
      {R"([{"op":"insert","line":1,"lines":["a","b"]}])", {.text_lines = 1}, 1},
      {deep, {.nesting = 4}, {}},
      {deep, {.nesting = 3}, 3},
      {R"({"x-a":[[[]]],"patches":[]})", {.nesting = 4}, {}},
      {R"({"x-a":[[[]]],"patches":[]})", {.nesting = 3}, 3},
      {"[]", {.nesting = 1}, {}},
      {"[]", {.nesting = 0}, 0},
      {"[]", {.patches = 0}, {}},
  };
  for (const Row& row : rows) {
    const auto batch = read(row.json, row.limits);
    EXPECT_EQ(batch.has_value(), !row.passed) << row.json;
    if (batch || !row.passed) continue;
    EXPECT_EQ(batch.error().code, ErrorCode::limit_exceeded) << row.json;
    EXPECT_EQ(batch.error().limit, row.passed) << row.json;
  }
}

TEST(ReadBatch, SurvivesAMillionBrackets) {
  const std::string open(1'000'000, '[');
  const std::string close(1'000'000, ']');
  const auto code_of_refusal = [](const std::string& json) { return read(json).error().code; };
  EXPECT_EQ(code_of_refusal(open), ErrorCode::malformed_json);
  EXPECT_EQ(code_of_refusal(open + close), ErrorCode::malformed_batch);
  EXPECT_EQ(code_of_refusal(R"({"x-a":)" + open + close + "}"), ErrorCode::limit_exceeded);
}

TEST(ReadBatch, TakesBackWhatToJsonWrites) {
  Dice dice(seed_from_environment());
  for (std::uint64_t round = 0; round < rounds(2'000); ++round) {
    const Batch batch = build(random_case(dice));
    if (!firn::to_json(batch)) continue;  // JSON cannot hold it.
    const std::string json = json_of(batch);
    const auto again = read(json);
    ASSERT_TRUE(again.has_value()) << json << ": " << again.error().message;
    ASSERT_EQ(json_of(*again), json);
  }
}

}  // namespace
}  // namespace firn_test
