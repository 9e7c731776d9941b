#include "firn/merge.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "random_text.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::ConflictStyle;
using firn::Favor;
using firn::Merged;
using firn::MergeOptions;

Merged merged(std::string_view base, std::string_view ours, std::string_view theirs,
              const MergeOptions& options = {}) {
  auto result = firn::merge(frozen(base), frozen(ours), frozen(theirs), options);
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

std::string text_of(const Merged& merged) { return std::string(merged.text.view()); }

TEST(Merge, TakesChangesOfEitherSideAndTheSameChangeOnce) {
  EXPECT_EQ(text_of(merged("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n")), "A\nb\nC\n");
  EXPECT_EQ(text_of(merged("a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\n")), "a\nX\nc\n");
  EXPECT_EQ(text_of(merged("a\nb\nc\n", "b\nc\n", "a\nb\n")), "b\n");
  EXPECT_EQ(text_of(merged("", "", "new\n")), "new\n");
}

TEST(Merge, ChangesThatTouchAreAConflict) {
  const Merged result = merged("a\nb\n", "A\nb\n", "a\nB\n");
  ASSERT_EQ(result.conflicts.size(), 1U);
  EXPECT_EQ(text_of(result), "<<<<<<< ours\nA\nb\n=======\na\nB\n>>>>>>> theirs\n");
}

TEST(Merge, WritesConflictsInEveryStyle) {
  const std::string_view base = "1\nx\n2\n";
  const std::string_view ours = "1\nsame\nours\n2\n";
  const std::string_view theirs = "1\nsame\ntheirs\n2\n";
  EXPECT_EQ(text_of(merged(base, ours, theirs)),
            "1\nsame\n<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs\n2\n");
  EXPECT_EQ(text_of(merged(base, ours, theirs, {.style = ConflictStyle::diff3})),
            "1\n<<<<<<< ours\nsame\nours\n||||||| base\nx\n=======\nsame\ntheirs\n>>>>>>> theirs\n"
            "2\n");
  EXPECT_EQ(text_of(merged(base, ours, theirs, {.style = ConflictStyle::zdiff3})),
            "1\nsame\n<<<<<<< ours\nours\n||||||| base\nx\n=======\ntheirs\n>>>>>>> theirs\n2\n");
}

TEST(Merge, ResolvesConflictsInFavorOfWhoWasAsked) {
  const auto with = [](Favor favor) {
    const Merged result = merged("x", "ours", "theirs", {.favor = favor});
    EXPECT_TRUE(result.conflicts.empty());
    return text_of(result);
  };
  EXPECT_EQ(with(Favor::ours), "ours");
  EXPECT_EQ(with(Favor::theirs), "theirs");
  EXPECT_EQ(with(Favor::both), "ours\ntheirs");
}

TEST(Merge, UsesLabelsAndMarkerSizeAsGiven) {
  const Merged result =
      merged("x\n", "a\n", "b\n", {.ours_label = "mine", .theirs_label = "", .marker_size = 3});
  EXPECT_EQ(text_of(result), "<<< mine\na\n===\nb\n>>>\n");
}

TEST(Merge, RefusesMarkersThatAreNone) {
  const auto refused = [](const MergeOptions& options) {
    const auto result = firn::merge(frozen("x\n"), frozen("a\n"), frozen("b\n"), options);
    return !result && result.error().code == firn::ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused({.marker_size = 0}));
  EXPECT_FALSE(refused({.marker_size = firn::kMaxMarkerSize}));
  EXPECT_TRUE(refused({.marker_size = firn::kMaxMarkerSize + 1}));
  EXPECT_TRUE(refused({.ours_label = "two\nlines"}));
  EXPECT_TRUE(refused({.base_label = "\n"}));
  EXPECT_TRUE(refused({.theirs_label = "end\n"}));
}

TEST(Merge, GivesConflictsAsLinesOfAllFourTexts) {
  const Merged result = merged("1\nx\ny\n2\n", "0\n1\na\n2\n", "1\nb\nc\n2\n");
  ASSERT_EQ(result.conflicts.size(), 1U);
  const firn::Conflict& conflict = result.conflicts[0];
  EXPECT_EQ(conflict.base, (firn::LineRange{2, 3}));
  EXPECT_EQ(conflict.ours, (firn::LineRange{3, 3}));
  EXPECT_EQ(conflict.theirs, (firn::LineRange{2, 3}));
  EXPECT_EQ(conflict.merged, (firn::LineRange{3, 8}));
  const firn::Snapshot text = frozen(result.text.view());
  EXPECT_EQ(text.line(3), "<<<<<<< ours");
  EXPECT_EQ(text.line(8), ">>>>>>> theirs");
}

TEST(Merge, EndsMarkersWithCrLfOnlyWhereTheBaseDoesToo) {
  EXPECT_NE(text_of(merged("x\r\n", "a\r\n", "b\r\n")).find("=======\r\n"), std::string::npos);
  EXPECT_NE(text_of(merged("x\n", "a\r\n", "b\r\n")).find("=======\n"), std::string::npos);
  EXPECT_NE(text_of(merged("", "a\r\n", "b\r\n")).find("=======\n"), std::string::npos);
}

TEST(Merge, WithAnUnchangedSideIsTheOtherSide) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(2000); ++round) {
    const std::string base = random.wild(10);
    const std::string other = random.wild(10);
    ASSERT_EQ(text_of(merged(base, base, other)), other);
    ASSERT_EQ(text_of(merged(base, other, base)), other);
    ASSERT_EQ(text_of(merged(base, other, other)), other);
  }
}

/// The labels and the two sides of every conflict change places.
TEST(Merge, IsSymmetricUpToTheSides) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(2000); ++round) {
    const RandomText::Lines lines = random.lines(random.below(25), 6);
    const std::string base = random.joined(lines, "\n");
    const std::string ours = random.joined(random.edited(lines, random.below(4), 6), "\n");
    const std::string theirs = random.joined(random.edited(lines, random.below(4), 6), "\n");
    const Merged there = merged(base, ours, theirs, {.style = ConflictStyle::diff3});
    const Merged back = merged(base, theirs, ours, {.style = ConflictStyle::diff3});
    ASSERT_EQ(there.conflicts.size(), back.conflicts.size());
    if (there.conflicts.empty()) {
      ASSERT_EQ(text_of(there), text_of(back));
    }
    for (std::size_t i = 0; i < there.conflicts.size(); ++i) {
      ASSERT_EQ(there.conflicts[i].ours, back.conflicts[i].theirs);
      ASSERT_EQ(there.conflicts[i].theirs, back.conflicts[i].ours);
      ASSERT_EQ(there.conflicts[i].base, back.conflicts[i].base);
    }
  }
}

}  // namespace
}  // namespace firn_test
