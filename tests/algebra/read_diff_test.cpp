#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "firn/file_diff.h"
#include "processor_time.h"
#include "random_text.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::ErrorCode;
using firn::FileDiff;
using firn::HunkLine;
using firn::read_diff;

constexpr std::string_view kPlain = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@ f()\n a\n-b\n+c\n";

firn::Diff read(std::string_view text, bool recount = false) {
  auto diff = read_diff(text, {.recount = recount});
  if (!diff) throw std::runtime_error(diff.error().message);
  return *std::move(diff);
}

struct Refusal {
  std::string_view what;
  std::string_view text;
  ErrorCode code;
  std::uint64_t line;
  std::uint64_t column;
};

TEST(ReadDiff, ReadsAPlainUnifiedDiff) {
  const firn::Diff diff = read(kPlain);
  ASSERT_EQ(diff.files().size(), 1U);
  const FileDiff& file = diff.files()[0];
  EXPECT_EQ(file.kind, FileDiff::Kind::modify);
  EXPECT_EQ(file.old_name, "a/x");
  EXPECT_EQ(file.new_name, "b/x");
  ASSERT_EQ(file.hunks.size(), 1U);
  EXPECT_EQ(file.hunks[0].section, "f()");
  EXPECT_EQ(file.hunks[0].diff_line, 3U);
  ASSERT_EQ(file.hunks[0].lines.size(), 3U);
  EXPECT_EQ(file.hunks[0].lines[2].kind, HunkLine::Kind::added);
  EXPECT_EQ(file.hunks[0].lines[2].text, "c\n");
}

TEST(ReadDiff, TakesTimestampsOffNamesAndKeepsSpaces) {
  const firn::Diff diff = read(
      "--- my file.txt\t2024-01-01 00:00:00.0 +0000\n+++ my file.txt\t2024-01-02\n"
      "@@ -1 +1 @@\n-a\n+b\n");
  EXPECT_EQ(diff.files()[0].old_name, "my file.txt");
}

TEST(ReadDiff, UnquotesNamesAsGitQuotesThem) {
  const firn::Diff diff = read(
      "diff --git \"a/\\303\\251\\t\\\".js\" \"b/\\303\\251\\t\\\".js\"\nindex 1..2 100644\n"
      "--- \"a/\\303\\251\\t\\\".js\"\n+++ \"b/\\303\\251\\t\\\".js\"\n@@ -1 +1 @@\n-a\n+b\n");
  EXPECT_EQ(diff.files()[0].new_name, "b/\xc3\xa9\t\".js");
}

TEST(ReadDiff, ReadsEveryKindOfGitHeaderAlsoWithoutHunks) {
  const firn::Diff diff = read(
      "diff --git a/m b/m\nold mode 100644\nnew mode 100755\n"
      "diff --git a/p q b/r s\nsimilarity index 100%\nrename from p q\nrename to r s\n"
      "diff --git a/c b/d\nsimilarity index 100%\ncopy from c\ncopy to d\n"
      "diff --git a/new b/new\nnew file mode 100644\nindex 0000000..e69de29\n"
      "diff --git a/old b/old\ndeleted file mode 100644\nindex e69de29..0000000\n");
  ASSERT_EQ(diff.files().size(), 5U);
  EXPECT_EQ(diff.files()[0].new_mode, 0100755U);
  EXPECT_EQ(diff.files()[1].kind, FileDiff::Kind::rename);
  EXPECT_EQ(diff.files()[1].old_name, "a/p q");
  EXPECT_EQ(diff.files()[1].new_name, "b/r s");
  EXPECT_EQ(diff.files()[2].kind, FileDiff::Kind::copy);
  EXPECT_EQ(diff.files()[3].kind, FileDiff::Kind::create);
  EXPECT_FALSE(diff.files()[3].old_name);
  EXPECT_EQ(diff.files()[4].kind, FileDiff::Kind::remove);
  EXPECT_FALSE(diff.files()[4].new_name);
}

TEST(ReadDiff, PassesOverTextBeforeBetweenAndAfter) {
  const std::string text = "Subject: x\n\n---\n x | 2 +-\n\n" + std::string(kPlain) + "\nand\n" +
                           std::string(kPlain) + "-- \n2.39.5\n";
  EXPECT_EQ(read(text).files().size(), 2U);
}

