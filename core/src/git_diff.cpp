#include "git_diff.h"

#include <algorithm>

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

/// What surrounds a line of little worth, in one direction.
struct Neighbours {
  std::int64_t none = 0;
  std::int64_t little = 0;
};

Neighbours look(std::span<const Worth> worths, std::int64_t line, std::int64_t step) {
  Neighbours seen;
  const auto size = static_cast<std::int64_t>(worths.size());
  std::int64_t at = line + step;
  for (std::int64_t left = kWindow; left > 0 && at >= 0 && at < size; --left, at += step) {
    const Worth worth = worths[static_cast<std::size_t>(at)];
    if (worth == Worth::full) break;
    ++(worth == Worth::none ? seen.none : seen.little);
  }
  return seen;
}

/// True for a line of little worth in the midst of changed lines: matching it would only tear
/// them apart.
bool is_noise(std::span<const Worth> worths, std::size_t line) {
  const auto at = static_cast<std::int64_t>(line);
  const Neighbours above = look(worths, at, -1);
  if (above.none == 0) return false;
  const Neighbours below = look(worths, at, 1);
  if (below.none == 0) return false;
  const std::int64_t little = above.little + below.little + 2;  // Counts the line twice, as git.
  return little * 4 < little + above.none + below.none;
}

}  // namespace

GitDiff::GitDiff(std::uint32_t token_count) : counts_(token_count, 0) {}

/// The lines of `own` in the middle that take part; the others of them are marked as changed.
TokenView GitDiff::worth_comparing(std::span<const std::uint32_t> own,
                                   std::span<const std::uint32_t> other, Middle middle,
                                   std::vector<std::uint8_t>& changed) {
  const std::uint32_t many = many_equal_lines(own.size());
  for (const std::uint32_t token : other) ++counts_[token];
  std::vector<Worth> worths(middle.end - middle.begin);
  for (std::size_t i = 0; i < worths.size(); ++i) {
    const std::uint32_t count = counts_[own[middle.begin + i]];
    worths[i] = count == 0 ? Worth::none : count < many ? Worth::full : Worth::little;
  }
  for (const std::uint32_t token : other) counts_[token] = 0;

  TokenView view;
  for (std::size_t i = 0; i < worths.size(); ++i) {
    const std::size_t line = middle.begin + i;
    if (worths[i] == Worth::none || (worths[i] == Worth::little && is_noise(worths, i))) {
      changed[line] = 1;
    } else {
      view.tokens.push_back(own[line]);
      view.positions.push_back(static_cast<std::uint32_t>(line));
    }
  }
  return view;
}

std::vector<DiffHunk> GitDiff::hunks(std::span<const std::uint32_t> before,
                                     std::span<const std::uint32_t> after) {
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
  problem.before = worth_comparing(before, after, {top, before.size() - bottom}, before_changed);
  problem.after = worth_comparing(after, before, {top, after.size() - bottom}, after_changed);
  diff_myers(problem,
             {0, static_cast<std::uint32_t>(problem.before.tokens.size()), 0,
              static_cast<std::uint32_t>(problem.after.tokens.size())},
             true);
  slide_groups(before, before_changed, after_changed);
  slide_groups(after, after_changed, before_changed);
  return hunks_of(problem.changed, 1);
}

}  // namespace firn
