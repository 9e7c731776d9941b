#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "case.h"
#include "firn/apply.h"
#include "naive_text.h"
#include "notation.h"

namespace firn_test {
namespace {

using firn::ApplyOptions;
using firn::ErrorCode;
using firn::kMaxCount;
using firn::Ties;
using firn::Violations;

Violations violations_of(std::uint64_t line_count, std::string_view patches,
                         Ties ties = Ties::reject) {
  return firn::check(frozen(numbered_lines(line_count)), batch_of(patches), {.ties = ties})
      .value()
      .violations;
}

struct Row {
  std::uint64_t line_count;
  std::string patches;
  std::string violations;
};

void expect_rows(const std::vector<Row>& rows, Ties ties) {
  for (const Row& row : rows) {
    EXPECT_EQ(show(violations_of(row.line_count, row.patches, ties)), row.violations)
        << row.patches << " on " << row.line_count << " lines";
  }
}

TEST(Laws, ALineIsOneOfTheSnapshots) {
  const std::vector<Row> rows = {
      {3, "1:- 2:=x 3:-", ""},
      {3, "1-3:-", ""},
      {3, "4:-", "0: line_out_of_range at 4 of 3"},
      {3, "3-4:-", "0: line_out_of_range at 4 of 3"},
      {3, "3-9:=x", "0: line_out_of_range at 9 of 3"},
      {3, "5-9:=x", "0: line_out_of_range at 5 of 3"},
      {0, "1:-", "0: line_out_of_range at 1 of 0"},
      {3, "9007199254740991:-", "0: line_out_of_range at 9007199254740991 of 3"},
  };
  expect_rows(rows, Ties::reject);
  expect_rows(rows, Ties::keep_order);
}

TEST(Laws, AnInsertGoesBeforeALineOrAfterTheLast) {
  const std::vector<Row> rows = {
      {0, "1:+x", ""},
      {0, "2:+x", "0: insert_out_of_bounds at 2 of 1"},
      {3, "1:+x 2:+x 3:+x 4:+x", ""},
      {3, "5:+x", "0: insert_out_of_bounds at 5 of 4"},
      {3, "9007199254740991:+x", "0: insert_out_of_bounds at 9007199254740991 of 4"},
  };
  expect_rows(rows, Ties::reject);
  expect_rows(rows, Ties::keep_order);
}

TEST(Laws, NoTwoPatchesTouchALine) {
  expect_rows(
      {
          {9, "1:- 2:-", ""},
          {9, "1-2:- 3-4:=x 5:+y 6:-", ""},
          {9, "2:- 2:-", "1: overlap at 2 with 0"},
          {9, "2:=x 2:=x", "1: overlap at 2 with 0"},
          {9, "2-5:- 4-6:-", "1: overlap at 4 with 0"},
          {9, "4-6:- 2-5:-", "1: overlap at 4 with 0"},
          {9, "2-8:- 4:-", "1: overlap at 4 with 0"},
          {9, "4:- 2-8:-", "1: overlap at 4 with 0"},
          {9, "3:+x 3:+y", "1: overlap at 3 with 0"},
          {9, "3:+x 3:-", "1: overlap at 3 with 0"},
          {9, "3:- 3:+x", "1: overlap at 3 with 0"},
          {9, "3:+x 2-4:-", "1: overlap at 3 with 0"},
          {9, "10:+x 10:+y", "1: overlap at 10 with 0"},
          {9, "9:- 10:+x", ""},
          {9, "3:+[] 3:-", "1: overlap at 3 with 0"},
          // The smallest line counts, and who held it first.
          {9, "7:- 3:- 5:- 2-8:-", "3: overlap at 3 with 1"},
          {9, "2-4:- 4-6:- 4-9:-", "1: overlap at 4 with 0; 2: overlap at 4 with 0"},
          // A patch that overlaps still holds its lines.
          {9, "2-4:- 4-6:- 6:-", "1: overlap at 4 with 0; 2: overlap at 6 with 1"},
          // One that is unlawful by itself does not.
          {9, "4-10:- 4:-", "0: line_out_of_range at 10 of 9"},
          {9, "4:=x?other 4:-", "0: expectation_failed at 4"},
      },
      Ties::reject);
}

TEST(Laws, EditorsMayInsertManyTimesAtALineAndThenChangeIt) {
  expect_rows(
      {
          {9, "3:+x 3:+y 3:+z", ""},
          {9, "3:+x 3:+y 3:-", ""},
          {9, "3:+x 3-5:=y", ""},
          {9, "10:+x 10:+y", ""},
          {9, "3:- 3:+x", "1: overlap at 3 with 0"},
          {9, "3:+x 3:- 3:+y", "2: overlap at 3 with 1"},
          {9, "3:+x 3:- 3:=y", "2: overlap at 3 with 1"},
          {9, "3-5:- 4:+x", "1: overlap at 4 with 0"},
          {9, "3-5:- 5:+x", "1: overlap at 5 with 0"},
          {9, "3-5:- 6:+x", ""},
          {9, "4:+x 3-5:-", "1: overlap at 4 with 0"},
          {9, "5:+x 4:+y 3-5:-", "2: overlap at 4 with 1"},
          {9, "4:+x 4:+y 3-5:-", "2: overlap at 4 with 0"},
          {9, "2-4:- 4:- 3:+x 2-3:=y",
           "1: overlap at 4 with 0; 2: overlap at 3 with 0; 3: overlap at 2 with 0"},
      },
      Ties::keep_order);
}

TEST(Laws, APatchIsRefusedForOneReasonBoundsFirst) {
  expect_rows(
      {
          {3, "1:- 4:=x?other", "1: line_out_of_range at 4 of 3"},
          {3, "1:- 1:=x?other", "1: expectation_failed at 1"},
          {3, "4:+x?other 5:+x?other",
           "0: expectation_failed at 4; 1: insert_out_of_bounds at 5 of 4"},
      },
      Ties::reject);
}

TEST(Laws, ViolationsAreInBatchOrder) {
  EXPECT_EQ(
      show(violations_of(3, "9:- 1:- 1:- 8:+x 2:=x?other 2:=y 2:-")),
      "0: line_out_of_range at 9 of 3; 2: overlap at 1 with 1; "
      "3: insert_out_of_bounds at 8 of 4; 4: expectation_failed at 2; 6: overlap at 2 with 5");
}

TEST(Laws, EveryErrorNamesItsLawAndItsPatch) {
  const Violations violations = violations_of(3, "9:-#far 1:-#one 1:-#two 8:+x 2:=x?other");
  std::vector<int> laws;
  for (const firn::Error& error : violations) {
    laws.push_back(error.law());
    const std::string name = "patches[" + std::to_string(error.patch->index) + "]";
    EXPECT_TRUE(error.message.starts_with(name)) << error.message;
  }
  EXPECT_EQ(laws, (std::vector<int>{1, 5, 4, 0}));
  EXPECT_EQ(violations[0].patch->id, "far");
  EXPECT_EQ(violations[1].patch->id, "two");
  EXPECT_EQ(violations[1].other->id, "one");
  EXPECT_NE(violations[1].message.find("\"one\""), std::string::npos) << violations[1].message;
}

struct Expectation {
  std::string text;
  std::string patch;
  std::optional<std::uint64_t> line;  ///< Nothing: it holds.
  std::string expected{};
  std::optional<std::string> found{};
};

TEST(Laws, LinesHoldWhatThePatchExpects) {
  const std::vector<Expectation> rows = {
      {"a\nb\nc\n", "2:-?b", {}},
      {"a\nb\nc\n", "1-3:-?a|b|c", {}},
      {"a\r\nb\r\n", "1-2:-?a|b", {}},  // Contents are compared, terminators are not.
      {"a\nb", "2:-?b", {}},
      {"a\n\nc\n", "2:-?", {}},
      {"a\nb\n", "2:+x?b", {}},  // What an insert goes before.
      {"a\nb\nc\n", "2:-?x", 2, "x", "b"},
      {"a\nb\nc\n", "1-3:-?a|x|c", 2, "a\nx\nc", "a\nb\nc"},
      {"a\nb\nc\n", "2-3:-?b", 3, "b", "b\nc"},            // Too few: the line that is not named.
      {"a\nb\nc\n", "2-3:-?b|c|d", 4, "b\nc\nd", "b\nc"},  // Too many: the line after.
      {"a\n\n", "1-2:-?a", 2, "a", "a\n"},
      {"a\n\n", "1:-?a|", 2, "a\n", "a"},
      {"a \n", "1:-?a", 1, "a", "a "},
      {"a\r\r\n", "1:-?a", 1, "a", "a\r"},
      {"a\r\n", "1:-?a\r", 1, "a\r", "a"},  // No LF follows the CR: it is content.
      {"\n", "1:-?x", 1, "x", ""},
      {"a\n", "2:+x?a", 2, "a", {}},  // There is no line to look at.
      {"", "1:+x?", 1, "", {}},
  };
  for (const Expectation& row : rows) {
    const Violations violations =
        firn::check(frozen(row.text), batch_of(row.patch)).value().violations;
    const std::string where = row.patch + " on " + literal(row.text);
    ASSERT_EQ(violations.size(), row.line ? 1U : 0U) << where;
    if (!row.line) continue;
    EXPECT_EQ(violations[0].code, ErrorCode::expectation_failed) << where;
    EXPECT_EQ(violations[0].line, row.line) << where;
    EXPECT_EQ(violations[0].expected, row.expected) << where;
    EXPECT_EQ(violations[0].found, row.found) << where;
  }
}

TEST(Laws, AnErrorQuotesAtMost4096Bytes) {
  const std::string ascii(5000, 'x');
  const std::string text = ascii + "\n";
  const auto quoted = [&](std::string_view base, const std::string& expect) {
    const Case given{.text = std::string(base),
                     .patches = {{.op = firn::Op::delete_lines, .line = 1, .expect = expect}}};
    return firn::check(frozen(base), build(given)).value().violations.at(0);
  };
  EXPECT_EQ(quoted(text, "y").found, std::string(4096, 'x') + "…");
  EXPECT_EQ(quoted("y\n", ascii).expected, std::string(4096, 'x') + "…");
  EXPECT_LT(quoted(text, "y").message.size(), 400U);
  const std::string exactly(4096, 'x');
  EXPECT_EQ(quoted(exactly, "y").found, exactly);

  // Cut between characters: the third byte of the euro sign would be the 4097th.
  const std::string euro = std::string(4094, 'x') + "€€";
  EXPECT_EQ(quoted(euro, "y").found, std::string(4094, 'x') + "…");
}

TEST(Laws, ABatchMadeForAnotherTextIsRefused) {
  const firn::Snapshot snapshot = frozen("a\nb\n");
  const std::string mine = to_hex(snapshot.fingerprint());
  const firn::Fingerprint other = firn::fingerprint_of("other");
  const auto violations_for = [&](const firn::Base& base) {
    return firn::check(snapshot, build({.patches = parse_patches("9:- 9:-"), .base = base}))
        .value()
        .violations;
  };
  EXPECT_EQ(show(violations_for({.fingerprint = snapshot.fingerprint(), .line_count = 2})),
            "0: line_out_of_range at 9 of 2; 1: line_out_of_range at 9 of 2");

  const Violations both = violations_for({.fingerprint = other, .line_count = 3});
  ASSERT_EQ(show(both), "snapshot_mismatch; snapshot_mismatch");  // And nothing of the patches.
  EXPECT_EQ(both[0].expected, to_hex(other));
  EXPECT_EQ(both[0].found, mine);
  EXPECT_EQ(both[0].law(), 1);
  EXPECT_EQ(both[1].expected, "3");
  EXPECT_EQ(both[1].found, "2");
  EXPECT_EQ(show(violations_for({.line_count = 0})), "snapshot_mismatch");
}

TEST(Laws, AStaleBatchIsRefusedUnderEveryPolicy) {
  const firn::Snapshot snapshot = frozen("a\n");
  const firn::Batch batch = build({.patches = parse_patches("1:=x"), .revision = 7});
  for (const firn::Policy policy :
       {firn::Policy::fail_fast, firn::Policy::atomic, firn::Policy::best_effort}) {
    const auto patched = firn::apply(snapshot, batch, {.policy = policy, .revision = 8});
    ASSERT_FALSE(patched.has_value());
    ASSERT_EQ(show(patched.error()), "stale_revision");
    EXPECT_EQ(patched.error()[0].expected, "7");
    EXPECT_EQ(patched.error()[0].found, "8");
    EXPECT_EQ(patched.error()[0].law(), 6);
  }
}

TEST(Laws, OneAppliedPatchOrMoreMoveTheRevisionByOne) {
  struct Row {
    std::string patches;
    std::optional<std::uint64_t> batch_revision;
    std::optional<std::uint64_t> current;
    std::uint64_t after;
  };
  const std::vector<Row> rows = {
      {"", {}, {}, 0},
      {"", 7, {}, 7},
      {"", {}, 7, 7},
      {"1:=x", {}, {}, 1},
      {"1:=x", 7, {}, 8},
      {"1:=x", {}, 7, 8},
      {"1:=x", 7, 7, 8},
      {"1:=x 2:+y", 7, 7, 8},
      {"9:-", 7, 7, 7},
      {"9:- 1:-", 7, 7, 8},
      {"1:+[]", 7, 7, 8},
      {"1:-", kMaxCount - 1, {}, kMaxCount},
      {"", kMaxCount, {}, kMaxCount},
  };
  for (const Row& row : rows) {
    const firn::Batch batch =
        build({.patches = parse_patches(row.patches), .revision = row.batch_revision});
    const ApplyOptions options{.policy = firn::Policy::best_effort, .revision = row.current};
    const auto patched = firn::apply(frozen("a\n"), batch, options);
    ASSERT_TRUE(patched.has_value()) << row.patches;
    EXPECT_EQ(patched->revision(), row.after) << row.patches;
  }
}

TEST(Laws, NoRevisionFollowsTheLast) {
  const firn::Batch batch = build({.patches = parse_patches("1:-"), .revision = kMaxCount});
  const auto patched = firn::apply(frozen("a\n"), batch);
  ASSERT_FALSE(patched.has_value());
  EXPECT_EQ(patched.error()[0].code, ErrorCode::limit_exceeded);
  EXPECT_EQ(patched.error()[0].limit, kMaxCount);
}

}  // namespace
}  // namespace firn_test
