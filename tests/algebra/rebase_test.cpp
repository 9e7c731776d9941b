#include "firn/rebase.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "firn/diff.h"
#include "random_batch.h"
#include "random_text.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::Carried;
using firn::Op;
using firn::Snapshot;

firn::Rebased rebased(const Snapshot& old_text, const firn::Batch& batch,
                      const Snapshot& new_text) {
  return firn::rebase(firn::apply(old_text, batch).value(), new_text).value();
}

firn::Rebased rebased(std::string_view old_text, const firn::PatchSpec& patch,
                      std::string_view new_text) {
  firn::BatchBuilder builder;
  if (auto added = builder.add(patch); !added) throw std::runtime_error(added.error().message);
  return rebased(frozen(old_text), builder.build().value(), frozen(new_text));
}

TEST(Rebase, APatchAboveTheChangeIsClean) {
  const auto result = rebased("a\nb\nc\nd\n", {.op = Op::replace_lines, .line = 1, .text = "A"},
                              "a\nb\nc\nnew\nd\n");
  ASSERT_EQ(result.patches.size(), 1U);
  EXPECT_EQ(result.patches[0].carried, Carried::clean);
  EXPECT_EQ(applied(frozen("a\nb\nc\nnew\nd\n"), result.batch), "A\nb\nc\nnew\nd\n");
}

TEST(Rebase, APatchBelowTheChangeMovesWithItsLines) {
  const auto result = rebased("a\nb\nc\nd\n", {.op = Op::replace_lines, .line = 4, .text = "D"},
                              "a\nnew\nb\nc\nd\n");
  ASSERT_EQ(result.patches.size(), 1U);
  EXPECT_EQ(result.patches[0].carried, Carried::moved);
  EXPECT_EQ(result.patches[0].from.from, 4U);
  EXPECT_EQ(result.patches[0].to.from, 5U);
  EXPECT_EQ(applied(frozen("a\nnew\nb\nc\nd\n"), result.batch), "a\nnew\nb\nc\nD\n");
}

TEST(Rebase, WhatTheNewTextHasAlreadyIsUpstream) {
  const auto result =
      rebased("a\nb\nc\n", {.op = Op::replace_lines, .line = 2, .text = "B"}, "a\nB\nc\n");
  ASSERT_EQ(result.patches.size(), 1U);
  EXPECT_EQ(result.patches[0].carried, Carried::upstream);
  EXPECT_TRUE(result.batch.patches().empty());
}

TEST(Rebase, AConflictHoldsAllThreeSides) {
  const auto result =
      rebased("a\nb\nc\n", {.op = Op::replace_lines, .line = 2, .text = "ours"}, "a\ntheirs\nc\n");
  ASSERT_EQ(result.patches.size(), 1U);
  EXPECT_EQ(result.patches[0].carried, Carried::conflict);
  EXPECT_EQ(result.patches[0].base, "b\n");
  EXPECT_EQ(result.patches[0].ours, "ours\n");
  EXPECT_EQ(result.patches[0].theirs, "theirs\n");
  EXPECT_TRUE(result.batch.patches().empty());
}

TEST(Rebase, AChangeThatOnlyBeginsAsThePatchIsAConflict) {
  const auto result =
      rebased("a\nb\nc\n", {.op = Op::replace_lines, .line = 2, .text = "B"}, "a\nB and more\nc\n");
  ASSERT_EQ(result.patches.size(), 1U);
  EXPECT_EQ(result.patches[0].carried, Carried::conflict);
  EXPECT_EQ(result.patches[0].theirs, "B and more\n");
}

TEST(Rebase, TwoInsertsThatComeToOnePlaceAreAConflictOfTheLater) {
  firn::BatchBuilder builder;
  ASSERT_TRUE(builder.add({.op = Op::insert_lines, .line = 2, .text = "x"}));
  ASSERT_TRUE(builder.add({.op = Op::insert_lines, .line = 3, .text = "y"}));
  const auto result = rebased(frozen("a\nb\nc\n"), builder.build().value(), frozen("a\nc\n"));
  ASSERT_EQ(result.patches.size(), 2U);
  EXPECT_EQ(result.patches[0].carried, Carried::clean);
  EXPECT_EQ(result.patches[1].carried, Carried::conflict);
}

TEST(Rebase, CarriesNothingThatWasNotApplied) {
  firn::BatchBuilder builder;
  ASSERT_TRUE(builder.add({.op = Op::delete_lines, .line = 999}));
  ASSERT_TRUE(builder.add({.op = Op::delete_lines, .line = 1, .expect = "b"}));
  ASSERT_TRUE(builder.add({.op = Op::delete_lines, .line = 2}));
  ASSERT_TRUE(builder.add({.op = Op::replace_lines, .line = 2, .text = "late"}));
  const auto patched =
      firn::apply(frozen("a\nb\n"), builder.build().value(), {.policy = firn::Policy::best_effort});
  const auto result = firn::rebase(patched.value(), frozen("new\na\nb\n")).value();
  ASSERT_EQ(result.patches.size(), 1U);
  EXPECT_EQ(result.patches[0].patch_index, 2U);
  EXPECT_EQ(applied(frozen("new\na\nb\n"), result.batch), "new\na\n");
}

