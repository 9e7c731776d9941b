#include "firn/unified_diff.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "firn/firn.h"
#include "random_batch.h"
#include "random_text.h"
#include "workshop.h"

namespace firn_test {
namespace {

using firn::DiffStyle;
using firn::FunctionNames;
using firn::Patched;
using Kind = firn::FileDiff::Kind;

Patched changed(std::string_view before, std::string_view after) {
  const firn::Snapshot base = frozen(before);
  return firn::apply(base, firn::diff(base, frozen(after)).value()).value();
}

std::string diff_of(const Patched& patched, const DiffStyle& style) {
  return std::string(firn::unified_diff(patched, style).value().view());
}

/// Git as everyone has it, whatever this machine's configuration says.
std::vector<std::string> git(const std::vector<std::string>& words) {
  std::vector<std::string> command = {"env", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
                                      "LC_ALL=C", "git"};
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

TEST(FunctionNames, GoByTheEndingOfTheFile) {
  EXPECT_EQ(firn::function_names_of("src/a.cpp"), FunctionNames::cpp);
  EXPECT_EQ(firn::function_names_of("a.h"), FunctionNames::cpp);
  EXPECT_EQ(firn::function_names_of("a.module.scss"), FunctionNames::css);
  for (const std::string_view name : {"a.ts", "a.mjs", "a", "", ".cpp/x", "a.CSS", "css"}) {
    EXPECT_EQ(firn::function_names_of(name), FunctionNames::plain) << name;
  }
}

TEST(FunctionNames, StandBehindTheHunk) {
  std::string before = "function first() {\n";
  for (int i = 0; i < 20; ++i) before += "  " + std::to_string(i) + "\n";
  before += "}\n";
  std::string after = before;
  after.replace(after.find("  15\n"), 5, "  changed\n");
  const Patched patched = changed(before, after);
  const std::string named = diff_of(patched, {.function_names = FunctionNames::plain});
  EXPECT_TRUE(named.starts_with("--- a\n+++ b\n@@ -14,7 +14,7 @@ function first() {\n")) << named;
  EXPECT_EQ(diff_of(patched, {}).find("function"), std::string::npos);
}

/// A header that ends with CR LF says that the diff was sent through something that rewrites line
/// ends, and then the CR at the end of its lines is not taken for the file's.
TEST(FunctionNames, NeverEndAHeaderWithACr) {
  for (const std::string_view head : {"f\r\xFF\n", "f\r\r\n", "f\r\xE2\x82\n"}) {
    const std::string before = std::string(head) + "  1\r\n  2\r\n";
    const std::string after = std::string(head) + "  1\r\n  3\r\n";
    const std::string text = diff_of(changed(before, after),
                                     {.context_lines = 1, .function_names = FunctionNames::plain});
    EXPECT_NE(text.find("@@ f\n"), std::string::npos) << text;
    const firn::Diff diff = firn::read_diff(text).value();
    const firn::Placed placed = firn::place(frozen(before), diff.files()[0]).value();
    EXPECT_EQ(applied(frozen(before), placed.batch), after);
  }
}

/// Lines that any rule may take for a head, or nearly.
std::string random_head(RandomText& random) {
  static const std::string heads[] = {"function f(a) {",
                                      "  indented();",
                                      "}",
                                      "label:",
                                      "  label2: // why",
                                      "public: /* */",
                                      "case 1:",
                                      "std::swap:",
                                      "::ns::f()",
                                      "::  x",
                                      "::",
                                      "$jquery",
                                      "_private",
                                      "class A : B {",
                                      "a:hover,",
                                      "color: red;",
                                      "@media print {",
                                      "#id",
                                      ".class {",
                                      "[type=text] {",
                                      ":root {",
                                      "9to5",
                                      "\tx",
                                      "",
                                      "trailing  \t ",
                                      "caf\xC3\xA9 {",
                                      "latin\xE9 more",
                                      "\xC3\xA9t\xC3\xA9",
                                      "A::b() :",
                                      "x;\t",
                                      "-webkit-x",
                                      "f(\"" + std::string(73, 'x') + "\xC3\xA9\")",
                                      std::string(79, 'y') + " z",
                                      std::string(200, 'w'),
                                      "e \xFF tail",
                                      "vtab\v:",
                                      "default : x",
                                      "enum:int {"};
  return heads[random.below(std::size(heads))];
}

struct TwoTexts {
  std::string before;
  std::string after;
};

/// What changes is there only once, so there is one diff, whatever the algorithm.
TwoTexts random_code(RandomText& random) {
  TwoTexts texts;
  const std::string_view line_end = random.one_in(4) ? "\r\n" : "\n";
  const std::uint64_t line_count = random.below(60);
  for (std::uint64_t i = 0; i < line_count; ++i) {
    if (!random.one_in(12)) {
      const std::string line = random_head(random) + std::string(line_end);
      texts.before += line;
      texts.after += line;
      continue;
    }
    const std::string name = (random.one_in(2) ? "  only " : "only ") + std::to_string(i);
    const std::uint64_t deed = random.below(3);
    if (deed != 0) texts.before += name + " before" + std::string(line_end);
    if (deed != 1) texts.after += name + " after" + std::string(line_end);
  }
  return texts;
}

TEST(FunctionNames, AreThoseOfGit) {
  if (!Workshop::has_program("git")) GTEST_SKIP() << "git is not installed";
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  const Workshop shop;
  shop.write("attributes", "*.cpp diff=cpp\n*.css diff=css\n");
  const std::string endings[] = {".js", ".cpp", ".css"};
  int named = 0;
  for (int round = 0; round < 300; ++round) {
    const TwoTexts texts = random_code(random);
    const std::string ending = endings[random.below(3)];
    const std::uint64_t context = random.below(4);
    shop.write("before" + ending, texts.before);
    shop.write("after" + ending, texts.after);
    shop.run(git({"-c", "core.attributesFile=attributes", "diff", "--no-index", "--no-color",
                  "--no-indent-heuristic", "-U" + std::to_string(context), "before" + ending,
                  "after" + ending}));
    const std::string theirs = shop.read("out");
    const std::string ours = diff_of(
        changed(texts.before, texts.after),
        {.context_lines = context, .function_names = firn::function_names_of("x" + ending)});
    const auto hunks = [](const std::string& diff) {
      const std::size_t at = diff.find("\n@@ ");
      return at == std::string::npos ? std::string() : diff.substr(at + 1);
    };
    ASSERT_EQ(hunks(ours), hunks(theirs)) << ending;
    if (ours.find("@@ ", ours.find("@@ ") + 3) != std::string::npos) ++named;
  }
  EXPECT_GT(named, 100);
}

struct Names {
  std::string old_path;
  std::string new_path;
};

Names random_names(RandomText& random, Kind kind) {
  static const std::string names[] = {"plain.txt", "with blank",  "caf\xC3\xA9",
                                      "quote\"d",  "back\\slash", "tab\there",
                                      "new\nline", " lead",       "--- dashes"};
  const std::string name = names[random.below(std::size(names))];
  const bool moves = kind == Kind::rename || kind == Kind::copy;
  return {.old_path = name, .new_path = moves ? "moved " + name : name};
}

/// A file as a kind of change leaves it in its folder; nothing: it is not there.
struct Outcome {
  std::optional<std::string> at_old_path;
  std::optional<std::string> at_new_path;
};

Outcome outcome_of(const Workshop& shop, const Names& names) {
  const auto file = [&](const std::string& name) {
    return shop.has(name) ? std::optional(shop.read(name)) : std::nullopt;
  };
  return {.at_old_path = file(names.old_path), .at_new_path = file(names.new_path)};
}

/// Writes a change of each kind and lets `program` read it.
void expect_read_to_our_bytes(const std::vector<std::string>& program, bool knows_all_names) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  const Kind kinds[] = {Kind::modify, Kind::create, Kind::remove, Kind::rename, Kind::copy};
  for (int round = 0; round < 250; ++round) {
    const Kind kind = kinds[random.below(std::size(kinds))];
    Names names = random_names(random, kind);
    if (!knows_all_names)
      names = {"plain", kind == Kind::rename || kind == Kind::copy ? "other" : "plain"};
    const std::string text = random.joined(random.lines(random.below(20), 4), "\n");
    const std::string before = kind == Kind::create ? "" : text;
    const std::string after = kind == Kind::remove   ? ""
                              : kind == Kind::create ? text
                              : random.one_in(5)
                                  ? before
                                  : random.joined(random.edited(random.lines(12, 4), 2, 4), "\n");
    firn::GitHeader header{.kind = kind, .old_path = names.old_path, .new_path = names.new_path};
    if (kind == Kind::rename || kind == Kind::copy) header.similarity_percent = 50;
    if (kind == Kind::modify && random.one_in(2)) {
      header.old_mode = 0100644;
      header.new_mode = 0100755;
    }
    const std::string diff = diff_of(changed(before, after), {.git = header});
    if (diff.empty()) {
      ASSERT_EQ(before, after);
      ASSERT_EQ(kind, Kind::modify);
      continue;
    }
    const auto read = firn::read_diff(diff);
    ASSERT_TRUE(read.has_value()) << read.error().message << diff;
    const firn::FileDiff& file = read->files()[0];
    ASSERT_EQ(file.kind, kind) << diff;
    ASSERT_EQ(file.old_name.value_or("none"), kind == Kind::create ? "none" : "a/" + names.old_path)
        << diff;
    ASSERT_EQ(file.new_name.value_or("none"), kind == Kind::remove ? "none" : "b/" + names.new_path)
        << diff;
    const Workshop shop;
    if (kind != Kind::create) shop.write(names.old_path, before);
    shop.write("the.diff", diff);
    ASSERT_EQ(shop.run(program), 0) << diff << shop.read("out") << shop.read("err");
    const Outcome outcome = outcome_of(shop, names);
    const bool stays = kind == Kind::copy;
    if (names.old_path != names.new_path) {
      ASSERT_EQ(outcome.at_old_path, stays ? std::optional(before) : std::nullopt) << diff;
    }
    ASSERT_EQ(outcome.at_new_path, kind == Kind::remove ? std::nullopt : std::optional(after))
        << diff;
  }
}

TEST(GitHeaders, AreReadByGitApplyToOurBytes) {
  if (!Workshop::has_program("git")) GTEST_SKIP() << "git is not installed";
  expect_read_to_our_bytes(git({"apply", "--whitespace=nowarn", "the.diff"}), true);
}

TEST(GitHeaders, AreReadByGnuPatchToOurBytes) {
  if (!Workshop::has_program("patch")) GTEST_SKIP() << "patch is not installed";
  expect_read_to_our_bytes({"patch", "-p1", "--silent", "-i", "the.diff"}, false);
}

TEST(GitHeaders, AreReadBackAsTheyWereMeant) {
  const Patched patched = changed("a\n", "b\n");
  const std::string diff = diff_of(patched, {.git = firn::GitHeader{.kind = Kind::rename,
                                                                    .old_path = "x y",
                                                                    .new_path = "z\n",
                                                                    .old_mode = 0100644,
                                                                    .new_mode = 0100755,
                                                                    .similarity_percent = 70,
                                                                    .old_blob = "1234567",
                                                                    .new_blob = "89abcde"}});
  EXPECT_EQ(diff,
            "diff --git a/x y \"b/z\\n\"\nold mode 100644\nnew mode 100755\n"
            "similarity index 70%\nrename from x y\nrename to \"z\\n\"\nindex 1234567..89abcde\n"
            "--- a/x y\t\n+++ \"b/z\\n\"\n@@ -1 +1 @@\n-a\n+b\n");
  const auto read = firn::read_diff(diff).value();
  ASSERT_EQ(read.files().size(), 1U);
  EXPECT_EQ(read.files()[0].kind, Kind::rename);
  EXPECT_EQ(read.files()[0].old_name, "a/x y");
  EXPECT_EQ(read.files()[0].new_name, "b/z\n");
}

TEST(GitHeaders, SayWhatHasNoHunks) {
  const Patched same = changed("a\n", "a\n");
  const Patched empty = changed("", "");
  const auto header = [](const Patched& patched, firn::GitHeader git) {
    git.old_path = "f";
    return diff_of(patched, {.git = git});
  };
  EXPECT_EQ(header(same, {}), "");
  EXPECT_EQ(header(same, {.old_mode = 0100644, .new_mode = 0100644}), "");
  EXPECT_EQ(header(same, {.old_mode = 0100644, .new_mode = 0100755}),
            "diff --git a/f b/f\nold mode 100644\nnew mode 100755\n");
  EXPECT_EQ(header(empty, {.kind = Kind::create}),
            "diff --git a/f b/f\nnew file mode 100644\nindex 0000000..e69de29\n");
  EXPECT_EQ(header(empty, {.kind = Kind::remove, .old_mode = 0100755}),
            "diff --git a/f b/f\ndeleted file mode 100755\nindex e69de29..0000000\n");
  EXPECT_EQ(header(same, {.kind = Kind::rename, .new_path = "g"}),
            "diff --git a/f b/g\nsimilarity index 100%\nrename from f\nrename to g\n");
}

TEST(GitHeaders, RefuseWhatTheTextsDeny) {
  const auto code = [](const Patched& patched, const firn::GitHeader& git) {
    return firn::unified_diff(patched, {.git = git}).error().code;
  };
  using firn::ErrorCode;
  EXPECT_EQ(code(changed("a\n", "b\n"), {.kind = Kind::create, .new_path = "f"}),
            ErrorCode::invalid_argument);
  EXPECT_EQ(code(changed("a\n", "b\n"), {.kind = Kind::remove, .old_path = "f"}),
            ErrorCode::invalid_argument);
  EXPECT_EQ(code(changed("a\n", "b\n"), {}), ErrorCode::invalid_argument);
}

TEST(GitHeaders, RefuseWhatWouldNotBeReadAsMeant) {
  const Patched patched = changed("a\n", "b\n");
  const firn::GitHeader headers[] = {
      {.kind = Kind::rename, .old_path = "f"},
      {.kind = Kind::copy, .old_path = "f", .new_path = "f"},
      {.kind = Kind::rename, .old_path = "f", .new_path = "g", .similarity_percent = 101},
      {.old_path = "f", .old_mode = 0100644, .new_mode = 01100755},
      {.old_path = "f", .old_mode = 0xFFFFFFFF},
      {.old_path = "f", .old_blob = "12345\n7", .new_blob = "1234567"},
      {.old_path = "f", .old_blob = "1234567", .new_blob = std::string_view("g234567")},
  };
  for (const firn::GitHeader& git : headers) {
    const auto diff = firn::unified_diff(patched, {.git = git});
    ASSERT_FALSE(diff);
    EXPECT_EQ(diff.error().code, firn::ErrorCode::invalid_argument);
  }
  const firn::GitHeader two = {
      .old_path = "f", .new_path = "g", .old_mode = 0100644, .new_mode = 0100755};
  EXPECT_TRUE(firn::unified_diff(patched, {.git = two}));
  const auto mode_only = firn::unified_diff(changed("a\n", "a\n"), {.git = two});
  ASSERT_FALSE(mode_only);
  EXPECT_EQ(mode_only.error().code, firn::ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace firn_test
