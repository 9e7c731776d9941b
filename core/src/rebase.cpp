#include "firn/rebase.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "concat.h"
#include "firn/diff.h"
#include "line_claims.h"
#include "quote.h"
#include "rebase_over.h"
#include "take_line.h"
#include "upstream_changes.h"
#include "verbatim_patch.h"

namespace firn {

namespace {

/// 1-based lines [begin, end).
struct LineExtent {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

LineExtent extent_of(LineRange range) { return {range.from, range.to + 1}; }

LineRange range_of(LineExtent lines) { return {lines.begin, lines.end - 1}; }

std::string_view text_of(const Snapshot& text, LineExtent lines) {
  return text.lines(lines.begin, lines.end - 1);
}

/// The lines that `patch` takes away; empty, before its line, for an insert.
LineExtent extent_of(const Patch& patch) {
  return {patch.line, patch.line + patch.base_line_count()};
}

/// True when a hunk and a patch have an old line in common or, where one of them takes none away,
/// name the same gap or a gap inside the other.
bool meet(LineExtent hunk, LineExtent patch) {
  if (hunk.begin == hunk.end && patch.begin == patch.end) return hunk.begin == patch.begin;
  if (hunk.begin == hunk.end) return patch.begin < hunk.begin && hunk.begin < patch.end;
  if (patch.begin == patch.end) return hunk.begin < patch.begin && patch.begin < hunk.end;
  return hunk.begin < patch.end && patch.begin < hunk.end;
}

/// The tie rule that the applied patches need to be lawful together.
Ties ties_of(const Patched& patched) {
  LineClaims claims(Ties::reject);
  const std::span<const Patch> patches = patched.batch().patches();
  auto failed = patched.failed().begin();
  for (std::uint32_t index = 0; index < patches.size(); ++index) {
    if (failed != patched.failed().end() && failed->patch->index == index) {
      ++failed;
    } else if (claims.conflict_of(patches[index])) {
      return Ties::keep_order;
    } else {
      claims.claim(patches[index], index);
    }
  }
  return Ties::reject;
}

class Rebase {
 public:
  Rebase(const Patched& patched, const Snapshot& new_text, std::span<const DiffHunk> hunks)
      : batch_(patched.batch()),
        old_text_(patched.snapshot()),
        new_text_(new_text),
        written_(batch_.patches().size()),
        upstream_places_(batch_.patches().size()),
        is_in_front_(batch_.patches().size()),
        failed_(patched.failed()),
        max_disputed_bytes_(
            std::max(kMaxDisputedBytes,
                     old_text_.byte_size() + patched.byte_size() + new_text_.byte_size())),
        claims_(ties_of(patched)) {
    UpstreamChanges upstream = find_upstream_changes(patched, new_text, hunks);
    hunks_ = std::move(upstream.hunks);
    is_upstream_ = std::move(upstream.is_upstream);
    for (const UpstreamPatch& patch : upstream.patches) {
      upstream_places_[patch.patch_index] = patch.new_lines;
    }
    for (const std::uint64_t index : upstream.patches_in_front) is_in_front_[index] = 1;
    for (const Edit& edit : patched.plan().edits()) {
      written_[edit.patch_index] = edit.text.substr(edit.lead_bytes);
    }
  }

  Result<Rebased> run();

 private:
  /// The hunks that meet a patch, and how far unchanged lines in front of it have moved.
  struct MetHunks {
    std::span<const DiffHunk> hunks;
    std::uint64_t shift = 0;  ///< May wrap, and wraps back.
  };

  [[nodiscard]] bool is_upstream(const DiffHunk& hunk) const {
    return is_upstream_[static_cast<std::size_t>(&hunk - hunks_.data())] != 0;
  }
  [[nodiscard]] MetHunks hunks_met_by(LineExtent lines, bool in_front) const;
  [[nodiscard]] bool touches_upstream(std::uint64_t line) const;
  [[nodiscard]] CarriedPatch carry(std::uint64_t patch_index);
  void dispute(const MetHunks& met, CarriedPatch& carried);
  [[nodiscard]] Error too_much_dispute(std::uint64_t patch_index) const;
  Result<void> add(BatchBuilder& builder, const CarriedPatch& carried) const;