TEST(ReadDiff, ReadsMissingFinalNewlinesOnEitherSide) {
  const firn::Diff diff = read(
      "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n"
      "\\ No newline at end of file\n");
  EXPECT_EQ(diff.files()[0].hunks[0].lines[0].text, "a");
  EXPECT_EQ(diff.files()[0].hunks[0].lines[1].text, "b");
}

TEST(ReadDiff, TakesCrLfForTheDiffsOwnWhereItsHeadersHaveIt) {
  std::string text = std::string(kPlain) + std::string(kPlain);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.insert(at, "\r");
  }
  const firn::Diff diff = read(text);
  ASSERT_EQ(diff.files().size(), 2U);
  EXPECT_EQ(diff.files()[1].new_name, "b/x");
  EXPECT_EQ(diff.files()[1].hunks[0].lines[2].text, "c\n");
  const firn::Diff of_crlf = read("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\r\n+b\r\n");
  EXPECT_EQ(of_crlf.files()[0].hunks[0].lines[0].text, "a\r\n");
}

TEST(ReadDiff, RecountsWhenAsked) {
  const std::string_view text = "--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n-b\n+c\n+d\n";
  EXPECT_FALSE(read_diff(text));
  const firn::Diff diff = read(text, true);
  EXPECT_EQ(diff.files()[0].hunks[0].old_count, 2U);
  EXPECT_EQ(diff.files()[0].hunks[0].new_count, 3U);
}

struct Recount {
  std::string_view lines;  ///< Behind a header that counts nothing right.
  std::uint64_t old_count;
  std::uint64_t new_count;
  std::size_t file_count = 1;
};

TEST(ReadDiff, RecountsUpToWhereTheHunkEnds) {
  const Recount cases[] = {
      {" a\n-b\n-- \n2.39.5\n\n", 2, 1},                             // The signature of a mail.
      {" a\n-b\r\n-- \r\n2.39.5\r\n", 2, 1},                         // With a mailer's line ends.
      {" a\n-- \n+b\n", 2, 2},                                       // A removed "- ".
      {" a\n-- \n", 2, 1},                                           // The same at the very end.
      {" a\n-- \n@@ -9 +9 @@\n-c\n+d\n", 2, 1},                      // And before a hunk.
      {" a\n-b\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-c\n+d\n", 2, 1, 2},  // The next file.
      {" a\n--- b\n+++ c\n", 2, 2},           // Lines that begin with dashes.
      {" a\n\n\n-b\n+c\n", 4, 4},             // Stripped context.
      {" a\n-b\n\n\nFrom: someone\n", 2, 1},  // Blank lines behind the hunk.
  };
  for (const Recount& given : cases) {
    const std::string text = "--- a/x\n+++ b/x\n@@ -1,77 +1 @@\n" + std::string(given.lines);
    const firn::Diff diff = read(text, true);
    ASSERT_EQ(diff.files().size(), given.file_count) << given.lines;
    EXPECT_EQ(diff.files()[0].hunks[0].old_count, given.old_count) << given.lines;
    EXPECT_EQ(diff.files()[0].hunks[0].new_count, given.new_count) << given.lines;
  }
}

TEST(ReadDiff, RefusesARecountedHunkThatMakesNoSense) {
  for (const std::string_view hunk : {"@@ -0,0 +1 @@\n a\n+b\n", "@@ -1 +1 @@\nno line\n"}) {
    const auto diff = read_diff("--- a/x\n+++ b/x\n" + std::string(hunk), {.recount = true});
    ASSERT_FALSE(diff) << hunk;
    EXPECT_EQ(diff.error().code, ErrorCode::malformed_diff);
    EXPECT_EQ(diff.error().position->line, 3U);
  }
}

