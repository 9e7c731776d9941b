#include "firn/place.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>

#include "firn/file_diff.h"
#include "processor_time.h"
#include "random_text.h"

namespace firn_test {
namespace {

using firn::ErrorCode;
using firn::Placement;
using firn::PlaceOptions;
using firn::Policy;

constexpr std::string_view kNames = "--- a/f\n+++ b/f\n";

firn::Diff diff_of(std::string_view hunks) {
  auto diff = firn::read_diff(std::string(kNames).append(hunks));
  if (!diff) throw std::runtime_error(diff.error().message);
  return *std::move(diff);
}

/// The text with the hunks applied, or the code of the first refusal.
std::string placed(std::string_view text, std::string_view hunks,
                   const PlaceOptions& options = {}) {
  const firn::Diff diff = diff_of(hunks);
  const firn::Snapshot snapshot = frozen(text);
  const auto result = firn::place(snapshot, diff.files()[0], options);
  if (!result) return std::string(firn::name_of(result.error().front().code));
  return applied(snapshot, result->batch);
}

constexpr PlaceOptions kSearch = {.placement = Placement::search};

constexpr PlaceOptions fuzzy(std::uint64_t max_fuzz) {
  return {.placement = Placement::fuzzy, .max_fuzz = max_fuzz};
}

struct PlaceCase {
  std::string_view rule;
  std::string_view text;
  std::string_view hunks;
  PlaceOptions options;
  std::string_view result;
};

constexpr PlaceCase kRulesOfGnuPatch[] = {
    {"exact takes the stated line", "a\nb\nc\n", "@@ -2 +2 @@\n-b\n+B\n", {}, "a\nB\nc\n"},
    {"exact takes no other", "x\na\nb\n", "@@ -2 +2 @@\n-b\n+B\n", {}, "hunk_failed"},
    {"search goes forward", "x\ny\na\nb\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", kSearch,
     "x\ny\na\nB\nc\n"},
    {"search goes backward, also to line 1", "b\nc\n", "@@ -3,2 +3,2 @@\n-b\n+B\n c\n", kSearch,
     "B\nc\n"},
    {"search goes backward with context on both sides", "a\nb\nc\n",
     "@@ -5,3 +5,3 @@\n a\n-b\n+B\n c\n", kSearch, "a\nB\nc\n"},
    {"the nearest place wins", "a\nb\nc\nx\nx\na\nb\nc\n", "@@ -5,3 +5,3 @@\n a\n-b\n+B\n c\n",
     kSearch, "a\nb\nc\nx\nx\na\nB\nc\n"},
    {"two places equally near are refused", "a\nb\nc\nx\na\nb\nc\n",
     "@@ -3,3 +3,3 @@\n a\n-b\n+B\n c\n", kSearch, "ambiguous_placement"},
    {"a found offset carries over", "0\n0\na\nb\nc\nq\nd\ne\nf\nq\nd\ne\nf\n",
     "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n@@ -9,3 +9,3 @@\n d\n-e\n+E\n f\n", kSearch,
     "0\n0\na\nB\nc\nq\nd\ne\nf\nq\nd\nE\nf\n"},
    {"less context before than after at line 1 is the start", "x\na\nb\n",
     "@@ -1,2 +1,2 @@\n-a\n+A\n b\n", kSearch, "hunk_failed"},
    {"unless fuzz makes up for it", "x\na\nb\n", "@@ -1,2 +1,2 @@\n-a\n+A\n b\n", fuzzy(1),
     "x\nA\nb\n"},
    {"less context after than before is the end", "a\nb\nx\n", "@@ -1,2 +1,2 @@\n a\n-b\n+B\n",
     kSearch, "hunk_failed"},
    {"fuzz passes over outer context", "X\nb\nc\nd\nY\n",
     "@@ -1,5 +1,5 @@\n a\n b\n-c\n+C\n d\n e\n", fuzzy(1), "X\nb\nC\nd\nY\n"},
    {"but not more than it may", "X\nX\nc\nd\nY\n", "@@ -1,5 +1,5 @@\n a\n b\n-c\n+C\n d\n e\n",
     fuzzy(1), "hunk_failed"},
    {"removed lines are always compared", "a\nX\nd\n", "@@ -1,3 +1,3 @@\n a\n-c\n+C\n d\n",
     fuzzy(3), "hunk_failed"},
    {"less fuzz far away wins over more fuzz near", "X\nb\nc\n0\n0\n0\na\nb\nc\n",
     "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", fuzzy(1), "X\nb\nc\n0\n0\n0\na\nB\nc\n"},
    {"an insertion without context goes where it says", "a\nb\n", "@@ -1,0 +2 @@\n+x\n", kSearch,
     "a\nx\nb\n"},
    {"but not past the end", "a\nb\n", "@@ -7,0 +8 @@\n+x\n", kSearch, "hunk_failed"},
    {"an empty text takes a new file", "", "@@ -0,0 +1,2 @@\n+a\n+b\n", {}, "a\nb\n"},
    {"a last line without end is told apart", "a\nb", "@@ -2 +2 @@\n-b\n+c\n", {}, "hunk_failed"},
    {"and gets one", "a\nb", "@@ -2 +2 @@\n-b\n\\ No newline at end of file\n+b\n", {}, "a\nb\n"},
    {"and loses it", "a\nb\n", "@@ -2 +2 @@\n-b\n+b\n\\ No newline at end of file\n", {}, "a\nb"},
    {"hunks may come in any order",
     "a\nb\nc\n",
     "@@ -3 +3 @@\n-c\n+C\n@@ -1 +1 @@\n-a\n+A\n",
     {},
     "A\nb\nC\n"},
    {"an LF diff does not fit a CRLF file",
     "a\r\nb\r\n",
     "@@ -2 +2 @@\n-b\n+B\n",
     {},
     "hunk_failed"},
};

TEST(Place, FollowsEachRuleOfGnuPatch) {
  for (const PlaceCase& given : kRulesOfGnuPatch) {
    SCOPED_TRACE(given.rule);
    EXPECT_EQ(placed(given.text, given.hunks, given.options), given.result);
  }
}

/// What `git apply` gets wrong: it forgets the offset of the first hunk, and so edits the block
/// before the right one.
TEST(Place, EditsTheRightOneOfRepeatedBlocks) {
  std::string text;
  std::string expected;
  for (int i = 0; i < 5; ++i) text += "new\n";
  text += "head\n";
  for (int block = 0; block < 8; ++block) text += "begin\nx\ny\nz\nend\n";
  const std::string_view hunks =
      "@@ -1,3 +1,3 @@\n-head\n+HEAD\n begin\n x\n"
      "@@ -17,5 +17,5 @@\n begin\n x\n-y\n+Y\n z\n end\n";
  const std::string result = placed(text, hunks, fuzzy(3));
  const firn::Snapshot lines = frozen(result);
  EXPECT_EQ(lines.line(6), "HEAD");
  EXPECT_EQ(lines.line(24), "Y");  // 17 + 2 + the offset of 5.
  EXPECT_EQ(lines.line(19), "y");
}

TEST(Place, ReportsOffsetAndFuzz) {
  const firn::Diff diff = diff_of("@@ -2,3 +2,3 @@\n a\n-b\n+B\n c\n");
  const auto result = firn::place(frozen("0\n0\n0\na\nb\nX\n"), diff.files()[0], fuzzy(2));
  ASSERT_TRUE(result);
  ASSERT_EQ(result->hunks.size(), 1U);
  EXPECT_EQ(result->hunks[0].line, 4U);
  EXPECT_EQ(result->hunks[0].offset, 2);
  EXPECT_EQ(result->hunks[0].fuzz, 1U);
}

TEST(Place, SaysThatAHunkIsAppliedAlreadyAndLeavesItAlone) {
  const firn::Diff diff = diff_of("@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
  const auto result = firn::place(frozen("a\nB\nc\n"), diff.files()[0],
                                  {.placement = Placement::fuzzy, .policy = Policy::best_effort});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->rejected.size(), 1U);
  EXPECT_TRUE(result->rejected[0].already_applied);
  EXPECT_TRUE(result->batch.patches().empty());
}

TEST(Place, NamesTheFileThatComesOut) {
  const struct {
    std::string_view headers;
    std::string_view file;
    std::string_view file_in_reverse;
  } cases[] = {
      {"--- a/src/f\n+++ b/src/f\n", "src/f", "src/f"},
      {"--- a/a/f\n+++ b/a/f\n", "a/f", "a/f"},
      {"--- a/f\n+++ a/f\n", "a/f", "a/f"},
      {"diff --git a/f b/g\nrename from f\nrename to g\n--- a/f\n+++ b/g\n", "g", "f"},
      {"--- a/.gif\n+++ b/\xFF\n", "", ".gif"},
  };
  for (const auto& [headers, file, file_in_reverse] : cases) {
    SCOPED_TRACE(headers);
    const auto diff = firn::read_diff(std::string(headers).append("@@ -1 +1 @@\n-a\n+b\n"));
    ASSERT_TRUE(diff) << diff.error().message;
    const firn::FileDiff& changed = diff->files()[0];
    EXPECT_EQ(firn::place(frozen("a\n"), changed)->batch.file(), file);
    EXPECT_EQ(firn::place(frozen("b\n"), changed, {.reverse = true})->batch.file(),
              file_in_reverse);
  }
}

TEST(Place, TakesADiffBack) {
  EXPECT_EQ(placed("a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", {.reverse = true}),
            "a\nb\nc\n");
  EXPECT_EQ(placed("x\na\nb\n", "@@ -0,0 +1 @@\n+x\n", {.reverse = true}), "a\nb\n");
}

TEST(Place, IgnoresWhiteSpaceAndLineEndsWhenAskedAndSaysSo) {
  const std::string_view hunk = "@@ -1,2 +1,2 @@\n if (a)  {\n-b\n+B\n";
  EXPECT_EQ(placed("if  (a) {\nb\n", hunk), "hunk_failed");
  EXPECT_EQ(placed("if  (a) {\nb\n", hunk, {.white_space = firn::WhiteSpace::ignore_amount}),
            "if  (a) {\nB\n");
  EXPECT_EQ(placed("if (a)  {  \nb\n", hunk, {.white_space = firn::WhiteSpace::ignore_trailing}),
            "if (a)  {  \nB\n");
  EXPECT_EQ(placed("if (a)  {\r\nb\r\n", hunk, {.ignore_line_ends = true}), "if (a)  {\r\nB\r\n");
  const firn::Diff diff = diff_of(hunk);
  const auto result =
      firn::place(frozen("if (a)  {\r\nb\r\n"), diff.files()[0], {.ignore_line_ends = true});
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->hunks[0].ignored_line_ends);
  EXPECT_FALSE(result->hunks[0].ignored_white_space);
}

TEST(Place, SaysOfEachHunkOfADiffThatItIsAppliedAlready) {
  const firn::Diff diff = diff_of(
      "@@ -3,2 +3,5 @@\n 3\n+x\n+y\n+z\n 4\n@@ -6,3 +9,3 @@\n 6\n-7\n+Q\n 8\n"
      "@@ -10,3 +13,2 @@\n 10\n-11\n 12\n");
  const std::string text = "1\n2\n3\nx\ny\nz\n4\n5\n6\nQ\n8\n9\n10\n12\n";
  for (const auto placement : {Placement::exact, Placement::search}) {
    for (const std::string above : {"", "0\n"}) {
      if (placement == Placement::exact && !above.empty()) continue;
      const PlaceOptions options = {.placement = placement, .policy = Policy::best_effort};
      const auto result = firn::place(frozen(above + text), diff.files()[0], options);
      ASSERT_TRUE(result);
      ASSERT_EQ(result->rejected.size(), 3U);
      for (const auto& rejected : result->rejected) {
        EXPECT_TRUE(rejected.already_applied) << rejected.error.message << above;
      }
    }
  }
  // The second is there already, the others are not.
  const std::string half = "1\n2\n3\n4\n5\n6\nQ\n8\n9\n10\n11\n12\n";
  const auto rest = firn::place(frozen(half), diff.files()[0], {.policy = Policy::best_effort});
  ASSERT_TRUE(rest);
  ASSERT_EQ(rest->rejected.size(), 1U);
  EXPECT_TRUE(rest->rejected[0].already_applied);
  EXPECT_EQ(applied(frozen(half), rest->batch), text);
}

TEST(Place, MakesNoFileOverOneThatIsThere) {
  const auto diff = firn::read_diff("--- /dev/null\n+++ b/f\n@@ -0,0 +1,2 @@\n+x\n+y\n");
  const auto gone = firn::read_diff("--- a/f\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n");
  ASSERT_TRUE(diff && gone);
  const struct {
    std::string text;
    bool is_applied;
  } cases[] = {{"x\ny\n", true}, {"x\ny\nz\n", false}, {"a\n", false}};
  for (const auto& [text, is_applied] : cases) {
    for (const bool reverse : {false, true}) {
      const auto& file = (reverse ? gone : diff)->files()[0];
      const PlaceOptions options = {
          .placement = Placement::fuzzy, .reverse = reverse, .policy = Policy::best_effort};
      const auto result = firn::place(frozen(text), file, options);
      ASSERT_TRUE(result);
      ASSERT_EQ(result->rejected.size(), 1U);
      EXPECT_EQ(result->rejected[0].already_applied, is_applied) << text;
    }
  }
  const auto again = firn::place(frozen(""), gone->files()[0], {.policy = Policy::best_effort});
  ASSERT_TRUE(again);
  ASSERT_EQ(again->rejected.size(), 1U);
  EXPECT_TRUE(again->rejected[0].already_applied);
}

TEST(Place, SaysWhatWasIgnoredAlsoWhereOneSideOnlyIsTrimmed) {
  const firn::Diff diff = diff_of("@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n");
  const PlaceOptions options = {.placement = Placement::fuzzy,
                                .white_space = firn::WhiteSpace::ignore_trailing};
  const auto result = firn::place(frozen("a \nb\nc\nd\nX\n"), diff.files()[0], options);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->hunks[0].fuzz, 1U);
  EXPECT_TRUE(result->hunks[0].ignored_white_space);
}

