#include "firn/to_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "case.h"
#include "firn/apply.h"
#include "naive_text.h"
#include "notation.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using Json = nlohmann::json;
using firn::Error;
using firn::ErrorCode;

Json error_json(const Error& error) { return Json::parse(to_json(error)); }

TEST(ToJson, WritesTheFieldsThatApplyAndNoOthers) {
  EXPECT_EQ(error_json({.code = ErrorCode::disposed, .message = "gone"}),
            (Json{{"code", "disposed"}, {"message", "gone"}}));
  const Error full{.code = ErrorCode::overlap,
                   .message = "m",
                   .patch = firn::PatchRef{.index = 1, .id = "p"},
                   .other = firn::PatchRef{.index = 0, .id = ""},
                   .line = 3,
                   .limit = firn::kMaxCount,
                   .hunk = firn::HunkRef{.index = 2, .diff_line = 8},
                   .other_line = 5,
                   .already_applied = true,
                   .expected = "",
                   .found = "f",
                   .position = firn::InputPosition{.byte_offset = 9, .line = 2, .byte_column = 4}};
  EXPECT_EQ(error_json(full), Json::parse(R"({
    "code": "overlap", "message": "m", "law": 5, "patch": {"index": 1, "id": "p"},
    "other": {"index": 0}, "line": 3, "limit": 9007199254740991,
    "hunk": 2, "diffLine": 8, "otherLine": 5, "alreadyApplied": true, "expected": "", "found": "f",
    "position": {"byteOffset": 9, "line": 2, "byteColumn": 4}})"));
}

TEST(ToJson, NamesEveryCodeAndItsLaw) {
  const std::vector<std::pair<std::string, int>> rows = {
      {"malformed_json", 0},
      {"malformed_batch", 0},
      {"malformed_diff", 0},
      {"malformed_text", 0},
      {"invalid_argument", 0},
      {"snapshot_mismatch", 1},
      {"line_out_of_range", 1},
      {"order_violation", 2},
      {"snapshot_mutated", 3},
      {"insert_out_of_bounds", 4},
      {"overlap", 5},
      {"stale_revision", 6},
      {"snapshot_size_changed", 7},
      {"expectation_failed", 0},
      {"hunk_failed", 0},
      {"ambiguous_placement", 0},
      {"unsafe_path", 0},
      {"binary_patch", 0},
      {"limit_exceeded", 0},
      {"merge_conflict", 0},
      {"disposed", 0},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Json json = error_json({.code = static_cast<ErrorCode>(i + 1), .message = ""});
    EXPECT_EQ(json["code"], rows[i].first);
    EXPECT_EQ(json.value("law", 0), rows[i].second) << rows[i].first;
  }
}

TEST(ToJson, EscapesWhatJsonMustEscape) {
  std::string every;
  for (int byte = 0; byte < 0x80; ++byte) every += static_cast<char>(byte);
  every += "\xC3\xA9\xE2\x80\xA8\xF0\x9F\x98\x80";
  const std::string json = to_json(Error{.code = ErrorCode::disposed, .message = every});
  EXPECT_EQ(Json::parse(json)["message"], every);
  EXPECT_EQ(json.find('\n'), std::string::npos);
}

TEST(ToJson, ShowsWhatIsNoUtf8AsReplacementCharacters) {
  struct Row {
    std::string text;
    std::string shown;
  };
  const std::vector<Row> rows = {
      {"a\xFFz", "a\uFFFDz"},
      {"\xC3", "\uFFFD"},
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"\xE2\x82z", "\uFFFDz"},  // The beginning of one character.
      {"\xF0\x9F\x98", "\uFFFD"},
      {"\xFF\xFE\xC3\xA9", "\uFFFD\uFFFD\xC3\xA9"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(error_json({.code = ErrorCode::disposed, .message = row.text})["message"], row.shown)
        << literal(row.text);
  }
}

