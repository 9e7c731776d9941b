#include "firn/place.h"

#include <algorithm>
#include <optional>
#include <string>

#include "firn/diff.h"
#include "firn/file_diff.h"
#include "firn/unified_diff.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::FileDiff;
using firn::Hunk;
using firn::HunkLine;
using firn::Placed;
using firn::PlacedHunk;
using firn::Placement;
using firn::PlaceOptions;
using firn::Snapshot;
using firn::WhiteSpace;

/// The lines that a hunk looks for, and how many of them are context at either end.
struct OldSide {
  std::vector<std::string_view> lines;
  std::uint64_t context_above = 0;
  std::uint64_t context_below = 0;
};

OldSide old_side_of(const Hunk& hunk, bool reverse) {
  const auto added = reverse ? HunkLine::Kind::removed : HunkLine::Kind::added;
  OldSide side;
  bool changed = false;
  for (const HunkLine& line : hunk.lines) {
    if (line.kind == HunkLine::Kind::context) {
      (changed ? side.context_below : side.context_above) += 1;
    } else {
      changed = true;
      side.context_below = 0;
    }
    if (line.kind != added) side.lines.push_back(line.text);
  }
  return side;
}

/// With fuzz, GNU patch does not compare so many outer lines of the longer context, and of the
/// shorter one what is longer than the rest of that.
void must_lie_on_its_lines(const Snapshot& text, const Hunk& hunk, const PlacedHunk& placed,
                           bool reverse) {
  const OldSide side = old_side_of(hunk, reverse);
  const std::uint64_t longer = std::max(side.context_above, side.context_below);
  must(placed.fuzz <= longer, "no more is passed over than there is context");
  const std::uint64_t kept = longer - placed.fuzz;
  const std::uint64_t begin = side.context_above - std::min(side.context_above, kept);
  const std::uint64_t end =
      side.lines.size() - (side.context_below - std::min(side.context_below, kept));
  for (std::uint64_t i = begin; i < end; ++i) {
    const std::uint64_t line = placed.line + i;
    must(line >= 1 && line <= text.line_count(), "a hunk lies on lines of the text");
    must(text.lines(line, line) == side.lines[i], "a hunk lies on lines like its own");
  }
}

void must_be_in_order(const Placed& placed, std::size_t hunk_count) {
  must(placed.hunks.size() + placed.rejected.size() == hunk_count,
       "each hunk is placed or rejected");
  must(std::ranges::is_sorted(placed.hunks, {}, &PlacedHunk::line),
       "hunks come out ascending by line");
}

/// What was rejected is a diff of as many hunks, which say the same.
void must_have_rejects(const FileDiff& file, const Placed& placed) {
  const std::string rejects = firn::rejects_of(file, placed);
  must(rejects.empty() == placed.rejected.empty(), "there are rejects where hunks are rejected");
  if (rejects.empty()) return;
  const auto diff = made(firn::read_diff(ExactCopy(rejects).view(), {.any_names = true}));
  must(diff.files().size() == 1, "rejects are a diff of one file", rejects);
  const auto hunks = diff.files()[0].hunks;
  must(hunks.size() == placed.rejected.size(), "rejects have the hunks that were rejected",
       rejects);
  for (const Hunk& hunk : hunks) {
    const auto same_lines = [&](const firn::RejectedHunk& rejected) {
      return std::ranges::equal(file.hunks[rejected.hunk_index].lines, hunk.lines,
                                [](const HunkLine& a, const HunkLine& b) {
                                  return a.kind == b.kind && a.text == b.text;
                                });
    };
    must(std::ranges::any_of(placed.rejected, same_lines), "a reject is a hunk of the diff",
         rejects);
  }
}

