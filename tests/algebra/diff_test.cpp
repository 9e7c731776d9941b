#include "firn/diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "diff_laws.h"
#include "processor_time.h"
#include "random_text.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::DiffAlgorithm;
using firn::DiffHunk;
using firn::DiffOptions;
using firn::Slide;
using firn::Snapshot;

constexpr DiffAlgorithm kAlgorithms[] = {DiffAlgorithm::histogram, DiffAlgorithm::myers,
                                         DiffAlgorithm::minimal};
constexpr Slide kSlides[] = {Slide::none, Slide::down, Slide::indent};

std::vector<DiffHunk> hunks_of(const Snapshot& before, const Snapshot& after,
                               const DiffOptions& options = {}) {
  auto hunks = firn::diff_lines(before, after, options);
  if (!hunks) throw std::runtime_error(hunks.error().message);
  return *std::move(hunks);
}

TEST(Diff, IsAValidAlignmentUnderEveryAlgorithmAndSlide) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(3000); ++round) {
    const Snapshot before = frozen(random.wild(14));
    const Snapshot after = frozen(random.wild(14));
    for (const DiffAlgorithm algorithm : kAlgorithms) {
      for (const Slide slide : kSlides) {
        const auto hunks = hunks_of(before, after, {.algorithm = algorithm, .slide = slide});
        ASSERT_EQ(why_invalid(before, after, hunks), "")
            << testing::PrintToString(before.bytes()) << testing::PrintToString(after.bytes());
      }
    }
  }
}

TEST(Diff, MyersAndMinimalChangeNoMoreLinesThanTheyMust) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(1500); ++round) {
    const std::uint64_t letters = 1 + random.below(4);
    const Snapshot before = frozen(random.joined(random.lines(random.below(30), letters), "\n"));
    const Snapshot after = frozen(random.joined(random.lines(random.below(30), letters), "\n"));
    const std::uint64_t least = before.line_count() - longest_common_subsequence(before, after);
    for (const auto algorithm : {DiffAlgorithm::myers, DiffAlgorithm::minimal}) {
      ASSERT_EQ(removed_lines(hunks_of(before, after, {.algorithm = algorithm})), least)
          << testing::PrintToString(before.bytes()) << testing::PrintToString(after.bytes());
    }
  }
}

/// Long texts of which the second has changes here and there, and a block at another place.
TEST(Diff, IsAValidAlignmentWhereTextsShareLongRuns) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (int round = 0; round < 200; ++round) {
    const std::uint64_t letters = random.one_in(3) ? 20 : 5000;
    const auto lines = random.lines(1 + random.below(3000), letters);
    auto changed = random.edited(lines, random.below(12), letters);
    if (!changed.empty()) {
      const auto middle =
          changed.begin() + static_cast<std::ptrdiff_t>(random.below(changed.size()));
      const auto end = middle + static_cast<std::ptrdiff_t>(random.below(
                                    static_cast<std::uint64_t>(changed.end() - middle) + 1));
      std::rotate(random.one_in(2) ? changed.begin() : middle, middle, end);
    }
    const Snapshot before = frozen(random.joined(lines, "\n"));
    const Snapshot after = frozen(random.joined(changed, "\n"));
    ASSERT_EQ(why_invalid(before, after, hunks_of(before, after)), "");
    ASSERT_EQ(why_invalid(after, before, hunks_of(after, before)), "");
  }
}

TEST(Diff, MinimalIsMinimalAlsoOverManyDiagonals) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (int round = 0; round < 30; ++round) {
    const std::uint64_t letters = 2 + random.below(300);
    const Snapshot before = frozen(random.joined(random.lines(random.below(300), letters), "\n"));
    const Snapshot after = frozen(random.joined(random.lines(random.below(300), letters), "\n"));
    const std::uint64_t least = before.line_count() - longest_common_subsequence(before, after);
    const auto hunks = hunks_of(before, after, {.algorithm = DiffAlgorithm::minimal});
    ASSERT_EQ(why_invalid(before, after, hunks), "");
    ASSERT_EQ(removed_lines(hunks), least);
  }
}

TEST(Diff, AppliedToTheFirstTextGivesTheSecondAlsoThroughJson) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(5000); ++round) {
    const Snapshot before = frozen(random.wild(8));
    const Snapshot after = frozen(random.wild(8));
    const auto batch = firn::diff(before, after, {.algorithm = kAlgorithms[round % 3]});
    ASSERT_TRUE(batch);
    ASSERT_EQ(applied(before, *batch), after.bytes());
    const auto json = firn::to_json(*batch);
    if (!json) continue;  // JSON cannot hold it.
    const auto again = firn::read_batch(json->view());
    ASSERT_TRUE(again) << again.error().message;
    ASSERT_EQ(applied(before, *again), after.bytes());
  }
}

