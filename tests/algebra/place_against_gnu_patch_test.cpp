#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "firn/file_diff.h"
#include "firn/place.h"
#include "gnu_patch.h"
#include "random_drift.h"
#include "random_text.h"
#include "workshop.h"

namespace firn_test {
namespace {

using firn::Hunk;
using firn::Placed;
using firn::Placement;

std::string shown(const GnuHunk& hunk) {
  if (!hunk.is_placed) return "refused";
  return "placed at line " + std::to_string(hunk.line) + ", fuzz " + std::to_string(hunk.fuzz) +
         ", offset " + std::to_string(hunk.offset);
}

/// How often the two agreed, so that a run which compares nothing is noticed.
struct Agreement {
  int placed = 0;
  int placed_with_fuzz = 0;
  int placed_with_blanks_ignored = 0;
  int refused = 0;
  int whole_results = 0;
  int partial_results = 0;
};

/// Compares what the two did with one diff, hunk by hunk, up to the first of the differences that
/// core/DESIGN.md lists under "Where placing differs from GNU patch".
class Comparison {
 public:
  Comparison(const firn::Snapshot& target, const firn::FileDiff& file, bool reverse,
             Agreement& agreement)
      : target_(target), file_(file), reverse_(reverse), agreement_(agreement) {}

  void compare(const Placed& ours, const GnuPatched& theirs) {
    ASSERT_EQ(theirs.hunks.size(), file_.hunks.size());
    for (std::uint64_t i = 0; i < file_.hunks.size(); ++i) {
      const auto rejected = std::ranges::find(ours.rejected, i, &firn::RejectedHunk::hunk_index);
      if (rejected != ours.rejected.end()) {
        if (differs_by_design(*rejected, theirs.hunks[i])) return;
        ASSERT_EQ("refused", shown(theirs.hunks[i])) << rejected->error.message;
        ++agreement_.refused;
        continue;
      }
      const auto placed = std::ranges::find(ours.hunks, i, &firn::PlacedHunk::hunk_index);
      ASSERT_NE(placed, ours.hunks.end());
      ASSERT_EQ(shown(as_gnu_says_it(*placed)), shown(theirs.hunks[i])) << "hunk " << i + 1;
      growth_ += growth_of(file_.hunks[i]);
      ++agreement_.placed;
      agreement_.placed_with_fuzz += placed->fuzz > 0 ? 1 : 0;
      agreement_.placed_with_blanks_ignored += placed->ignored_white_space ? 1 : 0;
    }
    if (ends_its_last_line_otherwise(ours)) return;
    ASSERT_EQ(applied(target_, ours.batch), theirs.text);
    ++(ours.rejected.empty() ? agreement_.whole_results : agreement_.partial_results);
  }

 private:
  [[nodiscard]] std::int64_t growth_of(const Hunk& hunk) const {
    const auto growth = static_cast<std::int64_t>(hunk.new_count - hunk.old_count);
    return reverse_ ? -growth : growth;
  }

  /// We count in lines of the target, GNU patch in those of the result.
  [[nodiscard]] GnuHunk as_gnu_says_it(const firn::PlacedHunk& hunk) const {
    return {.is_placed = true,
            .line = hunk.line + static_cast<std::uint64_t>(growth_),
            .fuzz = hunk.fuzz,
            .offset = hunk.offset};
  }

  /// From here on the two look for the hunks in different places.
  [[nodiscard]] bool differs_by_design(const firn::RejectedHunk& ours,
                                       const GnuHunk& theirs) const {
    if (ours.error.code == firn::ErrorCode::ambiguous_placement) return theirs.is_placed;
    if (ours.already_applied) return !theirs.is_placed || has_no_context(ours.hunk_index);
    return theirs.is_placed && has_no_context(ours.hunk_index) && is_past_end(ours, theirs);
  }

  [[nodiscard]] bool has_no_context(std::uint64_t index) const {
    const Hunk& hunk = file_.hunks[index];
    return (reverse_ ? hunk.new_count : hunk.old_count) == 0;
  }

