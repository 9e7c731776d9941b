#include "git_diff.h"

#include <algorithm>
#include <utility>

namespace firn {

namespace {

/// A line with this many equal lines in the other text, or as many as the root of its own text's
/// lines, tells little about the place of others.
constexpr std::uint32_t kManyEqualLines = 1024;
/// How far around such a line git looks for lines that are in one text only.
constexpr std::int64_t kWindow = 100;

std::uint32_t many_equal_lines(std::size_t line_count) {
  std::uint32_t root = 1;
  for (std::size_t rest = line_count; rest > 0; rest >>= 2) root <<= 1;
  return std::min(root, kManyEqualLines);
}

enum class Worth : std::uint8_t {
  none,    ///< The other text does not have the line.
  little,  ///< It has it many times.
  full,
};

/// The lines of a text between the equal lines at both ends, 0-based, half-open, as the other text
/// sees them. Few of them are ever asked about.
class Worths {
 public:
  /// `counts`: of each token in the other text.
  Worths(std::span<const std::uint32_t> own, std::span<const std::uint32_t> counts,
         std::size_t begin, std::size_t end)
      : own_(own),
        counts_(counts),
        begin_(static_cast<std::int64_t>(begin)),
        end_(static_cast<std::int64_t>(end)),
        many_(many_equal_lines(own.size())) {}

  [[nodiscard]] Worth of(std::size_t line) const {
    const std::uint32_t count = counts_[own_[line]];
    return count == 0 ? Worth::none : count < many_ ? Worth::full : Worth::little;
  }

  /// True for a line of little worth in the midst of changed lines: matching it would only tear
  /// them apart.
  [[nodiscard]] bool is_noise(std::size_t line) const {
    const auto at = static_cast<std::int64_t>(line);
    const Neighbours above = look(at, -1);
    if (above.none == 0) return false;
    const Neighbours below = look(at, 1);
    if (below.none == 0) return false;
    const std::int64_t little = above.little + below.little + 2;  // Counts the line twice, as git.
    return little * 4 < little + above.none + below.none;
  }

 private:
  /// What surrounds a line of little worth, in one direction.
  struct Neighbours {
    std::int64_t none = 0;
    std::int64_t little = 0;
  };

  [[nodiscard]] Neighbours look(std::int64_t line, std::int64_t step) const {
    Neighbours seen;
    std::int64_t at = line + step;
    for (std::int64_t left = kWindow; left > 0 && at >= begin_ && at < end_; --left, at += step) {
      const Worth worth = of(static_cast<std::size_t>(at));
      if (worth == Worth::full) break;
      ++(worth == Worth::none ? seen.none : seen.little);
    }
    return seen;
  }

  std::span<const std::uint32_t> own_;
  std::span<const std::uint32_t> counts_;
  std::int64_t begin_;
  std::int64_t end_;
  std::uint32_t many_;
};

/// The lines in the middle that take no part, ascending.
std::vector<std::uint32_t> dropped_lines(std::span<const std::uint32_t> own,
                                         std::span<const std::uint32_t> counts, std::size_t begin,
                                         std::size_t end) {
  const Worths worths(own, counts, begin, end);
  std::vector<std::uint32_t> dropped;
  for (std::size_t line = begin; line < end; ++line) {
    if (counts[own[line]] != 0) continue;
    dropped.push_back(static_cast<std::uint32_t>(line));
    // Only below a line that the other text has not can there be noise.
    for (std::int64_t left = kWindow; left > 0 && line + 1 < end; --left) {
      if (worths.of(line + 1) != Worth::little) break;
      ++line;
      if (worths.is_noise(line)) dropped.push_back(static_cast<std::uint32_t>(line));
    }
  }
  return dropped;
}

}  // namespace

GitDiff::GitDiff(std::span<const std::uint32_t> base, std::uint32_t token_count)
    : base_(base), base_counts_(token_count, 0), after_counts_(token_count, 0) {
  count(base, base_counts_);
}

void GitDiff::count(std::span<const std::uint32_t> tokens, Counts& counts) {
  for (const std::uint32_t token : tokens) ++counts[token];
}

void GitDiff::forget(std::span<const std::uint32_t> tokens, Counts& counts) {
  if (tokens.size() > counts.size() / 4) {
    std::ranges::fill(counts, 0U);
  } else {
    for (const std::uint32_t token : tokens) counts[token] = 0;
  }
}

/// The lines of `own` in the middle that take part; the others of them are marked as changed.
TokenView GitDiff::worth_comparing(std::span<const std::uint32_t> own,
                                   const Counts& counts_of_other, Middle middle,
                                   std::vector<std::uint8_t>& changed) {
  std::vector<std::uint32_t> dropped =
      dropped_lines(own, counts_of_other, middle.begin, middle.end);
  for (const std::uint32_t line : dropped) changed[line] = 1;
  return {own, static_cast<std::uint32_t>(middle.begin), static_cast<std::uint32_t>(middle.end),
          std::move(dropped)};
}

std::vector<DiffHunk> GitDiff::hunks_from_base(std::span<const std::uint32_t> after) {
  count(after, after_counts_);
  auto found = hunks(base_, base_counts_, after, after_counts_);
  forget(after, after_counts_);
  return found;
}

std::vector<DiffHunk> GitDiff::hunks(std::span<const std::uint32_t> before,
                                     std::span<const std::uint32_t> after) {
  before_counts_.resize(after_counts_.size());
  count(before, before_counts_);
  count(after, after_counts_);
  auto found = hunks(before, before_counts_, after, after_counts_);
  forget(before, before_counts_);
  forget(after, after_counts_);
  return found;
}

std::vector<DiffHunk> GitDiff::hunks(std::span<const std::uint32_t> before,
                                     const Counts& before_counts,
                                     std::span<const std::uint32_t> after,
                                     const Counts& after_counts) {
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t top = 0;
  while (top < shorter && before[top] == after[top]) ++top;
  std::size_t bottom = 0;
  while (bottom < shorter - top &&
         before[before.size() - 1 - bottom] == after[after.size() - 1 - bottom]) {
    ++bottom;
  }
  DiffProblem problem;
  std::vector<std::uint8_t>& before_changed = problem.changed.before;
  std::vector<std::uint8_t>& after_changed = problem.changed.after;
  before_changed.resize(before.size());
  after_changed.resize(after.size());
  problem.before =
      worth_comparing(before, after_counts, {top, before.size() - bottom}, before_changed);
  problem.after =
      worth_comparing(after, before_counts, {top, after.size() - bottom}, after_changed);
  diff_myers(problem, {0, problem.before.size(), 0, problem.after.size()}, MyersBound::as_git);
  slide_groups(before, before_changed, after_changed);
  slide_groups(after, after_changed, before_changed);
  std::vector<DiffHunk> hunks;
  append_hunks(problem.changed, 1, 1, hunks);
  return hunks;
}

}  // namespace firn