TEST(Diff, HistogramHoldsOnToTheRarestLineAndMyersToTheLongestRun) {
  const Snapshot before = frozen("rare\nx\ny\nx\ny\n");
  const Snapshot after = frozen("x\ny\nrare\n");
  EXPECT_EQ(hunks_of(before, after, {.algorithm = DiffAlgorithm::histogram}),
            (std::vector<DiffHunk>{{.before = {1, 0}, .after = {1, 2}},
                                   {.before = {2, 5}, .after = {4, 3}}}));
  EXPECT_EQ(removed_lines(hunks_of(before, after, {.algorithm = DiffAlgorithm::minimal})), 3U);
}

TEST(Diff, OfEqualTextsIsEmpty) {
  for (const std::string_view text : {"", "a", "a\n", "a\r\nb"}) {
    EXPECT_TRUE(hunks_of(frozen(text), frozen(text)).empty());
  }
}

/// `count` lines that stand nowhere else, with one of their own after the first `above`.
std::string text_around(std::string_view name, std::uint64_t count, std::uint64_t above,
                        std::string_view own) {
  std::string text;
  for (std::uint64_t line = 0; line < count; ++line) {
    if (line == above) text += own;
    text.append(name).append(" ").append(std::to_string(line)).append("\n");
  }
  return text;
}

TEST(Diff, OfLargeTextsFindsTheOnlyLinesThatTheyShare) {
  const std::string before = text_around("a", 5000, 3000, "shared\n");
  EXPECT_EQ(hunks_of(frozen(before), frozen(text_around("b", 3000, 1500, "shared\n"))),
            (std::vector<DiffHunk>{{.before = {1, 3000}, .after = {1, 1500}},
                                   {.before = {3002, 5001}, .after = {1502, 3001}}}));
  EXPECT_EQ(hunks_of(frozen(before), frozen(text_around("b", 3000, 1500, "not shared\n"))),
            (std::vector<DiffHunk>{{.before = {1, 5001}, .after = {1, 3001}}}));
  // Twice in one of them, it is no place where both certainly meet, and yet shared.
  const auto hunks =
      hunks_of(frozen(before), frozen(text_around("b", 3000, 1500, "shared\nshared\n")));
  EXPECT_EQ(removed_lines(hunks), 5000U);
}

struct SlideCase {
  std::string_view name;
  std::string_view before;
  std::string_view after;
  std::uint64_t first_added_line;
};

TEST(Diff, SlidesAnInsertionToWhereGitsIndentHeuristicPutsIt) {
  const SlideCase cases[] = {
      {"a function in front of its like", "void a() {\n  x;\n}\n\nvoid c() {\n  x;\n}\n",
       "void a() {\n  x;\n}\n\nvoid b() {\n  x;\n}\n\nvoid c() {\n  x;\n}\n", 5},
      {"a block at the end of a body", "f {\n  if a {\n    x\n  }\n}\n",
       "f {\n  if a {\n    x\n  }\n  if b {\n    x\n  }\n}\n", 5},
      {"a list item after the blank line", "a\n\nb\n", "a\n\na\n\nb\n", 3},
      {"a repeated line goes last", "x\nx\n", "x\nx\nx\n", 3},
  };
  for (const SlideCase& given : cases) {
    SCOPED_TRACE(given.name);
    const auto hunks = hunks_of(frozen(given.before), frozen(given.after));
    ASSERT_EQ(hunks.size(), 1U);
    EXPECT_EQ(hunks[0].after.from, given.first_added_line);
  }
}

TEST(Diff, TakesBoundedTimeOnHostileTexts) {
  std::string before;
  std::string after;
  RandomText random(1);
  for (int i = 0; i < 100'000; ++i) {
    before += random.one_in(2) ? "a\n" : "b\n";
    after += random.one_in(2) ? "a\n" : "b\n";
  }
  const Snapshot a = frozen(before);
  const Snapshot b = frozen(after);
  for (const auto algorithm : {DiffAlgorithm::histogram, DiffAlgorithm::myers}) {
    std::vector<DiffHunk> hunks;
    EXPECT_LT(processor_seconds_of([&] { hunks = hunks_of(a, b, {.algorithm = algorithm}); }), 20);
    EXPECT_EQ(why_invalid(a, b, hunks), "");
  }
}

}  // namespace
}  // namespace firn_test
