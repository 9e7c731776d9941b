#include "firn/unified_diff.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "case.h"
#include "firn/apply.h"
#include "naive_diff.h"
#include "naive_text.h"
#include "notation.h"

namespace firn_test {
namespace {

using firn::DiffStyle;
using firn::Patched;

constexpr std::string_view kNames = "--- a\n+++ b\n";

Patched patched(std::string_view text, std::string_view patches) {
  return firn::apply(frozen(text), batch_of(patches), {.ties = firn::Ties::keep_order}).value();
}

std::string diff_of(const Patched& result, const DiffStyle& style = {}) {
  return std::string(firn::unified_diff(result, style).value().view());
}

/// The diff without its names, applied once to be sure of it.
std::string hunks(std::string_view text, std::string_view patches, std::uint64_t context = 3) {
  const Patched result = patched(text, patches);
  std::string diff = diff_of(result, {.context_lines = context});
  EXPECT_EQ(apply_diff(text, diff).value_or("does not apply"), result.bytes().value().view());
  if (diff.empty()) return diff;
  EXPECT_TRUE(diff.starts_with(kNames));
  return diff.substr(kNames.size());
}

TEST(UnifiedDiff, IsEmptyWhenNoLineChanges) {
  EXPECT_EQ(hunks("a\nb\n", ""), "");
  EXPECT_EQ(hunks("a\nb\n", "1:=a 2:=b"), "");
  EXPECT_EQ(hunks("a\nb\n", "1-2:=a|b"), "");
  EXPECT_EQ(hunks("a\nb", "2:=b"), "");
  EXPECT_EQ(hunks("a\r\nb\n", "1-2:=a|b"), "");
  EXPECT_EQ(hunks("a\nb\n", "2:+[]"), "");
  EXPECT_EQ(hunks("", ""), "");
}

TEST(UnifiedDiff, ShowsWhatWentThenWhatCame) {
  const std::string text = "1\n2\n3\n";
  EXPECT_EQ(hunks(text, "2:=x"), "@@ -1,3 +1,3 @@\n 1\n-2\n+x\n 3\n");
  EXPECT_EQ(hunks(text, "2:-"), "@@ -1,3 +1,2 @@\n 1\n-2\n 3\n");
  EXPECT_EQ(hunks(text, "2:+x|y"), "@@ -1,3 +1,5 @@\n 1\n+x\n+y\n 2\n 3\n");
  EXPECT_EQ(hunks(text, "1-3:-"), "@@ -1,3 +0,0 @@\n-1\n-2\n-3\n");
  EXPECT_EQ(hunks("", "1:+x"), "@@ -0,0 +1 @@\n+x\n");
  EXPECT_EQ(hunks(text, "4:+x"), "@@ -1,3 +1,4 @@\n 1\n 2\n 3\n+x\n");
}

TEST(UnifiedDiff, LeavesOutOfAReplaceWhatItLeavesAsItIs) {
  EXPECT_EQ(hunks("1\n2\n3\n4\n5\n", "2-4:=2|x|4", 0), "@@ -3 +3 @@\n-3\n+x\n");
  EXPECT_EQ(hunks("1\n2\n3\n", "1-2:=1|2|x", 0), "@@ -2,0 +3 @@\n+x\n");
}

TEST(UnifiedDiff, JoinsPatchesThatMeet) {
  EXPECT_EQ(hunks("1\n2\n3\n4\n", "2:=x 3:=y"), "@@ -1,4 +1,4 @@\n 1\n-2\n-3\n+x\n+y\n 4\n");
  EXPECT_EQ(hunks("1\n2\n3\n", "2:+x 2:-"), "@@ -1,3 +1,3 @@\n 1\n-2\n+x\n 3\n");
  EXPECT_EQ(hunks("1\n2\n3\n", "2:+x 2:+y", 0), "@@ -1,0 +2,2 @@\n+x\n+y\n");
}

TEST(UnifiedDiff, GivesAsMuchContextAsAsked) {
  const std::string text = numbered_lines(9);
  EXPECT_EQ(hunks(text, "5:-", 0), "@@ -5 +4,0 @@\n-line 5\n");
  EXPECT_EQ(hunks(text, "5:-", 1), "@@ -4,3 +4,2 @@\n line 4\n-line 5\n line 6\n");
  EXPECT_EQ(hunks(text, "1:-", 1), "@@ -1,2 +1 @@\n-line 1\n line 2\n");
  EXPECT_EQ(hunks(text, "9:-", 1), "@@ -8,2 +8 @@\n line 8\n-line 9\n");
  EXPECT_TRUE(hunks(text, "5:-", 100).starts_with("@@ -1,9 +1,8 @@\n line 1\n"));
  EXPECT_TRUE(hunks(text, "5:-", UINT64_MAX).starts_with("@@ -1,9 +1,8 @@\n line 1\n"));
}

TEST(UnifiedDiff, MakesOneHunkOfChangesWhoseContextMeets) {
  const auto count_of_hunks = [](const std::string& diff) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = diff.find("@@ -", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  const std::string text = numbered_lines(30);
  for (const std::uint64_t context : {0, 1, 2, 3}) {
    for (std::uint64_t second = 6; second <= 20; ++second) {
      const std::string diff = hunks(text, "5:=x " + std::to_string(second) + ":=y", context);
      const std::uint64_t between = second - 6;
      EXPECT_EQ(count_of_hunks(diff), between <= 2 * context ? 1U : 2U)
          << between << " lines between, context " << context;
    }
  }
}

TEST(UnifiedDiff, MarksALineWithoutNewline) {
  const std::string mark = "\\ No newline at end of file\n";
  EXPECT_EQ(hunks("a\nb", "1:=x"), "@@ -1,2 +1,2 @@\n-a\n+x\n b\n" + mark);
  EXPECT_EQ(hunks("a\nb", "2:=x"), "@@ -1,2 +1,2 @@\n a\n-b\n" + mark + "+x\n" + mark);
  EXPECT_EQ(hunks("a", "2:+b"), "@@ -1 +1,2 @@\n-a\n" + mark + "+a\n+b\n" + mark);
  EXPECT_EQ(hunks("a\nb", "2:-"), "@@ -1,2 +1 @@\n-a\n-b\n" + mark + "+a\n" + mark);
  EXPECT_EQ(hunks("a\nb", "2:="), "@@ -1,2 +1 @@\n a\n-b\n" + mark);
  EXPECT_EQ(hunks("a", "1:-"), "@@ -1 +0,0 @@\n-a\n" + mark);
  EXPECT_EQ(hunks("a\r", "2:+b"), "@@ -1 +1,2 @@\n-a\r\n" + mark + "+a\r\n+b\n" + mark);
}

TEST(UnifiedDiff, KeepsTerminatorsAndBytes) {
  EXPECT_EQ(hunks("a\r\nb\r\n", "2:=x"), "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+x\r\n");
  const std::string nul("\0\n\xFF\n", 4);
  EXPECT_EQ(hunks(nul, "2:=x"), std::string("@@ -1,2 +1,2 @@\n \0\n-\xFF\n+x\n", 25));
}

TEST(UnifiedDiff, TakesItsNamesFromTheBatch) {
  firn::BatchBuilder builder;
  builder.set_file("src/Cart.jsx");
  builder.add({.op = firn::Op::delete_lines, .line = 1}).value();
  const Patched result = firn::apply(frozen("a\n"), builder.build().value()).value();
  const std::string hunk = "@@ -1 +0,0 @@\n-a\n";
  EXPECT_EQ(diff_of(result), "--- a/src/Cart.jsx\n+++ b/src/Cart.jsx\n" + hunk);
  EXPECT_EQ(diff_of(result, {.old_name = "x", .new_name = "/dev/null"}),
            "--- x\n+++ /dev/null\n" + hunk);
}

TEST(UnifiedDiff, QuotesNamesAsGitDoes) {
  struct Row {
    std::string name;
    std::string quoted;
  };
  const std::vector<Row> rows = {
      {"plain", "plain"},
      {"with space", "with space\t"},
      {"caf\xC3\xA9", "caf\xC3\xA9"},
      {"a\"b", R"("a\"b")"},
      {"a\\b", R"("a\\b")"},
      {"a\nb\tc\rd", R"("a\nb\tc\rd")"},
      {"a\x01\x7F z", R"("a\001\177 z")"},
  };
  const Patched result = patched("a\n", "1:-");
  for (const Row& row : rows) {
    EXPECT_EQ(diff_of(result, {.old_name = row.name, .new_name = row.name}),
              "--- " + row.quoted + "\n+++ " + row.quoted + "\n@@ -1 +0,0 @@\n-a\n");
  }
}

}  // namespace
}  // namespace firn_test
