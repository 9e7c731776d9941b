#include "firn/place.h"

#include <algorithm>
#include <utility>

#include "concat.h"
#include "diff_names.h"
#include "heap_sort.h"
#include "hunk_order.h"
#include "hunk_pattern.h"
#include "hunk_search.h"
#include "quote.h"
#include "utf8.h"
#include "verbatim_patch.h"

namespace firn {

namespace {

/// Lowers placed hunks to patches. Runs of change that meet become one, so that the batch is
/// lawful under the strictest rule.
class PatchWriter {
 public:
  PatchWriter(const Snapshot& snapshot, bool keep_line_ends)
      : snapshot_(snapshot), verbatim_(!keep_line_ends) {}

  void add(const HunkPattern& pattern, std::int64_t hunk_line) {
    for (const HunkPattern::Change& change : pattern.changes()) {
      const std::uint64_t line = static_cast<std::uint64_t>(hunk_line) + change.old_begin;
      const std::uint64_t count = change.old_end - change.old_begin;
      if (runs_.empty() || runs_.back().line + runs_.back().count != line) {
        runs_.push_back({.line = line, .count = 0, .text = {}});
      }
      Run& run = runs_.back();
      run.count += count;
      for (std::uint64_t i = change.new_begin; i < change.new_end; ++i) {
        end_line(run.text);
        run.text.append(pattern.new_lines()[i]);
      }
    }
  }

  [[nodiscard]] Result<Batch> finish(std::string_view file) {
    BatchBuilder builder = unlimited_builder();
    builder.set_file(file);
    builder.set_base(
        {.fingerprint = snapshot_.fingerprint(), .line_count = snapshot_.line_count()});
    for (Run& run : runs_) {
      if (run.line + run.count <= snapshot_.line_count()) end_line(run.text);
      const std::string_view was = snapshot_.lines(run.line, run.line + run.count - 1);
      PatchSpec spec = change_of_lines(run.line, run.count, was, run.text);
      spec.verbatim = verbatim_;
      if (auto added = builder.add(spec); !added) return std::unexpected(added.error());
    }
    return builder.build();
  }

 private:
  /// Where more follows a line without end, it gets one; LF, as GNU patch has it.
  static void end_line(std::string& text) {
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
  }

  struct Run {
    std::uint64_t line = 0;
    std::uint64_t count = 0;
    std::string text;
  };

