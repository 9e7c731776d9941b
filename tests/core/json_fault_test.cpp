#include "json_fault.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "firn/read_batch.h"
#include "marked_json.h"
#include "naive_text.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::find_json_fault;
using firn::is_json_number;
using namespace std::string_literals;

TEST(JsonFault, IsNotFoundInJson) {
  const std::vector<std::string> rows = {
      "null",
      "true",
      " false\n",
      "0",
      "-0",
      "-1.5e+3",
      "1E9",
      "\"\"",
      "[]",
      "{}",
      "[ ]",
      "{ }",
      "[[],{}]",
      "{\"a\":[1,2,{\"b\":null}],\"a\":3}",
      "\t\r\n [1 , 2]\r\n",
      R"("\"\\\/\b\f\n\r\tA\u00e9\uD83D\uDE00")",
      "\"\x7F\"",
      "\"caf\xC3\xA9\"",
      "1e999",
      "123456789012345678901234567890",
  };
  for (const std::string& json : rows) {
    EXPECT_FALSE(find_json_fault(ExactCopy(json).view()).has_value()) << json;
  }
}

TEST(JsonFault, IsFoundWhereATokenCannotStand) {
  const std::vector<std::string> rows = {
      "`",         "  `",       "[1`",       "{\"a\"`",    "{\"a\":`",     "{`",
      "[1,`",      "[`,1]",     "[1,`]",     "[1`}",       "{\"a\":1`]",   "{\"a\":1,`}",
      "{`1:2}",    "{`a:1}",    "{\"a\"`1}", "{\"a\"`,1}", "{\"a\":1`:2}", "[1 `2]",
      "[1`\"a\"]", "[]`[]",     "[]`]",      "[]`x",       "`]",           "`,",
      "`:",        "{\"a\":`}", "{`]",       "[`}",        "1 `2",
  };
  for (const std::string& row : rows) {
    const MarkedJson json(row);
    const auto fault = find_json_fault(ExactCopy(json.text).view());
    ASSERT_TRUE(fault.has_value()) << row;
    EXPECT_EQ(fault->byte_offset, json.byte_offset) << row;
    EXPECT_FALSE(fault->reason.empty()) << row;
  }
}

TEST(JsonFault, IsFoundInABadWordOrNumber) {
  const std::vector<std::string> rows = {
      "`nul",    "`nullnull",     "`True",       "`NaN",      "`-Infinity", "`undefined",
      "[`tru]",  "[1, `fals, 2]", "`01",         "`-01",      "`+1",        "`.5",
      "`5.",     "`1.e3",         "`1e",         "`1e+",      "`-",         "`--1",
      "`0x10",   "`1_000",        "{\"a\":`1a}", "[`'a']",    "`1.2.3",     "`1e5.5",
      "[`\x01]", "`/**/1",        "`1/**/",      "[1,`#\n2]", "`1-2",
  };
  for (const std::string& row : rows) {
    const MarkedJson json(row);
    const auto fault = find_json_fault(ExactCopy(json.text).view());
    ASSERT_TRUE(fault.has_value()) << row;
    EXPECT_EQ(fault->byte_offset, json.byte_offset) << row;
  }
}

TEST(JsonFault, IsFoundInABadString) {
  const std::vector<std::string> rows = {
      "`\"",
      "`\"abc",
      "[\"a\", `\"b",
      "`\"\\\"",
      "`\"\\",
      "`\"\\x\"",
      "`\"\\u12\"",
      "`\"\\u12g4\"",
      "`\"\\u\"",
      "`\"\\ud800\"",
      "`\"\\udc00\"",
      "`\"\\ud800\\u0041\"",
      "`\"\\ud800x\"",
      "`\"\\udc00\\ud800\"",
      "`\"\\ud83d\\ud83d\\ude00\"",
      "\"a`\nb\"",
      "\"a`\tb\"",
      "\"`\x1F\"",
      "[\"ok\", `\"\\U0041\"]",
      "{`\"\\q\":1}",
      "{\"a`\x01\":1}",
  };
  for (const std::string& row : rows) {
    const MarkedJson json(row);
    const auto fault = find_json_fault(ExactCopy(json.text).view());
    ASSERT_TRUE(fault.has_value()) << literal(row);
    EXPECT_EQ(fault->byte_offset, json.byte_offset) << literal(row);
  }
  EXPECT_EQ(find_json_fault("\"a\0\""s)->byte_offset, 2U);
}

TEST(JsonFault, IsIllFormedUtf8BeforeAnythingElse) {
  const std::vector<std::string> rows = {
      "\"`\xFF\"", "[1, 2`\xC3]", "\"`\xED\xA0\x80\"", "\"`\xC0\x80\"", "[,]`\xFF", "\"a\" `\x80",
  };
  for (const std::string& row : rows) {
    const MarkedJson json(row);
    const auto fault = find_json_fault(ExactCopy(json.text).view());
    ASSERT_TRUE(fault.has_value()) << literal(row);
    EXPECT_EQ(fault->byte_offset, json.byte_offset) << literal(row);
  }
}