TEST(ToJson, LeadsViolationsWithTheFirst) {
  const firn::Violations violations =
      firn::check(frozen("a\n"), batch_of("1:- 1:=x#p 9:-")).value().violations;
  const Json json = Json::parse(to_json(violations));
  ASSERT_EQ(json["violations"].size(), 2U);
  Json first = json;
  first.erase("violations");
  EXPECT_EQ(first, json["violations"][0]);
  EXPECT_EQ(first, error_json(violations[0]));
  EXPECT_EQ(json["violations"][1], error_json(violations[1]));
  EXPECT_EQ(first["patch"], (Json{{"index", 1}, {"id", "p"}}));
}

TEST(ToJson, ReportsWhatCheckFinds) {
  const Json json = Json::parse(to_json(
      firn::check(frozen("a\nb\nc\n"), batch_of("1:=a 2-3:=x|y|z 4:+w 9:-#far 1:+[]")).value()));
  EXPECT_EQ(json["counts"], Json::parse(R"({"replace": 2, "delete": 1, "insert": 2,
    "linesRemoved": 4, "linesAdded": 5, "netLineGrowth": 1, "firstLine": 1, "lastLine": 9})"));
  ASSERT_EQ(json["warnings"].size(), 2U);
  EXPECT_EQ(json["warnings"][0]["code"], "no_effect");
  EXPECT_EQ(json["warnings"][0]["patch"], (Json{{"index", 0}}));
  EXPECT_EQ(json["warnings"][1]["patch"], (Json{{"index", 4}}));
  EXPECT_TRUE(json["warnings"][1]["message"].is_string());
  ASSERT_EQ(json["violations"].size(), 2U);
  EXPECT_EQ(json["violations"][0]["patch"], (Json{{"index", 3}, {"id", "far"}}));
  EXPECT_EQ(json.size(), 3U);
}

TEST(ToJson, CountsNothingInAnEmptyBatch) {
  const Json json = Json::parse(to_json(firn::check(frozen("a\n"), firn::Batch()).value()));
  EXPECT_EQ(json, Json::parse(R"({"warnings": [], "violations": [], "counts": {"replace": 0,
    "delete": 0, "insert": 0, "linesRemoved": 0, "linesAdded": 0, "netLineGrowth": 0,
    "firstLine": 0, "lastLine": 0}})"));
}

TEST(ToJson, CountsAShrinkingTextBelowZero) {
  const auto report = firn::check(frozen(numbered_lines(9)), batch_of("2-8:-")).value();
  EXPECT_EQ(Json::parse(to_json(report))["counts"]["netLineGrowth"], -7);
}

TEST(ToJson, ReportsWhatWasAppliedAndWhatFailed) {
  const auto patched = firn::apply(frozen("a\nb\n"), batch_of("9:- 1:=x#one 1:- 2:-"),
                                   {.policy = firn::Policy::best_effort, .revision = 7})
                           .value();
  const Json json = Json::parse(report_json(patched));
  EXPECT_EQ(json["revision"], 8);
  EXPECT_EQ(json["applied"], Json::parse(R"([{"index": 1, "id": "one"}, {"index": 3}])"));
  ASSERT_EQ(json["failed"].size(), 2U);
  EXPECT_EQ(json["failed"][0]["code"], "line_out_of_range");
  EXPECT_EQ(json["failed"][1]["other"], (Json{{"index", 1}, {"id", "one"}}));
  EXPECT_EQ(json["counts"]["delete"], 3);
  EXPECT_EQ(json["warnings"], Json::array());
  EXPECT_TRUE(json["microseconds"]["semantics"].is_number());
  EXPECT_TRUE(json["microseconds"]["normalize"].is_number());
  EXPECT_EQ(json["microseconds"].size(), 2U);
  EXPECT_EQ(json.size(), 6U);
}

TEST(ToJson, WritesChangesInBothTexts) {
  const auto patched = firn::apply(frozen("a\nb\nc\n"), batch_of("3:- 1:+x|y#p")).value();
  EXPECT_EQ(Json::parse(changes_json(patched)), Json::parse(R"([
    {"patch": {"index": 1, "id": "p"}, "from": 1, "to": 2, "base": {"from": 1, "to": 0}},
    {"patch": {"index": 0}, "from": 5, "to": 4, "base": {"from": 3, "to": 3}}])"));
}

