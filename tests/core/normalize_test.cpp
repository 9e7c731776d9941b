#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "case.h"
#include "firn/plan.h"
#include "naive_text.h"
#include "notation.h"
#include "random_case.h"
#include "thorough.h"
#include "versus_oracle.h"

namespace firn_test {
namespace {

using firn::ApplyOptions;
using firn::Edit;
using firn::Normalized;
using firn::Plan;
using firn::Policy;
using firn::Ties;

Plan plan_for(std::string_view text, std::string_view patches, const ApplyOptions& options = {}) {
  return firn::normalize(frozen(text), batch_of(patches), options).value().plan;
}

TEST(Normalize, LowersPatchesToDescendingByteEdits) {
  struct Row {
    std::string text;
    std::string patches;
    std::string plan;
  };
  const std::vector<Row> rows = {
      {"a\nb\nc\n", "", ""},
      {"a\nb\nc\n", "2:=x", "[2,4) > \"x\\n\"s; "},
      {"a\nb\nc\n", "1:- 3:=x 2:+y", "[4,6) > \"x\\n\"s; [2,2) > \"y\\n\"s; [0,2) > \"\"s; "},
      {"a\nb\nc\n", "1-3:=x|y", "[0,6) > \"x\\ny\\n\"s; "},
      {"a\nb\nc\n", "2:+[]", ""},
      {"a\nb\nc\n", "2:=[]", "[2,4) > \"\"s; "},
      {"a\nb\nc\n", "4:+x", "[6,6) > \"x\\n\"s; "},
      {"a\r\nb\r\n", "2:=x", "[3,6) > \"x\\r\\n\"s; "},
      {"", "1:+x", "[0,0) > \"x\\n\"s; "},
      // Without final newline an edit at the end may begin a terminator earlier ...
      {"a\nb", "2:-", "[1,3) > \"\"s; "},
      {"a\r\nb", "2:-", "[1,4) > \"\"s; "},
      // ... or lead with the terminator that the line before it lacks.
      {"a\nb", "3:+x", "[3,3) > \"\\nx\"s; "},
      {"a\nb", "2:=x", "[2,3) > \"x\"s; "},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(show(plan_for(row.text, row.patches)), row.plan)
        << row.patches << " on " << literal(row.text);
  }
}

TEST(Normalize, KeepsInsertsAtALineInBatchOrder) {
  const Plan plan = plan_for("a\nb\n", "2:+x 2:+y 2:=z", {.ties = Ties::keep_order});
  EXPECT_EQ(show(plan), "[2,4) > \"z\\n\"s; [2,2) > \"y\\n\"s; [2,2) > \"x\\n\"s; ");
}

TEST(Normalize, MakesTheSamePlanOfAnyOrder) {
  const std::string text = numbered_lines(40);
  const std::vector<PatchCase> ascending =
      parse_patches("1:- 3-5:=x|y 6:+z 9:=x 12:+a|b 20-30:- 33:= 38:+c 41:+d");
  const auto plan_of = [&](const std::vector<PatchCase>& patches) {
    return show(firn::normalize(frozen(text), build({.patches = patches})).value().plan);
  };
  const std::string expected = plan_of(ascending);
  std::vector<PatchCase> patches(ascending.rbegin(), ascending.rend());
  EXPECT_EQ(plan_of(patches), expected);
  Dice dice(seed_from_environment());
  for (int round = 0; round < 100; ++round) {
    std::swap(patches[dice.roll(patches.size())], patches[dice.roll(patches.size())]);
    ASSERT_EQ(plan_of(patches), expected);
  }
}

TEST(Normalize, CopiesNoTextWhereTheFileUsesLf) {
  const firn::Snapshot snapshot = frozen("a\nb\n");
  const firn::Batch batch = batch_of("1:=x|y");
  const Plan plan = firn::normalize(snapshot, batch).value().plan;
  EXPECT_EQ(plan.edits()[0].text.data(), batch.text().data());
  EXPECT_FALSE(plan.edits()[0].rewritten);
}

TEST(Normalize, KnowsTheSizeOfTheResultBeforehand) {
  const Plan plan = plan_for("a\nb\nc\n", "1:- 3:=xx|y 4:+z");
  EXPECT_EQ(plan.output_bytes(), std::string_view("b\nxx\ny\nz\n").size());
  EXPECT_EQ(plan.output_lines(), 4U);
}

TEST(Normalize, GivesTheLinesOfAnEditOneByOne) {
  const Plan plan = plan_for("a\r\nb", "1:=x|y|z 3:+v|w");
  const auto lines_of = [&](const Edit& edit) {
    std::string lines;
    for (std::uint64_t i = 0; i < edit.text_line_count; ++i) {
      lines += literal(plan.text_line(edit, i)) + " ";
    }
    return lines;
  };
  EXPECT_EQ(lines_of(plan.edits()[0]), "\"v\\r\\n\"s \"w\"s ");
  EXPECT_EQ(lines_of(plan.edits()[1]), "\"x\\r\\n\"s \"y\\r\\n\"s \"z\\r\\n\"s ");
}

TEST(Normalize, MakesAPlanThatChangesNothingOfASnapshotAlone) {
  const Plan plan(frozen("a\nb"));
  EXPECT_TRUE(plan.edits().empty());
  EXPECT_EQ(plan.output_bytes(), 3U);
  EXPECT_EQ(plan.output_lines(), 2U);
  EXPECT_TRUE(plan.batch().patches().empty());
}

/// Two inserts and a replacement at each line but for the remainder: `count` patches, ascending.
std::vector<PatchCase> tied_patches(std::size_t count) {
  std::vector<PatchCase> patches;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_insert = i % 3 != 2;
    patches.push_back({.op = is_insert ? firn::Op::insert_lines : firn::Op::replace_lines,
                       .line = 1 + (i / 3) * 31,
                       .text = "new " + std::to_string(i)});
  }
  return patches;
}

/// Ascending patches, the line that comes last first; patches at one line keep their order.
void turn_lines_around(std::vector<PatchCase>& patches) {
  std::vector<PatchCase> turned;
  for (auto end = patches.end(); end != patches.begin();) {
    const std::uint64_t line = std::prev(end)->line;
    const auto begin = std::ranges::find(patches, line, &PatchCase::line);
    turned.insert(turned.end(), begin, end);
    end = begin;
  }
  patches = std::move(turned);
}

/// Around 64 patches the way of sorting changes; at one line all ways must keep batch order.
TEST(Normalize, KeepsTheOrderOfTiesHoweverManyPatchesThereAre) {
  Dice dice(seed_from_environment());
  for (const std::size_t count : {2U, 3U, 62U, 63U, 64U, 65U, 66U, 128U}) {
    SCOPED_TRACE(count);
    Case given{.text = numbered_lines(1'400),
               .patches = tied_patches(count),
               .options = {.ties = Ties::keep_order}};
    EXPECT_EQ(difference_from_oracle(given), "") << "ascending";
    turn_lines_around(given.patches);
    EXPECT_EQ(difference_from_oracle(given), "") << "descending";
    // Shuffled by lines: which patch stands where changes, the order at one line does not.
    std::vector<PatchCase> shuffled;
    std::vector<std::size_t> lines;
    for (std::size_t line = 0; line <= count / 3; ++line) lines.push_back(1 + line * 31);
    for (std::size_t i = 1; i < lines.size(); ++i) std::swap(lines[i], lines[dice.roll(i + 1)]);
    for (const std::size_t line : lines) {
      for (const PatchCase& patch : given.patches) {
        if (patch.line == line) shuffled.push_back(patch);
      }
    }
    given.patches = shuffled;
    EXPECT_EQ(difference_from_oracle(given), "") << "shuffled";
  }
}

constexpr std::string_view kManyFaults = "9:- 1:=x 1:- 2:+y 1-2:- 7:+z";

TEST(Policy, FailFastReportsTheFirstViolation) {
  const auto plan = firn::normalize(frozen("a\nb\n"), batch_of(kManyFaults));
  EXPECT_EQ(show(plan.error()), "0: line_out_of_range at 9 of 2");
}

TEST(Policy, AtomicReportsAllViolations) {
  const auto plan =
      firn::normalize(frozen("a\nb\n"), batch_of(kManyFaults), {.policy = Policy::atomic});
  EXPECT_EQ(show(plan.error()),
            "0: line_out_of_range at 9 of 2; 2: overlap at 1 with 1; 4: overlap at 1 with 1; "
            "5: insert_out_of_bounds at 7 of 3");
}

TEST(Policy, BestEffortAppliesTheLawfulAndReportsTheOthers) {
  const Normalized normalized =
      firn::normalize(frozen("a\nb\n"), batch_of(kManyFaults), {.policy = Policy::best_effort})
          .value();
  EXPECT_EQ(show(normalized.plan), "[2,2) > \"y\\n\"s; [0,2) > \"x\\n\"s; ");
  EXPECT_EQ(show(normalized.failed),
            "0: line_out_of_range at 9 of 2; 2: overlap at 1 with 1; 4: overlap at 1 with 1; "
            "5: insert_out_of_bounds at 7 of 3");
}

TEST(Policy, ARefusedPatchHoldsNothingUnderBestEffort) {
  const firn::Snapshot snapshot = frozen(numbered_lines(9));
  const firn::Batch batch = batch_of("2-4:- 4-6:- 6:-");
  const Normalized best = firn::normalize(snapshot, batch, {.policy = Policy::best_effort}).value();
  EXPECT_EQ(show(best.failed), "1: overlap at 4 with 0");
  EXPECT_EQ(best.plan.edits().size(), 2U);
  EXPECT_EQ(show(firn::normalize(snapshot, batch, {.policy = Policy::atomic}).error()),
            "1: overlap at 4 with 0; 2: overlap at 6 with 1");
}

TEST(Policy, NothingFailsInALawfulBatch) {
  for (const Policy policy : {Policy::fail_fast, Policy::atomic, Policy::best_effort}) {
    const auto normalized =
        firn::normalize(frozen("a\nb\n"), batch_of("1:- 2:=x"), {.policy = policy});
    ASSERT_TRUE(normalized.has_value());
    EXPECT_TRUE(normalized->failed.empty());
  }
}

/// A hundred thousand of them: quadratic work would take minutes.
TEST(Normalize, JudgesManyCollidingPatchesInTime) {
  constexpr std::uint64_t kCount = rounds(100'000);
  const firn::Snapshot snapshot = frozen(numbered_lines(kCount));
  firn::BatchBuilder builder;
  Dice dice(seed_from_environment());
  for (std::uint64_t i = 0; i < kCount; ++i) {
    const std::uint64_t line = dice.between(1, kCount);
    const std::uint64_t end_line = std::min(line + dice.roll(1000), kCount);
    builder.add({.op = firn::Op::delete_lines, .line = line, .end_line = end_line}).value();
  }
  const firn::Batch batch = builder.build().value();
  EXPECT_GT(firn::normalize(snapshot, batch, {.policy = Policy::atomic}).error().size(),
            kCount / 2);
  const auto best = firn::normalize(snapshot, batch, {.policy = Policy::best_effort}).value();
  EXPECT_EQ(best.failed.size() + best.plan.edits().size(), kCount);
}

}  // namespace
}  // namespace firn_test