TEST(JsonFault, IsAByteOrderMark) {
  EXPECT_EQ(find_json_fault("\xEF\xBB\xBF[]")->byte_offset, 0U);
  EXPECT_EQ(find_json_fault("[]\xEF\xBB\xBF")->byte_offset, 2U);
  EXPECT_FALSE(find_json_fault("\"\xEF\xBB\xBF\"").has_value());
}

TEST(JsonFault, IsFoundHoweverDeepTheJsonIs) {
  const std::string open(100'000, '[');
  const std::string close(100'000, ']');
  EXPECT_FALSE(find_json_fault(open + close).has_value());
  EXPECT_EQ(find_json_fault(open)->byte_offset, open.size());
  EXPECT_EQ(find_json_fault(open + close + "]")->byte_offset, 200'000U);
}

TEST(JsonNumber, IsSpelledAsRfc8259SpellsIt) {
  for (const char* const token :
       {"0", "-0", "7", "10", "-10.25", "1e5", "1E+5", "1.5e-05", "0e0"}) {
    EXPECT_TRUE(is_json_number(token)) << token;
  }
  for (const char* const token : {"", "-", "01", "-01", "+1", ".5", "1.", "1.e1", "e1", "1e", "1e+",
                                  "0x1", "1 ", " 1", "1f", "--1", "1e1.5", "Infinity", "٣"}) {
    EXPECT_FALSE(is_json_number(token)) << token;
  }
}

/// JSON with a few bytes changed, left out, put in or said twice.
std::string mutated(std::string json, Dice& dice) {
  const std::string bytes =
      "{}[],:\"\\/uetrfalsn0123456789.-+E \n\t\x01\x1F\x7F\xFF\xC3\xA9\xEF\xBB\xBF"
      "dD8b"s;
  for (std::uint64_t count = dice.roll(4); count > 0; --count) {
    const std::size_t at = dice.roll(json.size() + 1);
    switch (dice.roll(4)) {
      case 0:
        json.insert(at, 1, dice.pick(bytes));
        break;
      case 1:
        json.erase(at, 1 + dice.roll(3));
        break;
      case 2:
        json.insert(at, json.substr(dice.roll(json.size() + 1), dice.roll(8)));
        break;
      default:
        if (at < json.size()) json[at] = dice.pick(bytes);
    }
  }
  return json;
}

const std::vector<std::string>& samples() {
  static const std::vector<std::string> texts = {
      R"([{"op":"replace","line":7,"endLine":9,"text":"a\nb","expect":"\u00e9"}])",
      R"({"schema":"firn.batch/1","id":"b","file":"f","revision":7,"patches":[]})",
      R"({"base":{"lineCount":3,"x-n":[1,-2.5e3,null,true,false]},"patches":[{"type":"delete_line","lineNumber":1}]})",
      R"([ {"op" : "insert", "line" : 1, "lines" : ["", "\ud83d\ude00", "x"], "id": "p" } ])",
      R"([{"x-a":{"b":[{}, [], "\\\"\/"]},"op":"delete","line":5},{"op":"delete","line":6}])",
  };
  return texts;
}

TEST(JsonFault, IsFoundExactlyWhenAnotherParserRefuses) {
  Dice dice(seed_from_environment());
  for (std::uint64_t round = 0; round < rounds(100'000); ++round) {
    const std::string json = mutated(dice.pick(samples()), dice);
    const auto fault = find_json_fault(ExactCopy(json).view());
    // The other parser skips a byte order mark, which RFC 8259 does not allow.
    const bool is_json = nlohmann::json::accept(json) && !json.starts_with("\xEF\xBB\xBF");
    ASSERT_EQ(fault.has_value(), !is_json) << literal(json);
    if (fault) {
      ASSERT_LE(fault->byte_offset, json.size()) << literal(json);
    }
  }
}

TEST(JsonFault, IsWhatTheReaderSaysOfEveryTextThatIsNoJson) {
  Dice dice(seed_from_environment());
  for (std::uint64_t round = 0; round < rounds(100'000); ++round) {
    const std::string json = mutated(dice.pick(samples()), dice);
    const auto fault = find_json_fault(json);
    const auto batch = firn::read_batch(ExactCopy(json).view());
    const bool is_malformed =
        !batch.has_value() && batch.error().code == firn::ErrorCode::malformed_json;
    ASSERT_EQ(is_malformed, fault.has_value()) << literal(json);
    if (!is_malformed) continue;
    ASSERT_EQ(batch.error().position->byte_offset, fault->byte_offset) << literal(json);
    ASSERT_FALSE(batch.error().patch.has_value()) << literal(json);
  }
}

}  // namespace
}  // namespace firn_test
