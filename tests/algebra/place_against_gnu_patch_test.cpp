#include <gtest/gtest.h>

#include <string>

#include "firn/file_diff.h"
#include "firn/place.h"
#include "random_text.h"
#include "workshop.h"

namespace firn_test {
namespace {

using firn::Placement;
using firn::PlaceOptions;

/// One diff, made between two versions of a text, and a third version to put it on.
struct Drift {
  std::string old_text;
  std::string new_text;
  std::string target;
  std::uint64_t context = 0;
};

Drift random_drift(RandomText& random) {
  const std::uint64_t letters = random.one_in(3) ? 2 : 3 + random.below(20);
  RandomText::Lines lines = random.lines(random.below(40), letters);
  if (random.one_in(3)) {  // Blocks that repeat.
    const RandomText::Lines block = random.lines(2 + random.below(4), letters);
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = block[i % block.size()];
  }
  RandomText::Lines drifted = lines;
  if (random.one_in(2)) {
    const RandomText::Lines more = random.lines(1 + random.below(6), letters);
    drifted.insert(drifted.begin(), more.begin(), more.end());
  }
  drifted = random.edited(drifted, random.below(4), letters);
  const auto line_end = random.one_in(4) ? "\r\n" : "\n";
  Drift drift;
  drift.old_text = random.joined(lines, line_end);
  drift.new_text = random.joined(random.edited(lines, 1 + random.below(3), letters), line_end);
  drift.target = random.one_in(4) ? drift.old_text : random.joined(drifted, line_end);
  drift.context = random.below(4);
  return drift;
}

/// Why we may refuse what GNU patch takes: see "Where placing differs from GNU patch" in
/// core/DESIGN.md.
bool is_our_own_refusal(const firn::Error& error, const Drift& drift) {
  return error.code == firn::ErrorCode::ambiguous_placement ||
         (error.code == firn::ErrorCode::hunk_failed && drift.context == 0);
}

/// GNU patch ends an unterminated last line with LF before it appends to it, we as the file does.
bool differs_by_own_line_end(const Drift& drift) {
  return drift.target.find("\r\n") != std::string::npos && !drift.target.ends_with('\n');
}

TEST(PlaceAgainstGnuPatch, SameLinesSameBytesSameRefusals) {
  if (!Workshop::has_program("patch")) GTEST_SKIP() << "GNU patch is not installed";
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  const Workshop shop;
  int both_applied = 0;
  int both_refused = 0;
  for (int round = 0; round < 250; ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    const Drift drift = random_drift(random);
    shop.write("old", drift.old_text);
    shop.write("new", drift.new_text);
    shop.write("target", drift.target);
    const std::string context = "-U" + std::to_string(drift.context);
    if (shop.run({"diff", context, "old", "new"}) != 1) continue;
    const std::string text = shop.read("out");
    shop.write("diff", text);
    const std::uint64_t fuzz = random.below(4);
    const bool gnu_took_it = shop.run({"patch", "-f", "-F" + std::to_string(fuzz), "-r", "-",
                                       "--no-backup-if-mismatch", "target", "diff"}) == 0;

    const auto diff = firn::read_diff(text);
    ASSERT_TRUE(diff) << diff.error().message;
    const firn::Snapshot target = frozen(drift.target);
    const PlaceOptions options = {.placement = fuzz == 0 ? Placement::search : Placement::fuzzy,
                                  .max_fuzz = fuzz};
    const auto placed = firn::place(target, diff->files()[0], options);
    if (!placed) {
      const bool agreed = !gnu_took_it || is_our_own_refusal(placed.error()[0], drift);
      ASSERT_TRUE(agreed) << placed.error()[0].message << "\n" << text;
      ++both_refused;
      continue;
    }
    ASSERT_TRUE(gnu_took_it) << text << shop.read("out");
    ++both_applied;
    if (differs_by_own_line_end(drift)) continue;
    // GNU patch removes a file that it has emptied.
    const std::string theirs = shop.has("target") ? shop.read("target") : "";
    ASSERT_EQ(applied(target, placed->batch), theirs) << text;
  }
  EXPECT_GT(both_applied, 90);
  EXPECT_GT(both_refused, 20);
}

TEST(PlaceAgainstGnuPatch, ReadsTheRejectsThatWeWrite) {
  if (!Workshop::has_program("patch")) GTEST_SKIP() << "GNU patch is not installed";
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  const Workshop shop;
  int rejects_seen = 0;
  for (int round = 0; round < 80; ++round) {
    const Drift drift = random_drift(random);
    shop.write("old", drift.old_text);
    shop.write("new", drift.new_text);
    if (shop.run({"diff", "-U1", "old", "new"}) != 1) continue;
    const auto diff = firn::read_diff(shop.read("out"));
    ASSERT_TRUE(diff);
    const firn::FileDiff& file = diff->files()[0];
    const auto placed =
        firn::place(frozen(drift.target), file, {.policy = firn::Policy::best_effort});
    ASSERT_TRUE(placed);
    const std::string rejects = firn::rejects_of(file, *placed);
    ASSERT_EQ(rejects.empty(), placed->rejected.empty());
    if (rejects.empty() || placed->rejected.size() != file.hunks.size()) continue;
    // All were rejected: what we wrote must do what the diff does.
    ++rejects_seen;
    const auto again = firn::read_diff(rejects);
    ASSERT_TRUE(again) << again.error().message << "\n" << rejects;
    shop.write("rejects", rejects);
    ASSERT_EQ(shop.run({"patch", "-f", "-F0", "-r", "-", "old", "rejects"}), 0) << rejects;
    ASSERT_EQ(shop.has("old") ? shop.read("old") : "", drift.new_text) << rejects;
  }
  EXPECT_GT(rejects_seen, 5);
}

}  // namespace
}  // namespace firn_test
