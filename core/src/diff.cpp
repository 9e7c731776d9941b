#include "firn/diff.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "changed_lines.h"
#include "common_runs.h"
#include "concat.h"
#include "line_tokens.h"
#include "shared_lines.h"
#include "slide_hunks.h"
#include "verbatim_patch.h"

namespace firn {

namespace {

/// The tokens of `own` that `other` has too; the rest is marked as changed.
TokenView keep_common(std::span<const std::uint32_t> own, const std::vector<std::uint8_t>& has,
                      std::vector<std::uint8_t>& changed) {
  changed.resize(own.size());
  std::vector<std::uint32_t> dropped;
  for (std::uint32_t i = 0; i < own.size(); ++i) {
    if (has[own[i]] != 0) continue;
    changed[i] = 1;
    dropped.push_back(i);
  }
  return {own, 0, static_cast<std::uint32_t>(own.size()), std::move(dropped)};
}

std::vector<std::uint8_t> tokens_in(const std::vector<std::uint32_t>& tokens,
                                    std::uint32_t token_count) {
  std::vector<std::uint8_t> has(token_count, 0);
  for (const std::uint32_t token : tokens) has[token] = 1;
  return has;
}

ChangedLines find_changed_lines(const LineTokens& lines, DiffAlgorithm algorithm) {
  DiffProblem problem;
  problem.token_count = lines.token_count;
  problem.before =
      keep_common(lines.before, tokens_in(lines.after, lines.token_count), problem.changed.before);
  problem.after =
      keep_common(lines.after, tokens_in(lines.before, lines.token_count), problem.changed.after);
  if (algorithm == DiffAlgorithm::histogram) {
    diff_histogram(problem);
  } else {
    diff_myers(problem, {0, problem.before.size(), 0, problem.after.size()},
               algorithm == DiffAlgorithm::myers ? MyersBound::steps : MyersBound::none);
  }
  return std::move(problem.changed);
}

/// What is to be compared, each stretch by itself. Only between common runs that nothing but
/// `histogram` may take for given: the others have lengths to prove.
std::vector<DifferingStretch> stretches_of(const Snapshot& before, const Snapshot& after,
                                           DiffAlgorithm algorithm) {
  if (algorithm == DiffAlgorithm::histogram) return stretches_between_common_runs(before, after);
  const DiffHunk middle = differing_middle(before, after);
  if (middle.before.line_count() + middle.after.line_count() == 0) return {};
  return {{.lines = middle}};
}

}  // namespace

Result<std::vector<DiffHunk>> diff_lines(const Snapshot& before, const Snapshot& after,
                                         const DiffOptions& options) {
  constexpr std::uint64_t kMaxLines = std::numeric_limits<std::int32_t>::max();
  const std::uint64_t line_count = std::max(before.line_count(), after.line_count());
  if (line_count >= kMaxLines) {
    return std::unexpected(
        Error{.code = ErrorCode::limit_exceeded,
              .message = concat("a text of ", line_count,
                                " lines is too long to compare; the limit is ", kMaxLines - 1),
              .limit = kMaxLines - 1});
  }
  std::vector<DiffHunk> hunks;
  for (const auto& [stretch, shares_nothing] : stretches_of(before, after, options.algorithm)) {
    if (shares_nothing || stretch.before.line_count() == 0 || stretch.after.line_count() == 0) {
      hunks.push_back(stretch);
      continue;
    }
    const LineTokens lines = tokenize_lines(before, after, stretch);
    append_hunks(find_changed_lines(lines, options.algorithm), stretch.before.from,
                 stretch.after.from, hunks);
  }
  if (options.slide != Slide::none) slide_hunks(before, after, options.slide, hunks);
  return hunks;
}

namespace {

/// True when every line of `lines`, a run of whole lines, ends with `terminator`.
bool all_end_with(std::string_view lines, std::string_view terminator) {
  if (lines.empty()) return true;
  if (!lines.ends_with('\n')) return false;
  for (std::size_t end = lines.find('\n'); end != std::string_view::npos;
       end = lines.find('\n', end + 1)) {
    const bool is_crlf = end > 0 && lines[end - 1] == '\r';
    if (is_crlf != (terminator == "\r\n")) return false;
  }
  return true;
}

/// True when the file's own line ends give `added` back, so that the patch need not carry them.
bool follows_the_file(const Snapshot& before, std::string_view removed, std::string_view added) {
  if (!before.uses_only_lf() && !before.uses_only_crlf()) return false;
  const std::string_view terminator = before.majority_terminator();
  return all_end_with(removed, terminator) && all_end_with(added, terminator);
}

/// The hunk as a patch; its views are into the two texts.
PatchSpec patch_of(const DiffHunk& hunk, const Snapshot& before, const Snapshot& after) {
  const std::string_view removed = before.lines(hunk.before.from, hunk.before.to);
  const std::string_view added = after.lines(hunk.after.from, hunk.after.to);
  PatchSpec spec{.line = hunk.before.from, .verbatim = !follows_the_file(before, removed, added)};
  if (removed.empty()) {
    spec.op = Op::insert_lines;
    spec.text = added;
    return spec;
  }
  spec.op = added.empty() ? Op::delete_lines : Op::replace_lines;
  spec.end_line = hunk.before.to;
  spec.expect = removed;
  if (!added.empty()) spec.text = added;
  return spec;
}

}  // namespace

Result<Batch> diff(const Snapshot& before, const Snapshot& after, const DiffOptions& options) {
  const auto hunks = diff_lines(before, after, options);
  if (!hunks) return std::unexpected(hunks.error());
  BatchBuilder builder = unlimited_builder();
  builder.set_base({.fingerprint = before.fingerprint(), .line_count = before.line_count()});
  for (const DiffHunk& hunk : *hunks) {
    if (auto added = builder.add(patch_of(hunk, before, after)); !added) {
      return std::unexpected(std::move(added.error()));
    }
  }
  return builder.build();
}

}  // namespace firn