  [[nodiscard]] bool is_past_end(const firn::RejectedHunk& ours, const GnuHunk& theirs) const {
    const Hunk& hunk = file_.hunks[ours.hunk_index];
    const auto line = static_cast<std::int64_t>(reverse_ ? hunk.new_line : hunk.old_line);
    return line + theirs.offset > static_cast<std::int64_t>(target_.line_count());
  }

  /// Before it appends to an unterminated last line GNU patch ends it with LF, we as the file does;
  /// and where fuzz has brought it there, GNU patch does not end it.
  [[nodiscard]] bool ends_its_last_line_otherwise(const Placed& ours) const {
    const std::string_view text = target_.bytes();
    if (ours.hunks.empty() || text.ends_with('\n')) return false;
    return text.find("\r\n") != std::string_view::npos || ours.hunks.back().fuzz > 0;
  }

  const firn::Snapshot& target_;
  const firn::FileDiff& file_;
  bool reverse_;
  Agreement& agreement_;
  std::int64_t growth_ = 0;  ///< By how many lines the hunks so far have made the text longer.
};

TEST(PlaceAgainstGnuPatch, SameLinesSameBytesSameRefusals) {
  if (!Workshop::has_program("patch")) GTEST_SKIP() << "GNU patch is not installed";
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  const Workshop shop;
  Agreement agreement;
  const std::uint64_t rounds = rounds_of_run(400);
  for (std::uint64_t round = 0; round < rounds; ++round) {
    const Drift drift = random_drift(random);
    shop.write("old", drift.old_text);
    shop.write("new", drift.new_text);
    if (shop.run({"diff", "-U" + std::to_string(drift.context), "old", "new"}) != 1) continue;
    const std::string text = with_lines_off(shop.read("out"), drift.lines_off);
    const GnuPatchOptions options = {.max_fuzz = random.below(4),
                                     .reverse = drift.reverse,
                                     .ignore_blanks = drift.ignore_blanks};
    SCOPED_TRACE(testing::Message()
                 << "round " << round << (options.reverse ? " -R" : "")
                 << (options.ignore_blanks ? " -l" : "") << " -F" << options.max_fuzz << "\n"
                 << text << "the target:\n"
                 << drift.target);
    const GnuPatched theirs = gnu_patched(shop, drift.target, text, options);

    const auto diff = firn::read_diff(text);
    ASSERT_TRUE(diff) << diff.error().message;
    const firn::Snapshot target = frozen(drift.target);
    const auto ours =
        firn::place(target, diff->files()[0],
                    {.placement = options.max_fuzz == 0 ? Placement::search : Placement::fuzzy,
                     .max_fuzz = options.max_fuzz,
                     .white_space = drift.ignore_blanks ? firn::WhiteSpace::ignore_amount
                                                        : firn::WhiteSpace::compare,
                     .reverse = drift.reverse,
                     .policy = firn::Policy::best_effort});
    ASSERT_TRUE(ours) << ours.error()[0].message;
    Comparison(target, diff->files()[0], drift.reverse, agreement).compare(*ours, theirs);
    if (HasFatalFailure()) return;
  }
  const auto at_least = [&](int percent) { return static_cast<int>(rounds) * percent / 100; };
  EXPECT_GT(agreement.placed, at_least(60));
  EXPECT_GT(agreement.placed_with_fuzz, at_least(4));
  EXPECT_GT(agreement.placed_with_blanks_ignored, at_least(4));
  EXPECT_GT(agreement.refused, at_least(20));
  EXPECT_GT(agreement.whole_results, at_least(25));
  EXPECT_GT(agreement.partial_results, at_least(10));
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
    const GnuPatched theirs = gnu_patched(shop, drift.old_text, rejects, {});
    ASSERT_EQ(theirs.text, drift.new_text) << rejects;
  }
  EXPECT_GT(rejects_seen, 5);
}

}  // namespace
}  // namespace firn_test