  const Snapshot& snapshot_;
  bool verbatim_;
  std::vector<Run> runs_;
};

/// What a hunk is refused with; `reason` goes on after "hunk 2 (line 7 of the diff) ".
Error refused(ErrorCode code, const Hunk& hunk, std::uint64_t index, std::string_view reason) {
  return {
      .code = code,
      .message = concat("hunk ", index + 1, " (line ", hunk.diff_line, " of the diff) ", reason),
      .line = hunk.old_line,
      .hunk = HunkRef{.index = index, .diff_line = hunk.diff_line}};
}

Error hunk_failed(const Hunk& hunk, std::uint64_t index, bool already_applied) {
  const std::uint64_t last_line = hunk.old_line + std::max<std::uint64_t>(hunk.old_count, 1) - 1;
  Error error = refused(ErrorCode::hunk_failed, hunk, index,
                        concat(already_applied ? "is applied already" : "fits nowhere", " at ",
                               line_span(hunk.old_line, last_line)));
  error.already_applied = already_applied;
  return error;
}

Error in_the_way(const Hunk& hunk, std::uint64_t index, std::uint64_t line_count) {
  return refused(ErrorCode::hunk_failed, hunk, index,
                 concat("makes a new file, but there is one with ", line_count, " lines"));
}

Error gave_up(const Hunk& hunk, std::uint64_t index) {
  Error error = refused(ErrorCode::limit_exceeded, hunk, index,
                        concat("is not looked for any more: the limit is ", HunkSearch::kMaxPlaces,
                               " places looked at"));
  error.limit = HunkSearch::kMaxPlaces;
  return error;
}

Error ambiguous(const Hunk& hunk, std::uint64_t index, const HunkSearch::Found& found) {
  Error error =
      refused(ErrorCode::ambiguous_placement, hunk, index,
              concat("fits at line ", found.line, " and as well at line ", *found.tied_line));
  error.line = static_cast<std::uint64_t>(found.line);
  error.other_line = static_cast<std::uint64_t>(*found.tied_line);
  return error;
}

/// Whether anything was passed over for the hunk to fit.
void note_ignored(const Snapshot& snapshot, const HunkPattern& pattern, HunkSearch::Part part,
                  PlacedHunk& placed) {
  for (auto i = static_cast<std::uint64_t>(part.begin); std::cmp_less(i, part.end); ++i) {
    const std::uint64_t line = placed.line + i;
    const std::string_view own = snapshot.lines(line, line);
    if (pattern.old_lines()[i] == own) continue;
    if (LineMatcher::equal_but_for_line_ends(pattern.old_lines()[i], own)) {
      placed.ignored_line_ends = true;
    } else {
      placed.ignored_white_space = true;
    }
  }
}

/// Whether what the hunk would write is there; the search then goes on behind it.
bool take_applied(HunkSearch& search, const HunkPattern& pattern, const HunkPattern& reversed) {
  const auto line = search.find_applied(pattern, reversed);
  if (line) search.accept_applied(reversed, *line);
  return line.has_value();
}

std::vector<std::uint64_t> ascending_hunks(const FileDiff& file, bool reverse) {
  std::vector<std::uint64_t> order(file.hunks.size());
  for (std::uint64_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto place_of = [&](std::uint64_t index) {
    const Hunk& hunk = file.hunks[index];
    return std::pair(reverse ? new_side_key(hunk) : old_side_key(hunk), index);
  };
  heap_sort(order, place_of);
  return order;
}

/// The name of the file that comes out, as a batch has it; none where it would not be a good one.
std::string_view name_without_prefix(const FileDiff& file, bool reverse) {
  const bool takes_new = file.new_name && !(reverse && file.old_name);
  const std::optional<std::string>& out = takes_new ? file.new_name : file.old_name;
  if (!out) return {};
  std::string_view name = *out;
  const bool has_prefix = (!file.old_name || file.old_name->starts_with("a/")) &&
                          (!file.new_name || file.new_name->starts_with("b/"));
  if (has_prefix) name.remove_prefix(2);
  return why_unsafe(name).empty() && valid_utf8_prefix(name) == name.size() ? name : "";
}

}  // namespace

std::expected<Placed, Violations> place(const Snapshot& snapshot, const FileDiff& file,
                                        const PlaceOptions& options) {
  Placed placed;
  placed.hunks.reserve(file.hunks.size());
  HunkSearch search(snapshot, options);
  PatchWriter writer(snapshot, options.ignore_line_ends);
  const bool comes =
      file.kind == (options.reverse ? FileDiff::Kind::remove : FileDiff::Kind::create);
  const bool is_in_the_way = comes && snapshot.line_count() > 0;
  for (const std::uint64_t index : ascending_hunks(file, options.reverse)) {
    const Hunk& hunk = file.hunks[index];
    const HunkPattern pattern(hunk, options.reverse);
    const auto found = is_in_the_way ? std::nullopt : search.find(pattern);
    if (!found || found->tied_line) {
      const bool applied = !found && !search.gave_up() &&
                           take_applied(search, pattern, {hunk, !options.reverse}) &&
                           (!is_in_the_way || pattern.new_lines().size() == snapshot.line_count());
      placed.rejected.push_back({.hunk_index = index,
                                 .error = found              ? ambiguous(hunk, index, *found)
                                          : search.gave_up() ? gave_up(hunk, index)
                                          : is_in_the_way && !applied
                                              ? in_the_way(hunk, index, snapshot.line_count())
                                              : hunk_failed(hunk, index, applied),
                                 .already_applied = applied});
      if (options.policy == Policy::fail_fast) break;
      continue;
    }
    PlacedHunk& entry = placed.hunks.emplace_back(
        PlacedHunk{.hunk_index = index,
                   .line = static_cast<std::uint64_t>(found->line),
                   .offset = found->line - static_cast<std::int64_t>(pattern.line()),
                   .fuzz = found->fuzz});
    note_ignored(snapshot, pattern, found->part, entry);
    writer.add(pattern, found->line);
    search.accept(pattern, found->line);
  }
  if (!placed.rejected.empty() && options.policy != Policy::best_effort) {
    Violations violations;
    for (RejectedHunk& rejected : placed.rejected) {
      violations.push_back(std::move(rejected.error));
    }
    return std::unexpected(std::move(violations));
  }
  auto batch = writer.finish(name_without_prefix(file, options.reverse));
  if (!batch) return std::unexpected(Violations{std::move(batch.error())});
  placed.batch = *std::move(batch);
  return placed;
}

}  // namespace firn