  const Batch& batch_;
  const Snapshot& old_text_;
  const Snapshot& new_text_;
  std::vector<DiffHunk> hunks_;
  std::vector<std::uint8_t> is_upstream_;  ///< Hunks that patches have made too.
  std::vector<std::string_view> written_;  ///< What each patch put into the old text.
  /// Where the new text has the change of a patch already.
  std::vector<std::optional<LineRange>> upstream_places_;
  std::vector<std::uint8_t> is_in_front_;  ///< Patches in front of what is upstream at their line.
  std::span<const Error> failed_;          ///< Why patches were left out; in batch order.
  std::uint64_t max_disputed_bytes_;
  std::uint64_t disputed_bytes_ = 0;  ///< Of all conflicts so far.
  LineClaims claims_;                 ///< Lines of the new text that are spoken for.
};

Rebase::MetHunks Rebase::hunks_met_by(LineExtent lines, bool in_front) const {
  const auto first = std::ranges::partition_point(hunks_, [&](const DiffHunk& hunk) {
    const LineExtent old_lines = extent_of(hunk.before);
    if (in_front && old_lines.begin == lines.begin) return false;
    const bool is_passed = is_upstream(hunk) || !meet(old_lines, lines);
    return is_passed && old_lines.end <= lines.begin;
  });
  auto last = first;
  while (last != hunks_.end() && !is_upstream(*last) && meet(extent_of(last->before), lines))
    ++last;
  const std::uint64_t shift =
      first == hunks_.begin() ? 0 : std::prev(first)->after.to - std::prev(first)->before.to;
  return {.hunks = {first, last}, .shift = shift};
}

/// True when `line` is in a change that patches have made too, or right behind it.
bool Rebase::touches_upstream(std::uint64_t line) const {
  const auto hunk = std::ranges::partition_point(
      hunks_, [&](const DiffHunk& passed) { return extent_of(passed.before).end < line; });
  return hunk != hunks_.end() && hunk->before.from <= line && is_upstream(*hunk);
}

/// The patch meets changes of the new text: has that text the same change, or another?
/// What would be past the bound is counted and not written.
void Rebase::dispute(const MetHunks& met, CarriedPatch& carried) {
  const LineExtent own = extent_of(carried.from);
  const LineExtent first = extent_of(met.hunks.front().before);
  const LineExtent last = extent_of(met.hunks.back().before);
  const LineExtent old_lines{std::min(own.begin, first.begin), std::max(own.end, last.end)};
  const std::uint64_t end_shift = met.hunks.back().after.to - met.hunks.back().before.to;
  const LineExtent new_lines{old_lines.begin + met.shift, old_lines.end + end_shift};

  std::string ours(text_of(old_text_, {old_lines.begin, own.begin}));
  ours.append(written_[carried.patch_index]).append(text_of(old_text_, {own.end, old_lines.end}));
  carried.to = range_of(new_lines);
  const std::string_view theirs = text_of(new_text_, new_lines);
  carried.carried = ours == theirs ? Carried::upstream : Carried::conflict;
  if (carried.carried == Carried::upstream) return;
  const std::string_view base = text_of(old_text_, old_lines);
  disputed_bytes_ += base.size() + ours.size() + theirs.size();
  if (disputed_bytes_ > max_disputed_bytes_) return;
  carried.base = base;
  carried.ours = std::move(ours);
  carried.theirs = theirs;
}

CarriedPatch Rebase::carry(std::uint64_t patch_index) {
  const Patch& patch = batch_.patches()[patch_index];
  const LineExtent lines = extent_of(patch);
  CarriedPatch carried{.patch_index = patch_index, .from = range_of(lines)};
  if (const auto& place = upstream_places_[patch_index]) {
    carried.to = *place;
    carried.carried = Carried::upstream;
    return carried;
  }
  if (lines.begin == lines.end && written_[patch_index].empty() && touches_upstream(lines.begin)) {
    const std::uint64_t shift = hunks_met_by(lines, is_in_front_[patch_index] != 0).shift;
    carried.to = range_of({lines.begin + shift, lines.begin + shift});
    carried.carried = Carried::upstream;
    return carried;
  }
  const MetHunks met = hunks_met_by(lines, is_in_front_[patch_index] != 0);
  if (!met.hunks.empty()) {
    dispute(met, carried);
    return carried;
  }
  carried.to = range_of({lines.begin + met.shift, lines.end + met.shift});
  carried.carried = carried.to == carried.from ? Carried::clean : Carried::moved;

  // What lay between two patches may be gone from the new text, and then they are in each other's
  // way there.
  Patch moved = patch;
  moved.line = carried.to.from;
  moved.end_line = std::max(carried.to.from, carried.to.to);
  if (claims_.conflict_of(moved)) {
    carried.carried = Carried::conflict;
    carried.base = text_of(old_text_, lines);
    carried.ours = written_[patch_index];
    carried.theirs = new_text_.lines(carried.to.from, carried.to.to);
  } else {
    claims_.claim(moved, static_cast<std::uint32_t>(patch_index));
  }
  return carried;
}

Result<void> Rebase::add(BatchBuilder& builder, const CarriedPatch& carried) const {
  const Patch& patch = batch_.patches()[carried.patch_index];
  PatchSpec spec{.op = patch.op, .line = carried.to.from, .verbatim = patch.verbatim};
  if (!patch.id.empty()) spec.id = patch.id;
  if (patch.op != Op::insert_lines) {
    spec.end_line = carried.to.to;
    spec.expect = new_text_.lines(carried.to.from, carried.to.to);
  }
  std::vector<std::string_view> lines;
  if (patch.op != Op::delete_lines && patch.verbatim) {
    spec.text = patch.text;
  } else if (patch.op != Op::delete_lines) {
    for (std::string_view rest = patch.text; !rest.empty();) lines.push_back(take_line(rest));
    spec.lines = lines;
  }
  return builder.add(spec);
}

Error Rebase::too_much_dispute(std::uint64_t patch_index) const {
  PatchRef patch = batch_.ref(patch_index);
  return {.code = ErrorCode::limit_exceeded,
          .message = concat("the conflicts up to that of ", name_of(patch), " hold more than ",
                            max_disputed_bytes_, " bytes"),
          .patch = std::move(patch),
          .limit = max_disputed_bytes_};
}

Result<Rebased> Rebase::run() {
  BatchBuilder builder = unlimited_builder();
  builder.set_base({.fingerprint = new_text_.fingerprint(), .line_count = new_text_.line_count()});
  if (!batch_.id().empty()) builder.set_id(batch_.id());
  if (!batch_.file().empty()) builder.set_file(batch_.file());
  if (batch_.revision()) builder.set_revision(*batch_.revision());
  Rebased rebased;
  auto failed = failed_.begin();
  for (std::uint64_t index = 0; index < batch_.patches().size(); ++index) {
    if (failed != failed_.end() && failed->patch->index == index) {
      ++failed;
      continue;
    }
    const CarriedPatch& carried = rebased.patches.emplace_back(carry(index));
    if (disputed_bytes_ > max_disputed_bytes_) return std::unexpected(too_much_dispute(index));
    if (carried.carried != Carried::clean && carried.carried != Carried::moved) continue;
    if (auto added = add(builder, carried); !added) return std::unexpected(added.error());
  }
  auto batch = builder.build();
  if (!batch) return std::unexpected(std::move(batch.error()));
  rebased.batch = *std::move(batch);
  return rebased;
}

}  // namespace

std::string_view name_of(Carried carried) noexcept {
  switch (carried) {
    case Carried::clean:
      return "clean";
    case Carried::moved:
      return "moved";
    case Carried::upstream:
      return "upstream";
    case Carried::conflict:
      return "conflict";
  }
  return "";
}

Result<Rebased> rebase_over(const Patched& patched, const Snapshot& new_text,
                            std::span<const DiffHunk> hunks) {
  return Rebase(patched, new_text, hunks).run();
}

Result<Rebased> rebase(const Patched& patched, const Snapshot& new_text) {
  const auto hunks = diff_lines(patched.snapshot(), new_text);
  if (!hunks) return std::unexpected(hunks.error());
  return rebase_over(patched, new_text, *hunks);
}

}  // namespace firn
