#include "firn/patched.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "case.h"
#include "firn/apply.h"
#include "invariants.h"
#include "naive_text.h"
#include "notation.h"

namespace firn_test {
namespace {

using firn::ApplyOptions;
using firn::Patched;
using firn::Ties;

constexpr ApplyOptions kKeepOrder = {.ties = Ties::keep_order};

Patched patched(std::string_view text, std::string_view patches, const ApplyOptions& options = {}) {
  return firn::apply(frozen(text), batch_of(patches), options).value();
}

struct Row {
  std::string text;
  std::string patches;
  std::string result;
};

void expect_rows(const std::vector<Row>& rows, const ApplyOptions& options = {}) {
  for (const Row& row : rows) {
    const Patched result = patched(row.text, row.patches, options);
    const std::string where = row.patches + " on " + literal(row.text);
    EXPECT_EQ(literal(result.bytes().value().view()), literal(row.result)) << where;
    EXPECT_EQ(check_invariants(result), "") << where;
  }
}

TEST(Patched, HasTheLinesThatThePatchesSay) {
  expect_rows({
      {"a\nb\nc\n", "", "a\nb\nc\n"},
      {"a\nb\nc\n", "2:=x", "a\nx\nc\n"},
      {"a\nb\nc\n", "2:=x|y", "a\nx\ny\nc\n"},
      {"a\nb\nc\n", "2:=", "a\n\nc\n"},
      {"a\nb\nc\n", "2:=[]", "a\nc\n"},
      {"a\nb\nc\n", "1-2:=x", "x\nc\n"},
      {"a\nb\nc\n", "2:-", "a\nc\n"},
      {"a\nb\nc\n", "1-3:-", ""},
      {"a\nb\nc\n", "1:+x", "x\na\nb\nc\n"},
      {"a\nb\nc\n", "4:+x", "a\nb\nc\nx\n"},
      {"a\nb\nc\n", "2:+", "a\n\nb\nc\n"},
      {"a\nb\nc\n", "2:+|", "a\n\n\nb\nc\n"},
      {"a\nb\nc\n", "2:+[]", "a\nb\nc\n"},
      {"a\nb\nc\n", "3:- 1:+x 2:=y", "x\na\ny\n"},
      {"a\nb\nc\n", "1:- 2:- 3:-", ""},
      {"", "1:+x", "x\n"},
      {"", "1:+x|y", "x\ny\n"},
      {"", "1:+", "\n"},
  });
}

TEST(Patched, PutsInsertsAtOneLineInBatchOrder) {
  expect_rows(
      {
          {"a\nb\n", "2:+x 2:+y 2:+z", "a\nx\ny\nz\nb\n"},
          {"a\nb\n", "2:+x 2:+y 2:=B", "a\nx\ny\nB\n"},
          {"a\nb\n", "2:+x 2:-", "a\nx\n"},
          {"a\nb\n", "3:+x 1:+y 3:+z", "y\na\nb\nx\nz\n"},
          {"", "1:+x 1:+y", "x\ny\n"},
          {"a", "2:+x 2:+y", "a\nx\ny"},
          {"a\nb", "2:+x 2:-", "a\nx"},
          {"a\nb", "2:+x 2:- 3:+y", "a\nx\ny"},
      },
      kKeepOrder);
}

TEST(Patched, EndsWithANewlineWhenTheBaseDoes) {
  expect_rows({
      {"a", "1:=x", "x"},
      {"a\n", "1:=x", "x\n"},
      {"a", "2:+b", "a\nb"},
      {"a", "1:+b", "b\na"},
      {"a\nb", "2:-", "a"},
      {"a\nb", "1:-", "b"},
      {"a\nb", "1:- 2:-", ""},
      {"a\nb", "2:=x|y", "a\nx\ny"},
      {"a\nb", "2:=[]", "a"},
      {"a\nb", "2:- 3:+x", "a\nx"},
      {"a\r\nb", "3:+c", "a\r\nb\r\nc"},
      {"a\r\nb", "2:-", "a"},
      {"a\nb\nc", "2:- 3:-", "a"},
      {"a\nb\nc", "2-3:-", "a"},
  });
}

TEST(Patched, HasNoLastLineThatIsEmptyAndUnterminated) {
  expect_rows({
      {"a\nb", "2:=", "a\n"},
      {"a", "1:=", ""},
      {"a", "2:+", "a\n"},
      {"\nb", "2:-", ""},
      {"a\n\nb", "3:-", "a\n"},
      {"\n\nb", "3:-", "\n"},
      {"a\n\nb", "2-3:-", "a"},
      {"\r\nb", "2:-", ""},
      {"a", "1:=x|", "x\n"},
      {"a\n\nb\nc", "3:- 4:-", "a\n"},
  });
  const Patched vanished = patched("\nb", "2:-");
  EXPECT_EQ(show(vanished.changes()), "p0 1-2 > 1-0; ");
  EXPECT_EQ(vanished.map_line(1), std::nullopt);
  EXPECT_EQ(show(patched("a\nb", "2:=").changes()), "p0 2-2 > 2-1; ");
}

TEST(Patched, GivesNewLinesTheTerminatorOfTheLineTheyReplaceOrFollow) {
  expect_rows({
      {"a\r\nb\r\n", "1:=x|y", "x\r\ny\r\nb\r\n"},
      {"a\r\nb\r\n", "3:+x", "a\r\nb\r\nx\r\n"},
      // Line by line: each its own.
      {"a\r\nb\nc\r\n", "1-3:=x|y|z", "x\r\ny\nz\r\n"},
      {"a\nb\r\nc\n", "1-3:=x|y|z", "x\ny\r\nz\n"},
      // More lines than before: that of the new line before.
      {"a\r\nb\nc\n", "1:=x|y|z", "x\r\ny\r\nz\r\nb\nc\n"},
      {"a\nb\r\nc\r\n", "1-2:=x|y|z", "x\ny\r\nz\r\nc\r\n"},
      // An insert: that of the line before it; at the top the file's majority.
      {"a\r\nb\nc\n", "2:+x|y", "a\r\nx\r\ny\r\nb\nc\n"},
      {"a\r\nb\nc\n", "1:+x", "x\na\r\nb\nc\n"},
      {"a\r\nb\r\nc\n", "1:+x", "x\r\na\r\nb\r\nc\n"},
      {"a\r\nb\n", "1:+x", "x\na\r\nb\n"},  // A draw.
      // The last line has none of its own: that of the line before it.
      {"a\r\nb\nc", "3:=x|y", "a\r\nb\nx\ny"},
      {"a\nb\r\nc", "3:=x|y", "a\nb\r\nx\r\ny"},
      {"a\nb\r\nc", "4:+x|y", "a\nb\r\nc\r\nx\r\ny"},
      {"a", "1:=x|y", "x\ny"},
  });
}

TEST(Patched, SeesALoneCrThatMeetsALfAsOneTerminator) {
  expect_rows({
      {"a\r", "2:+b", "a\r\nb"},
      {"x\ny\r", "3:+b", "x\ny\r\nb"},
      {"a\nb\n", "1:=x\r", "x\r\nb\n"},
      {"a\r\nb\r\n", "1:=x\r", "x\r\r\nb\r\n"},
  });
  const Patched result = patched("a\r", "2:+b");
  EXPECT_EQ(result.line(1), "a");
  EXPECT_EQ(result.line_parts(1).terminator, "\r\n");
  EXPECT_EQ(result.map_line(1), 1U);
}

TEST(Patched, PassesBytesThroughUntouched) {
  using namespace std::string_literals;
  expect_rows({
      {"\xEF\xBB\xBF"s + "a\nb\n", "2:=x", "\xEF\xBB\xBF"s + "a\nx\n"},
      {"\0\n\xFF\xFE\nb\n"s, "3:=x", "\0\n\xFF\xFE\nx\n"s},
      {"a\r\nb\n\rc\n", "2:-", "a\r\n\rc\n"},
  });
}

TEST(Patched, SaysWhatChangedInTheLinesOfBothTexts) {
  struct ChangeRow {
    std::string patches;
    std::string changes;
  };
  const std::vector<ChangeRow> rows = {
      {"", ""},
      {"2:=x", "p0 2-2 > 2-2; "},
      {"2-3:=x", "p0 2-3 > 2-2; "},
      {"2:=x|y|z", "p0 2-2 > 2-4; "},
      {"2:-", "p0 2-2 > 2-1; "},
      {"2:+x|y", "p0 2-1 > 2-3; "},
      {"6:+x", "p0 6-5 > 6-6; "},
      {"4:- 1:+x 2:=y|z", "p1 1-0 > 1-1; p2 2-2 > 3-4; p0 4-4 > 6-5; "},
      {"2:- 3:-", "p0 2-2 > 2-1; p1 3-3 > 2-1; "},
      {"2:+[] 3:-", "p1 3-3 > 3-2; "},
      {"2:=[]", "p0 2-2 > 2-1; "},
      {"2:=line", "p0 2-2 > 2-2; "},
  };
  for (const ChangeRow& row : rows) {
    EXPECT_EQ(show(patched(numbered_lines(5), row.patches).changes()), row.changes) << row.patches;
  }
}

TEST(Patched, SaysWhereEachLineComesFrom) {
  const Patched result = patched(numbered_lines(5), "1:+x 2:=y|z 4-5:- 6:+w");
  EXPECT_EQ(show(result.provenance({1, result.line_count()})), "p0 1 p1 p1 3 p3 ");
  EXPECT_EQ(show(result.provenance({2, 3})), "1 p1 ");
  EXPECT_EQ(show(result.provenance({3, 2})), "");
  std::string map;
  for (std::uint64_t line = 1; line <= 5; ++line) {
    map += std::to_string(result.map_line(line).value_or(0)) + " ";
  }
  EXPECT_EQ(map, "2 0 5 0 0 ");
}

TEST(Patched, ShowsAViewportOfItsLines) {
  const Patched result = patched("a\r\nb\nc", "1:+x 2:=y|z");
  EXPECT_EQ(result.line_count(), 5U);
  EXPECT_EQ(result.lines({1, 5}).value().view(), "x\na\ny\nz\nc\n");
  EXPECT_EQ(result.lines({2, 3}).value().view(), "a\ny\n");
  EXPECT_EQ(result.lines({6, 5}).value().view(), "");
  EXPECT_EQ(result.line(4), "z");
  EXPECT_EQ(result.line_parts(2).terminator, "\r\n");
  EXPECT_EQ(result.line_parts(5).terminator, "");
}

TEST(Patched, HasTheFingerprintOfItsBytesHoweverLong) {
  // Longer than any block that the hash is fed with.
  const std::string text = numbered_lines(2'000);
  EXPECT_EQ(check_invariants(patched(text, "1:- 17:=x 900-1100:- 1500:+y|z 2001:+w")), "");
  EXPECT_EQ(patched(text, "").fingerprint(), firn::fingerprint_of(text));
}

TEST(Patched, OutlivesWhatItWasMadeOf) {
  auto snapshot = std::make_unique<firn::Snapshot>(frozen("a\r\nb"));
  auto batch = std::make_unique<firn::Batch>(batch_of("3:+x#p"));
  auto first = std::make_unique<Patched>(firn::apply(*snapshot, *batch).value());
  const std::string_view line = first->line(3);
  const Patched copy = *first;
  snapshot.reset();
  batch.reset();
  first.reset();
  EXPECT_EQ(line, "x");
  EXPECT_EQ(copy.bytes().value().view(), "a\r\nb\r\nx");
  EXPECT_EQ(copy.batch().ref(0).id, "p");
  EXPECT_EQ(check_invariants(copy), "");
}

TEST(Patched, KeepsTheReasonsOfWhatFailed) {
  const Patched result = patched("a\nb\n", "9:- 1:=x 1:-", {.policy = firn::Policy::best_effort});
  EXPECT_EQ(show(result.failed()), "0: line_out_of_range at 9 of 2; 2: overlap at 1 with 1");
  EXPECT_EQ(result.applied_count(), 1U);
  EXPECT_EQ(check_invariants(result), "");
}

TEST(Patched, OfAPlanAloneIsTheSnapshot) {
  const Patched result(firn::Plan(frozen("a\nb")));
  EXPECT_EQ(result.bytes().value().view(), "a\nb");
  EXPECT_EQ(result.revision(), 0U);
  EXPECT_EQ(check_invariants(result), "");
}

TEST(Patched, ThatRemovesAPatchTakesTheOthersAsTheyWere) {
  // Independent patches: any of them can be left out without touching a number of the others.
  const std::vector<PatchCase> all = parse_patches("2:=x|y 4-6:- 8:+z 9:=w");
  const firn::Snapshot snapshot = frozen(numbered_lines(9));
  for (std::size_t left_out = 0; left_out < all.size(); ++left_out) {
    std::vector<PatchCase> others = all;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
    const Patched result = firn::apply(snapshot, build({.patches = others})).value();
    EXPECT_EQ(check_invariants(result), "");
    for (std::uint64_t line = all[left_out].line; line <= all[left_out].last_line(); ++line) {
      EXPECT_TRUE(result.map_line(line).has_value());
    }
  }
}

}  // namespace
}  // namespace firn_test
