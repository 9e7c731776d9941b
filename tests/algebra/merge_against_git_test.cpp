#include <gtest/gtest.h>

#include <string>

#include "firn/merge.h"
#include "random_text.h"
#include "workshop.h"

namespace firn_test {
namespace {

using firn::ConflictStyle;
using firn::Favor;
using firn::MergeOptions;

struct Way {
  const char* flag;
  MergeOptions options;
};

const Way kWays[] = {
    {"--diff3", {.style = ConflictStyle::diff3}}, {"--zdiff3", {.style = ConflictStyle::zdiff3}},
    {"--ours", {.favor = Favor::ours}},           {"--theirs", {.favor = Favor::theirs}},
    {"--union", {.favor = Favor::both}},          {"--marker-size=7", {}},
};

TEST(MergeAgainstGit, IsEqualToGitMergeFileToTheByte) {
  if (!Workshop::has_program("git")) GTEST_SKIP() << "git is not installed";
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  const Workshop shop;
  for (int round = 0; round < 250; ++round) {
    const bool is_long = round % 20 == 0;
    const std::uint64_t letters = is_long ? 20 : 2 + random.below(6);
    const std::uint64_t edits = is_long ? 300 : 4;
    const auto line_end = random.one_in(3) ? "\r\n" : "\n";
    const auto lines = random.lines(is_long ? 2000 : random.below(30), letters);
    const std::string base = random.joined(lines, line_end);
    const std::string ours =
        random.joined(random.edited(lines, random.below(edits), letters), line_end);
    const bool is_unrelated = is_long && random.one_in(3);  // So far apart that git gives up.
    const std::string theirs =
        random.joined(is_unrelated ? random.lines(2000, letters)
                                   : random.edited(lines, random.below(edits), letters),
                      line_end);
    shop.write("base", base);
    shop.write("ours", ours);
    shop.write("theirs", theirs);
    const Way& way = kWays[static_cast<std::size_t>(round) % std::size(kWays)];
    ASSERT_GE(shop.run({"git", "merge-file", "-p", way.flag, "-L", "ours", "-L", "base", "-L",
                        "theirs", "ours", "base", "theirs"}),
              0);
    const auto merged = firn::merge(frozen(base), frozen(ours), frozen(theirs), way.options);
    ASSERT_TRUE(merged);
    ASSERT_EQ(merged->text.view(), shop.read("out")) << "round " << round << " " << way.flag;
  }
}

/// In more than 65,000 lines, both texts together, git's search takes more than 256 steps before it
/// gives up, and looks for the ends of long runs on the way.
TEST(MergeAgainstGit, SearchesAsFarAsGitDoesInLongTexts) {
  if (!Workshop::has_program("git")) GTEST_SKIP() << "git is not installed";
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  const Workshop shop;
  constexpr std::uint64_t kLetters = 30;
  const auto lines = random.lines(34'000, kLetters);
  const std::string base = random.joined(lines, "\n");
  const std::string ours = random.joined(random.edited(lines, 30, kLetters), "\n");
  const std::string theirs = random.joined(random.edited(lines, 1500, kLetters), "\n");
  shop.write("base", base);
  shop.write("ours", ours);
  shop.write("theirs", theirs);
  ASSERT_GE(shop.run({"git", "merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs", "ours",
                      "base", "theirs"}),
            0);
  const auto merged = firn::merge(frozen(base), frozen(ours), frozen(theirs));
  ASSERT_TRUE(merged);
  ASSERT_EQ(merged->text.view(), shop.read("out"));
}

}  // namespace
}  // namespace firn_test