TEST(ReadDiff, RefusesWhatIsNoDiffAndSaysWhere) {
  const Refusal cases[] = {
      {"no diff at all", "hello\n", ErrorCode::malformed_diff, 2, 1},
      {"a hunk without names", "@@ -1 +1 @@\n-a\n+b\n", ErrorCode::malformed_diff, 1, 1},
      {"a broken range", "--- a/x\n+++ b/x\n@@ -1,q +1 @@\n", ErrorCode::malformed_diff, 3, 7},
      {"a huge count", "--- a/x\n+++ b/x\n@@ -1,99999999999999999999 +1 @@\n",
       ErrorCode::malformed_diff, 3, 7},
      {"a count past the end", "--- a/x\n+++ b/x\n@@ -1,9007199254740991 +1 @@\n-a\n+b\n",
       ErrorCode::malformed_diff, 6, 1},
      {"line 0", "--- a/x\n+++ b/x\n@@ -0,1 +1 @@\n-a\n+b\n", ErrorCode::malformed_diff, 3, 1},
      {"an empty hunk", "--- a/x\n+++ b/x\n@@ -1,0 +1,0 @@\n", ErrorCode::malformed_diff, 3, 1},
      {"too many lines", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n+c\n", ErrorCode::malformed_diff,
       6, 1},
      {"overlapping hunks", "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+A\n b\n@@ -2 +2 @@\n-b\n+B\n",
       ErrorCode::malformed_diff, 7, 1},
      {"names and no hunk", "--- a/x\n+++ b/x\n", ErrorCode::malformed_diff, 3, 1},
      {"a mode that is none", "diff --git a/x b/x\nold mode 1q\n", ErrorCode::malformed_diff, 2,
       10},
      {"a mode that is too long", "diff --git a/x b/x\nold mode 1234567\n",
       ErrorCode::malformed_diff, 2, 10},
      {"a combined hunk", "--- a/x\n+++ b/x\n@@@ -1 -1 +1 @@@\n  a\n", ErrorCode::malformed_diff, 3,
       1},
      {"a combined diff", "diff --cc x\nmode 100644,100644..100755\n", ErrorCode::malformed_diff, 1,
       1},
      {"half a change of mode", "diff --git a/x b/x\nold mode 100644\n", ErrorCode::malformed_diff,
       3, 1},
      {"content that is missing", "diff --git a/x b/x\nnew file mode 100644\nindex 000..123\n",
       ErrorCode::malformed_diff, 4, 1},
      {"broken quotes", "--- \"a/x\n+++ b/x\n", ErrorCode::malformed_diff, 1, 5},
      {"a binary patch", "diff --git a/x b/x\nindex 1..2 100644\nGIT binary patch\n",
       ErrorCode::binary_patch, 3, 1},
      {"binary files", "diff --git a/x b/x\nindex 1..2 100644\nBinary files a/x and b/x differ\n",
       ErrorCode::binary_patch, 3, 1},
  };
  for (const Refusal& given : cases) {
    SCOPED_TRACE(given.what);
    const auto diff = read_diff(given.text);
    if (diff) {
      ADD_FAILURE() << "was read";
      continue;
    }
    EXPECT_EQ(diff.error().code, given.code) << diff.error().message;
    ASSERT_TRUE(diff.error().position);
    EXPECT_EQ(diff.error().position->line, given.line) << diff.error().message;
    EXPECT_EQ(diff.error().position->byte_column, given.column) << diff.error().message;
    const auto position = firn::position_in(given.text, diff.error().position->byte_offset);
    EXPECT_EQ(position.line, given.line);
    EXPECT_EQ(position.byte_column, given.column);
  }
}