/// The same hunks under policies that take all or nothing.
void must_agree_with_strict_policies(const Snapshot& text, const FileDiff& file,
                                     PlaceOptions options, const Placed& lenient) {
  for (const firn::Policy policy : {firn::Policy::fail_fast, firn::Policy::atomic}) {
    options.policy = policy;
    const auto strict = firn::place(text, file, options);
    must(strict.has_value() == lenient.rejected.empty(), "one hunk that is rejected refuses all");
    if (strict) {
      must(std::ranges::equal(strict->batch.patches(), lenient.batch.patches(), {},
                              &firn::Patch::text, &firn::Patch::text),
           "policies do not change where hunks lie");
      continue;
    }
    const std::size_t expected = policy == firn::Policy::atomic ? lenient.rejected.size() : 1;
    must(strict.error().size() == expected, "fail-fast tells one hunk, atomic all");
    must(strict.error()[0].message == lenient.rejected[0].error.message,
         "policies do not change why a hunk is rejected");
  }
}

void place_one(const Snapshot& text, const FileDiff& file, PlaceOptions options) {
  options.policy = firn::Policy::best_effort;
  const Placed placed = made(firn::place(text, file, options));
  must_be_in_order(placed, file.hunks.size());
  must(is_json(firn::to_json(placed)).value_or(true), "placed hunks are shown as JSON");
  if (options.white_space == WhiteSpace::compare && !options.ignore_line_ends) {
    for (const PlacedHunk& hunk : placed.hunks) {
      must_lie_on_its_lines(text, file.hunks[hunk.hunk_index], hunk, options.reverse);
      must(!hunk.ignored_white_space && !hunk.ignored_line_ends,
           "nothing is passed over where all is compared");
    }
  }
  if (options.placement == Placement::exact) {
    for (const PlacedHunk& hunk : placed.hunks) {
      must(hunk.offset == 0 && hunk.fuzz == 0, "exact is exact");
    }
  }
  must_have_rejects(file, placed);
  must_agree_with_strict_policies(text, file, options, placed);
  static_cast<void>(result_of(text, placed.batch));
}

/// The diff from `before` to `after`, placed on `before`, is `after`; taken back, it is `before`.
void must_go_there_and_back(const Snapshot& before, const Snapshot& after, const FileDiff& file,
                            PlaceOptions options) {
  options.policy = firn::Policy::fail_fast;
  options.reverse = false;
  const Placed there = made(firn::place(before, file, options));
  must(result_of(before, there.batch) == after, "a diff of two texts leads from one to the other");
  options.reverse = true;
  const Placed back = made(firn::place(after, file, options));
  must(result_of(after, back.batch) == before, "a diff that is taken back leads back");
}

}  // namespace

/// Settings: placement, fuzz, white space, line ends ignored, reverse, lines of context, recount.
/// Texts: the text and a diff of which each file is placed on it; or the text and two more, the
/// diff of which is placed on it.
void place(std::string_view bytes) {
  Input input(bytes);
  PlaceOptions options;
  options.placement = input.setting_of<Placement>(3);
  options.max_fuzz = input.setting(4);
  options.white_space = input.setting_of<WhiteSpace>(3);
  options.ignore_line_ends = input.setting(2) == 1;
  options.reverse = input.setting(2) == 1;
  const std::uint64_t context = input.setting(5);
  const bool recount = input.setting(2) == 1;
  const Snapshot text = frozen(input.text(0));
  if (input.text_count() < 3) {
    const auto diff = firn::read_diff(input.text(1), {.recount = recount, .any_names = true});
    if (!diff) return must_be_an_error_about(input.text(1), diff.error());
    for (const FileDiff& file : diff->files()) place_one(text, file, options);
    return;
  }
  const Snapshot before = frozen(input.text(1));
  const Snapshot after = frozen(input.text(2));
  const auto patched = made(firn::apply(before, made(firn::diff(before, after))));
  const auto written = made(firn::unified_diff(patched, {.context_lines = context}));
  if (written.size() == 0) return;
  const auto diff = made(firn::read_diff(ExactCopy(written.view()).view(), {.recount = recount}));
  const FileDiff& file = diff.files()[0];
  place_one(text, file, options);
  must_go_there_and_back(before, after, file, {.placement = Placement::exact});
}

}  // namespace firn_test::fuzz