TEST(Rebase, KeepsWhatTheBatchIsCalled) {
  firn::BatchBuilder builder;
  builder.set_id("b-17");
  builder.set_file("src/x.js");
  builder.set_revision(3);
  const firn::Batch batch = builder.build().value();
  const Snapshot old_text = frozen("a\n");
  const auto patched = firn::apply(old_text, batch, {.revision = 3}).value();
  const firn::Rebased result = firn::rebase(patched, frozen("b\n")).value();
  EXPECT_EQ(result.batch.id(), "b-17");
  EXPECT_EQ(result.batch.file(), "src/x.js");
  EXPECT_EQ(result.batch.revision(), 3U);
}

TEST(Rebase, OntoTheSameTextIsTheIdentity) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t i = 0; i < rounds(10'000); ++i) {
    const Snapshot old_text = frozen(random.wild(8));
    const Snapshot wanted = frozen(random.wild(8));
    const auto result = rebased(old_text, firn::diff(old_text, wanted).value(), old_text);
    for (const auto& patch : result.patches) ASSERT_EQ(patch.carried, Carried::clean);
    ASSERT_EQ(applied(old_text, result.batch), wanted.bytes());
  }
}

TEST(Rebase, OntoTheResultEverythingIsUpstream) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t i = 0; i < rounds(10'000); ++i) {
    const Snapshot old_text = frozen(random.joined(random.lines(random.below(10), 3), "\n"));
    const Snapshot wanted = frozen(random.joined(random.lines(random.below(10), 3), "\n"));
    const auto result = rebased(old_text, firn::diff(old_text, wanted).value(), wanted);
    for (const auto& patch : result.patches) ASSERT_EQ(patch.carried, Carried::upstream);
  }
}

// Where a diff finds the change may be elsewhere than where the patch says it is.
TEST(Rebase, OntoTheResultOfAnyBatchNothingIsDoneAgain) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t i = 0; i < rounds(20'000); ++i) {
    const Snapshot old_text = frozen(
        random.one_in(4) ? random.wild(8) : random.joined(random.lines(random.below(12), 2), "\n"));
    const auto ties = random.one_in(2) ? firn::Ties::keep_order : firn::Ties::reject;
    const auto patched = firn::apply(old_text, random_batch(random, old_text, 4),
                                     {.policy = firn::Policy::best_effort, .ties = ties})
                             .value();
    const Snapshot new_text = result_of(patched);
    // Patches that undo each other may not, once they take the line ends of another text.
    if (!old_text.uses_only_lf() || !new_text.uses_only_lf()) continue;
    const auto result = firn::rebase(patched, new_text).value();
    const auto again = firn::apply(new_text, result.batch, {.ties = ties});
    ASSERT_TRUE(again) << to_json(again.error());
    ASSERT_EQ(result_of(*again).bytes(), new_text.bytes()) << old_text.bytes();
    if (result.patches.size() != 1 || new_text.bytes() == old_text.bytes()) continue;
    ASSERT_EQ(result.patches[0].carried, Carried::upstream) << old_text.bytes();
  }
}

TEST(Rebase, OntoTheSameTextAnyBatchIsTheIdentity) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t i = 0; i < rounds(10'000); ++i) {
    const Snapshot text = frozen(random.wild(8));
    const auto ties = random.one_in(2) ? firn::Ties::keep_order : firn::Ties::reject;
    const auto patched = firn::apply(text, random_batch(random, text, 4),
                                     {.policy = firn::Policy::best_effort, .ties = ties})
                             .value();
    const auto result = firn::rebase(patched, text).value();
    for (const auto& patch : result.patches) ASSERT_EQ(patch.carried, Carried::clean);
    const auto again = firn::apply(text, result.batch, {.ties = ties});
    ASSERT_TRUE(again) << to_json(again.error());
    ASSERT_EQ(result_of(*again).bytes(), result_of(patched).bytes());
  }
}

TEST(Rebase, ADeletionInALongEqualRunIsUpstreamWhereverTheDiffPutsIt) {
  std::string run;
  for (int i = 0; i < 10'000; ++i) run += "a\n";
  const auto result =
      rebased(run + "b\n", {.op = Op::delete_lines, .line = 1}, run.substr(2) + "b\n");
  EXPECT_EQ(result.patches[0].carried, Carried::upstream);
}

TEST(Rebase, WhatIsCarriedIsLawfulForTheNewText) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t i = 0; i < rounds(10'000); ++i) {
    const auto lines = random.lines(random.below(12), 4);
    const Snapshot old_text = frozen(random.joined(lines, "\n"));
    const Snapshot wanted = frozen(random.joined(random.edited(lines, 3, 4), "\n"));
    const Snapshot new_text = frozen(random.joined(random.edited(lines, 3, 4), "\n"));
    const auto result = rebased(old_text, firn::diff(old_text, wanted).value(), new_text);
    const auto patched = firn::apply(new_text, result.batch);
    ASSERT_TRUE(patched) << to_json(patched.error()) << "\n" << shown(result.batch);
  }
}

}  // namespace
}  // namespace firn_test