TEST(ReadDiff, RefusesLinesBehindTheOneThatHasNoNewline) {
  const std::string names = "--- a/f\n+++ b/f\n";
  const std::string last = "\\ No newline at end of file\n";
  const std::string hunks[] = {
      "@@ -1 +1,2 @@\n-x\n+a\n" + last + "+b\n",
      "@@ -1,2 +1 @@\n-x\n" + last + "-y\n+b\n",
      "@@ -1,2 +1,3 @@\n x\n" + last + "+b\n y\n",
      "@@ -1 +1 @@\n-x\n" + last + last + "+b\n",
      "@@ -1 +1 @@\n-x\n+b\n" + last + last,
      "@@ -1 +1 @@\n-x\n+a\n" + last + "@@ -1,0 +2 @@\n+b\n",
  };
  for (const std::string& hunk : hunks) {
    SCOPED_TRACE(hunk);
    const auto diff = firn::read_diff(names + hunk);
    ASSERT_FALSE(diff);
    EXPECT_EQ(diff.error().code, firn::ErrorCode::malformed_diff);
  }
  // The last of its side may have lines of the other side behind it; so it is written by `diff -uw`
  // where the old text has no last newline and the new one goes on.
  EXPECT_TRUE(firn::read_diff(names + "@@ -1 +1,2 @@\n x\n" + last + "+b\n"));
  EXPECT_TRUE(firn::read_diff(names + "@@ -1 +1,2 @@\n-x\n" + last + "+a\n+b\n" + last));
  EXPECT_TRUE(firn::read_diff(names + "@@ -2 +2 @@\n-x\n" + last + "+a\n@@ -1,0 +1 @@\n+b\n"));
}

TEST(ReadDiff, RefusesADamagedLineInARecountedHunk) {
  const std::string head = "--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n a\n-b\n+c\n";
  const auto damaged = firn::read_diff(head + "x d\n-e\n+f\n", {.recount = true});
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, firn::ErrorCode::malformed_diff);
  EXPECT_EQ(damaged.error().position->line, 7U);
  for (const std::string end : {"", "\nany text\n", "@@ -9 +9 @@\n-p\n+q\n", "diff -u a b\n",
                                "--- a/g\n+++ b/g\n@@ -1 +1 @@\n-p\n+q\n", "-- \n2.39.5\n"}) {
    EXPECT_TRUE(firn::read_diff(head + end, {.recount = true})) << end;
  }
}

TEST(ReadDiff, RefusesHeadersThatContradictEachOther) {
  const std::string hunk = "@@ -1 +1 @@\n-x\n+a\n";
  const std::string cases[] = {
      "diff --git a/x b/y\nrename from x\nrename to y\n--- a/z\n+++ b/w\n" + hunk,
      "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/y\n@@ -0,0 +1 @@\n+a\n",
      "diff --git a/x b/x\nrename from x\n--- a/x\n+++ b/x\n" + hunk,
      "diff --git a/x b/x\nnew file mode 100644\n--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n",
      "diff --git a/x b/x\nnew file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
      "diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n",
      "diff --git a/x b/x\nnew file mode 100644\ndeleted file mode 100644\n",
      "diff --git a/x b/y\nrename from x\ncopy to y\n",
      "diff --git a/x b/y\nrename from x\nrename to y\ndeleted file mode 100644\n",
      "diff --git a/x b/y\nrename from x\nrename to y\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
      "diff --git a/x b/y\nsimilarity index 100%\n",
      "diff --git a/x b/y\nold mode 100644\nnew mode 100755\n",
      "diff --git a/x b/x\ndeleted file mode 100644\n+++ /dev/null\n",
      "--- /dev/null\n+++ b/x\n" + hunk,
      "--- a/x\n+++ /dev/null\n" + hunk,
  };
  for (const std::string& text : cases) {
    SCOPED_TRACE(text);
    const auto diff = firn::read_diff(text);
    ASSERT_FALSE(diff);
    EXPECT_EQ(diff.error().code, ErrorCode::malformed_diff);
  }
}

TEST(ReadDiff, RefusesNamesThatLeaveTheRoot) {
  for (const std::string_view name :
       {"a/../../x", "b/..", "/etc/passwd", "C:/x", "a/.git/config", "a\\..\\x", "a/.GIT/x",
        "a//etc/passwd", "a/c:/x", "a/.git /config", "b/.git./config", "a/GIT~1/config",
        "a/.git::$INDEX_ALLOCATION/config", "a/git~2/config", "a/.g\xE2\x80\x8Cit/config",
        "a/\xEF\xBB\xBF.GIT \xE2\x81\xAF/config"}) {
    SCOPED_TRACE(name);
    const auto diff =
        read_diff(std::string("--- a/x\n+++ ").append(name).append("\n@@ -1 +1 @@\n-a\n+b\n"));
    ASSERT_FALSE(diff);
    EXPECT_EQ(diff.error().code, ErrorCode::unsafe_path);
  }
  for (const std::string_view name :
       {"b/.gitignore", "b/git~", "b/git~10", "b/g\xE2\x80\x8C", "b/x.git"}) {
    EXPECT_TRUE(
        read_diff(std::string("--- a/x\n+++ ").append(name).append("\n@@ -1 +1 @@\n-a\n+b\n")))
        << name;
  }
  using std::string_view_literals::operator""sv;
  const auto diff = read_diff("--- a/x\0y\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"sv);
  ASSERT_FALSE(diff);
  EXPECT_EQ(diff.error().code, ErrorCode::unsafe_path);
}