TEST(ToJson, WritesWhereLinesComeFrom) {
  const auto patched = firn::apply(frozen("a\nb\n"), batch_of("2:=x#p")).value();
  EXPECT_EQ(Json::parse(provenance_json(patched, {1, 2})),
            Json::parse(R"([{"base": 1}, {"patch": {"index": 0, "id": "p"}}])"));
  EXPECT_EQ(Json::parse(provenance_json(patched, {3, 2})), Json::array());
}

TEST(ToJson, WritesABatchWithAllThatItSays) {
  firn::BatchBuilder builder;
  builder.set_id("b");
  builder.set_file("f");
  builder.set_base({.fingerprint = firn::Fingerprint{.high = 1, .low = 2}, .line_count = 0});
  builder.set_revision(0);
  builder.add({.op = firn::Op::delete_lines, .line = 2, .end_line = 3}).value();
  EXPECT_EQ(Json::parse(json_of(builder.build().value())), Json::parse(R"({
    "schema": "firn.batch/1", "id": "b", "file": "f",
    "base": {"fingerprint": "00000000000000010000000000000002", "lineCount": 0}, "revision": 0,
    "patches": [{"op": "delete", "line": 2, "endLine": 3}]})"));
}

TEST(ToJson, RefusesABatchWhoseTextsAreNotUtf8InsteadOfChangingThem) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"1:+\xFF", "patches[0] has text that is not UTF-8; JSON has no way to say it"},
      {"1:+x 2:=y?\xC3", "patches[1] expects text that is not UTF-8; JSON has no way to say it"},
      {"1:+\xFF#p", "patches[0] (\"p\") has text that is not UTF-8; JSON has no way to say it"},
      {"1:+x#\xFF", "patches[0] has an id that is not UTF-8; JSON has no way to say it"},
  };
  for (const auto& [patches, message] : rows) {
    const auto json = to_json(batch_of(patches));
    ASSERT_FALSE(json.has_value()) << message;
    EXPECT_EQ(json.error().code, firn::ErrorCode::malformed_text);
    EXPECT_EQ(json.error().message, message);
    EXPECT_TRUE(json.error().patch.has_value());
  }
}

TEST(ToJson, RefusesABatchWhoseOwnNamesAreNotUtf8) {
  firn::BatchBuilder with_id;
  with_id.set_id("\xFF");
  firn::BatchBuilder with_file;
  with_file.set_file("\xFF");
  EXPECT_EQ(firn::to_json(with_id.build().value()).error().message,
            "the batch has an id that is not UTF-8; JSON has no way to say it");
  EXPECT_EQ(firn::to_json(with_file.build().value()).error().message,
            "the batch has a file name that is not UTF-8; JSON has no way to say it");
}

TEST(ToJson, GivesAnErrorThatNobodyFilledInNoName) {
  EXPECT_EQ(firn::name_of(ErrorCode{}), "");
  EXPECT_EQ(firn::name_of(static_cast<ErrorCode>(255)), "");
}

TEST(ToJson, WritesJsonWhateverTheBytesAre) {
  Dice dice(seed_from_environment());
  for (std::uint64_t round = 0; round < rounds(2'000); ++round) {
    Case given = random_case(dice);
    given.options.policy = firn::Policy::best_effort;
    const firn::Snapshot snapshot = frozen(given.text);
    const firn::Batch batch = build(given);
    const auto json = to_json(batch);
    ASSERT_TRUE(!json || Json::accept(json->view()));
    ASSERT_TRUE(Json::accept(to_json(firn::check(snapshot, batch, given.options).value())));
    const auto patched = firn::apply(snapshot, batch, given.options);
    if (!patched) {
      ASSERT_TRUE(Json::accept(to_json(patched.error())));
      continue;
    }
    ASSERT_TRUE(Json::accept(report_json(*patched)));
    ASSERT_TRUE(Json::accept(changes_json(*patched)));
    ASSERT_TRUE(Json::accept(provenance_json(*patched, {1, patched->line_count()})));
  }
}

}  // namespace
}  // namespace firn_test
