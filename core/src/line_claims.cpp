#include "line_claims.h"

#include <algorithm>
#include <iterator>

namespace firn {

std::optional<LineClaims::Conflict> LineClaims::range_over(std::uint64_t first,
                                                           std::uint64_t last) const {
  auto run = runs_.upper_bound(first);
  if (run != runs_.begin() && std::prev(run)->second >= first) --run;
  if (run == runs_.end() || run->first > last) return std::nullopt;
  const std::uint64_t line = std::max(first, run->first);
  const auto holder = std::prev(holders_.upper_bound(line));
  return Conflict{.line = line, .patch_index = holder->second};
}

std::optional<LineClaims::Conflict> LineClaims::conflict_of(const Patch& patch) const {
  const bool is_insert = patch.op == Op::insert_lines;
  const auto range = range_over(patch.line, is_insert ? patch.line : patch.end_line);
  if (ties_ == Ties::reject || is_insert) return range;
  // An insert at the first line of the range comes out before it; one further down is inside.
  const auto insert = inserts_.upper_bound(patch.line);
  if (insert == inserts_.end() || insert->first > patch.end_line) return range;
  if (range && (range->line < insert->first ||
                (range->line == insert->first && range->patch_index < insert->second))) {
    return range;
  }
  return Conflict{.line = insert->first, .patch_index = insert->second};
}

void LineClaims::claim(const Patch& patch, std::uint32_t patch_index) {
  if (patch.op != Op::insert_lines) {
    claim_range(patch.line, patch.end_line, patch_index);
  } else if (ties_ == Ties::reject) {
    claim_range(patch.line, patch.line, patch_index);
  } else {
    inserts_.try_emplace(patch.line, patch_index);
  }
}

void LineClaims::claim_range(std::uint64_t first, std::uint64_t last, std::uint32_t patch_index) {
  auto run = runs_.upper_bound(first);
  if (run != runs_.begin() && std::prev(run)->second + 1 >= first) --run;

  std::uint64_t run_first = first;
  std::uint64_t run_last = last;
  std::uint64_t free_from = first;
  while (run != runs_.end() && run->first <= last + 1) {
    if (run->first > free_from) holders_[free_from] = patch_index;
    free_from = std::max(free_from, run->second + 1);
    run_first = std::min(run_first, run->first);
    run_last = std::max(run_last, run->second);
    run = runs_.erase(run);
  }
  if (free_from <= last) holders_[free_from] = patch_index;
  runs_[run_first] = run_last;
}

}  // namespace firn