/// Cut anywhere, a diff of one file is refused, unless what is cut off is not part of it.
TEST(ReadDiff, RefusesADiffThatIsCutOffAtAnyByte) {
  const std::string text =
      "diff --git a/x b/x\nindex 12..34 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
      "@@ -9,2 +9,3 @@ f()\n a\n+b\n c\n";
  const std::size_t first_hunk_end = text.find("@@ -9");
  for (std::size_t size = 1; size < text.size(); ++size) {
    const auto diff = read_diff(text.substr(0, size));
    // A whole hunk and less than the mark of the next cannot be told from a whole diff.
    if (size == first_hunk_end || size == first_hunk_end + 1) continue;
    EXPECT_FALSE(diff) << text.substr(0, size);
  }
}

TEST(ReadDiff, SurvivesAnyBytes) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  const std::string pieces[] = {"--- a/x\n",
                                "+++ b/x\n",
                                "@@ -1 +1 @@\n",
                                "@@ -1,2 +1,2 @@\r\n",
                                "-a\n",
                                "+b\r\n",
                                " c\n",
                                "\\ No newline\n",
                                "\n",
                                "\r\n",
                                "diff --git a/x b/x\n",
                                "rename from x\n",
                                "index 1..2\n",
                                "@@",
                                "-",
                                "\\\n"};
  int read_well = 0;
  for (std::uint64_t round = 0; round < rounds(20'000); ++round) {
    std::string text;
    for (std::uint64_t i = random.below(9); i > 0; --i) {
      text += pieces[random.below(std::size(pieces))];
    }
    for (const bool recount : {false, true}) {
      const auto diff = read_diff(text, {.recount = recount});
      read_well += diff ? 1 : 0;
      if (!diff) {
        ASSERT_LE(diff.error().position->byte_offset, text.size()) << text;
      }
    }
  }
  EXPECT_GT(read_well, 0);
}

TEST(ReadDiff, TakesAnyNamesOnlyWhenAsked) {
  const std::vector<std::pair<std::string, std::string>> names = {
      {"../x", "../x"},
      {"/etc/x", "/etc/x"},
      {"a/.git/x", "a/.git/x"},
      {"C:/x", "C:/x"},
      {R"("a/\000x")", std::string("a/\0x", 4)},
  };
  for (const auto& [written, name] : names) {
    const std::string text = "--- " + written + "\n+++ " + written + "\n@@ -1 +1 @@\n-a\n+b\n";
    const auto refused = read_diff(text);
    ASSERT_FALSE(refused) << written;
    EXPECT_EQ(refused.error().code, ErrorCode::unsafe_path);
    const auto diff = read_diff(text, {.any_names = true});
    ASSERT_TRUE(diff) << written;
    EXPECT_EQ(diff->files()[0].old_name, name);
  }
}

TEST(ReadDiff, TakesLinearTimeOnHostileDiffs) {
  std::string headers;
  for (int i = 0; i < 200'000; ++i) headers += "--- a/x\n";
  std::string hunks = "--- a/x\n+++ b/x\n";
  for (int i = 100'000; i > 0; --i) {
    hunks += "@@ -" + std::to_string(2 * i) + " +1 @@\n-a\n+b\n";
  }
  std::string quotes = "diff --git ";
  for (int i = 0; i < 500'000; ++i) quotes += "a \"";
  for (const std::string* text : {&headers, &hunks, &quotes}) {
    EXPECT_LT(processor_seconds_of([&] { (void)read_diff(*text); }), 3);
  }
}

}  // namespace
}  // namespace firn_test
