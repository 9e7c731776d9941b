#include "plain_diff.h"

#include <gtest/gtest.h>

namespace firn::tree {
namespace {

constexpr std::string_view kHunk = "@@ -1 +1 @@\n-a\n+b\n";

std::string change_of(const std::string& old_name, const std::string& new_name) {
  return "--- " + old_name + "\n+++ " + new_name + "\n" + std::string(kHunk);
}

/// The paths of a plain diff; "not plain" else.
std::vector<std::string> paths_of(const std::string& text, std::uint64_t strip,
                                  bool reverse = false) {
  const auto diff = read_diff(text);
  if (!diff) return {"not a diff"};
  const auto files = plain_files(*diff, strip, reverse);
  if (!files) return {"not plain"};
  std::vector<std::string> paths;
  for (const PlainFile& file : *files) paths.push_back(file.path());
  return paths;
}

using Paths = std::vector<std::string>;

TEST(PlainFiles, AreThoseOfTheDiffInTheOrderOfTheWork) {
  const std::string diff =
      change_of("a/x", "b/x") + change_of("a/src/.github/y z", "b/src/.github/y z");
  EXPECT_EQ(paths_of(diff, 1), (Paths{"x", "src/.github/y z"}));
  EXPECT_EQ(paths_of(diff, 1, true), (Paths{"src/.github/y z", "x"}));
  EXPECT_EQ(paths_of(change_of("x", "x"), 0), (Paths{"x"}));
  EXPECT_EQ(paths_of(change_of("a/b/c/x", "d/e/f/x"), 3), (Paths{"x"}));
}

TEST(PlainFiles, AreNoneOfADiffThatTakesThought) {
  const std::string git = "diff --git a/x b/y\n";
  for (const std::string& diff : {
           std::string(),
           change_of("a/x", "b/y"),
           change_of("a/x.orig", "b/x"),
           std::string("--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n"),
           std::string("--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"),
           change_of("a/x", "b/x") + change_of("a/x", "b/x"),
           change_of("a/./x", "b/./x"),
           change_of("a/.firn-journal", "b/.firn-journal"),
           change_of("a/.FIRN-0123456789abcdef-0.tmp", "b/.FIRN-0123456789abcdef-0.tmp"),
           change_of(R"("a/x\"")", R"("b/x\"")"),
           change_of(R"("a/\303\244")", R"("b/\303\244")"),
           change_of("x", "x"),
           std::string("--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n"),
           std::string("--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n"),
           git + "similarity index 100%\nrename from x\nrename to y\n",
           git + "similarity index 100%\ncopy from x\ncopy to y\n",
           std::string("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n"),
           std::string("diff --git a/x b/x\nindex 1234567..89abcde 120000\n") +
               change_of("a/x", "b/x"),
       }) {
    EXPECT_EQ(paths_of(diff, 1), Paths{"not plain"}) << diff;
  }
}

TEST(KeepsMode, KnowsButExecutableAndNot) {
  const auto keeps = [](const char* mode, std::uint32_t permissions) {
    const auto diff = read_diff(std::string("diff --git a/x b/x\nindex 1234567..89abcde ") + mode +
                                "\n" + change_of("a/x", "b/x"));
    return keeps_mode(plain_files(*diff, 1, false)->front(), false, permissions);
  };
  EXPECT_TRUE(keeps("100644", 0644));
  EXPECT_TRUE(keeps("100644", 0600));
  EXPECT_TRUE(keeps("100644", 0664));
  EXPECT_FALSE(keeps("100644", 0755));
  EXPECT_FALSE(keeps("100644", 0744));
  EXPECT_TRUE(keeps("100755", 0755));
  EXPECT_TRUE(keeps("100755", 0700));
  EXPECT_FALSE(keeps("100755", 0744));
  EXPECT_FALSE(keeps("100755", 0644));
}

}  // namespace
}  // namespace firn::tree