TEST(Place, TakesLinearTimeForAnyAmountOfFuzz) {
  const auto seconds_for = [](int size) {
    std::string hunk = "@@ -2," + std::to_string(size + 1) + " +2," + std::to_string(size + 1) +
                       " @@\n-gone\n+new\n";
    std::string text;
    for (int i = 0; i < size; ++i) {
      hunk += " same\n";
      text += "same\n";
    }
    const firn::Diff diff = diff_of(hunk);
    const firn::Snapshot snapshot = frozen(text);
    return processor_seconds_of(
        [&] { EXPECT_FALSE(firn::place(snapshot, diff.files()[0], fuzzy(UINT64_MAX))); });
  };
  EXPECT_LT(seconds_for(100'000), 2.0);
}

TEST(Place, TakesHunksThatMeetInAnyOrder) {
  const std::string_view put = "@@ -1,0 +2 @@\n+i\n";
  const std::string_view change = "@@ -2 +3 @@\n-b\n+B\n";
  const std::string in_order = std::string(put).append(change);
  const std::string turned = std::string(change).append(put);
  EXPECT_EQ(placed("a\nb\nc\n", in_order), "a\ni\nB\nc\n");
  EXPECT_EQ(placed("a\nb\nc\n", turned), "a\ni\nB\nc\n");
  EXPECT_EQ(placed("a\ni\nB\nc\n", turned, {.reverse = true}), "a\nb\nc\n");
}

TEST(Place, KeepsLinesApartWhoseEndsAreIgnored) {
  const PlaceOptions any_end = {.ignore_line_ends = true};
  EXPECT_EQ(placed("x\ny\n", "@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+a\n", any_end),
            "a\ny\n");
  EXPECT_EQ(placed("x\ny\n", "@@ -1 +1 @@\n-x\n+a\n\\ No newline at end of file\n", any_end),
            "a\ny\n");
}

TEST(Place, ComparesLineEndsWhereOnlyBlanksAreIgnored) {
  const std::string_view hunk = "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n";
  for (const auto white_space :
       {firn::WhiteSpace::ignore_trailing, firn::WhiteSpace::ignore_amount}) {
    const PlaceOptions options = {.white_space = white_space};
    EXPECT_EQ(placed("a\r\nb\r\nc\r\n", hunk, options), "hunk_failed");
    EXPECT_EQ(placed("a \nb\t\nc\n", hunk, options), "a \nB\nc\n");
    const PlaceOptions both = {.white_space = white_space, .ignore_line_ends = true};
    EXPECT_EQ(placed("a\r\nb\r\nc\r\n", hunk, both), "a\r\nB\r\nc\r\n");
  }
}

TEST(Place, WritesRejectsAsADiffOfTheirOwn) {
  const firn::Diff diff =
      diff_of("@@ -1 +1 @@ f()\n-a\n+A\n@@ -3 +3 @@\n-c\n+C\n\\ No newline at end of file\n");
  const auto result =
      firn::place(frozen("a\nb\nx\n"), diff.files()[0], {.policy = Policy::best_effort});
  ASSERT_TRUE(result);
  EXPECT_EQ(firn::rejects_of(diff.files()[0], *result),
            "--- a/f\n+++ b/f\n@@ -3 +3 @@\n-c\n+C\n\\ No newline at end of file\n");
}

/// Seconds of a processor for a diff that is searched for among lines that are all alike.
double seconds_for(const std::string& text, const std::string& hunks) {
  const firn::Diff diff = diff_of(hunks);
  const firn::Snapshot snapshot = frozen(text);
  const PlaceOptions options = {.placement = Placement::fuzzy, .policy = Policy::best_effort};
  return processor_seconds_of(
      [&] { EXPECT_TRUE(firn::place(snapshot, diff.files()[0], options)); });
}

TEST(Place, TakesBoundedTimeOnHostileDiffs) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "same\n";
  std::string long_hunk = "@@ -7,130001 +7,130001 @@\n";
  for (int i = 0; i < 130'000; ++i) long_hunk += " same\n";
  long_hunk += "-other\n+new\n";
  EXPECT_LT(seconds_for(text, long_hunk), 5);

  std::string many_hunks;
  for (int i = 0; i < 100'000; ++i) {
    const std::string line = std::to_string(2 * i + 1);
    many_hunks += "@@ -" + line + " +" + line + " @@\n-other\n+new\n";
  }
  EXPECT_LT(seconds_for(text, many_hunks), 10);
}

TEST(Place, GivesUpPastAHundredMillionPlacesAndSaysSoOfEachHunkThatIsLeft) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "same\nother\n";
  std::string hunks;
  for (int i = 0; i < 1'010; ++i) {
    const std::string line = std::to_string(2 * i + 1);
    hunks += "@@ -" + line + ",2 +" + line + " @@\n-same\n-same\n+new\n";
  }
  const firn::Diff diff = diff_of(hunks);
  const PlaceOptions options = {.placement = Placement::search, .policy = Policy::best_effort};
  const auto result = firn::place(frozen(text), diff.files()[0], options);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->batch.patches().empty());
  ASSERT_EQ(result->rejected.size(), 1'010U);
  const auto gave_up = [](const firn::RejectedHunk& hunk) {
    return hunk.error.code == ErrorCode::limit_exceeded;
  };
  const auto first = std::ranges::find_if(result->rejected, gave_up);
  EXPECT_TRUE(std::all_of(first, result->rejected.end(), gave_up));
  const auto looked_for = std::ranges::distance(result->rejected.begin(), first);
  EXPECT_GE(looked_for, 999);
  EXPECT_LT(looked_for, 1'010);
  EXPECT_EQ(result->rejected.front().error.code, ErrorCode::hunk_failed);
  EXPECT_EQ(result->rejected.back().error.limit, 100'000'000U);
}

}  // namespace
}  // namespace firn_test
