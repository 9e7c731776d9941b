#include "hunk_search.h"

#include <algorithm>
#include <utility>

namespace firn {

HunkSearch::HunkSearch(const Snapshot& snapshot, const PlaceOptions& options)
    : snapshot_(snapshot),
      options_(options),
      matcher_(options.white_space, options.ignore_line_ends),
      line_count_(static_cast<std::int64_t>(snapshot.line_count())) {}

bool HunkSearch::matches(const HunkPattern& pattern, std::int64_t line, Part part) const {
  if (line + part.begin < 1 || line + part.end - 1 > line_count_) return part.begin >= part.end;
  for (std::int64_t i = part.begin; i < part.end; ++i) {
    const auto number = static_cast<std::uint64_t>(line + i);
    const std::string_view own = snapshot_.lines(number, number);
    if (!matcher_.equal(pattern.old_lines()[static_cast<std::size_t>(i)], own)) return false;
  }
  return true;
}

HunkSearch::Part HunkSearch::part_at(const HunkPattern& pattern, std::uint64_t fuzz) {
  const auto size = static_cast<std::int64_t>(pattern.old_lines().size());
  const auto prefix = static_cast<std::int64_t>(pattern.prefix_context());
  const auto suffix = static_cast<std::int64_t>(pattern.suffix_context());
  const std::int64_t trimmed = static_cast<std::int64_t>(fuzz) - std::max(prefix, suffix);
  return {std::max<std::int64_t>(trimmed + prefix, 0),
          size - std::max<std::int64_t>(trimmed + suffix, 0)};
}

/// Each level compares a part of what the one before compared: the rarest lines are found from the
/// last level to the first, and all levels together cost no more than the pattern.
void HunkSearch::index(const HunkPattern& pattern) {
  if (!index_) index_.emplace(snapshot_, matcher_);
  if (levels_) return;
  levels_.emplace(Levels{index_->hashed(pattern.old_lines()), {}});
  const auto& places = levels_->lines.places;
  levels_->rarest.resize(max_fuzz_ + 1);
  Part seen = part_at(pattern, max_fuzz_);
  seen.end = seen.begin = std::min(seen.begin, seen.end);
  auto rarest = static_cast<std::uint64_t>(seen.begin);
  const auto see = [&](std::int64_t i) {
    const auto at = static_cast<std::uint64_t>(i);
    if (rarest >= places.size() || places[at].size() < places[rarest].size()) rarest = at;
  };
  for (std::uint64_t fuzz = max_fuzz_ + 1; fuzz-- > 0;) {
    const Part part = part_at(pattern, fuzz);
    while (seen.begin > part.begin) see(--seen.begin);
    while (seen.end < part.end) see(seen.end++);
    levels_->rarest[fuzz] = rarest;
  }
}

/// Whether the hunk lies at `line`. Once the text is searched the hashes say so first.
bool HunkSearch::fits(const HunkPattern& pattern, std::int64_t line, std::uint64_t fuzz) const {
  const Part part = part_at(pattern, fuzz);
  const bool is_inside = line + part.begin >= 1 && line + part.end - 1 <= line_count_;
  if (levels_ && is_inside && part.begin < part.end) {
    const auto begin = static_cast<std::uint64_t>(part.begin);
    const auto looked_for = PlaceIndex::part_of(
        levels_->lines, begin, static_cast<std::uint64_t>(part.end), levels_->rarest[fuzz]);
    if (!index_->may_match(looked_for, static_cast<std::uint64_t>(line + part.begin))) return false;
  }
  return matches(pattern, line, part);
}

/// Where the hunk may lie from `min_line` to `max_line`.
HunkSearch::Candidates HunkSearch::candidates(const HunkPattern& pattern, std::uint64_t fuzz,
                                              std::int64_t min_line, std::int64_t max_line) {
  index(pattern);
  const Part part = part_at(pattern, fuzz);
  const PlaceIndex::Pattern looked_for =
      PlaceIndex::part_of(levels_->lines, static_cast<std::uint64_t>(part.begin),
                          static_cast<std::uint64_t>(part.end), levels_->rarest[fuzz]);
  const std::int64_t to_rarest = part.begin + static_cast<std::int64_t>(looked_for.rarest);
  const auto lines = looked_for.rarest_lines;
  const auto begin =
      std::ranges::lower_bound(lines, min_line + to_rarest, {}, &PlaceIndex::Line::signed_line);
  const auto end = std::ranges::upper_bound(begin, lines.end(), max_line + to_rarest, {},
                                            &PlaceIndex::Line::signed_line);
  return {.rarest_lines = {begin, end}, .to_rarest = to_rarest};
}

/// Nearest first, forward before backward, each place within the file and below what is done.
std::optional<HunkSearch::Found> HunkSearch::find_nearest(const HunkPattern& pattern,
                                                          std::uint64_t fuzz) {
  const Part part = part_at(pattern, fuzz);
  const std::int64_t first_guess = guess(pattern);
  const std::int64_t min_line = frozen_line_ + 1;
  const std::int64_t max_line = line_count_ - part.end + 1;
  if (max_line < min_line) return std::nullopt;
  const std::int64_t nearest = std::clamp(first_guess, min_line, max_line);
  if (nearest == first_guess && fits(pattern, nearest, fuzz)) return Found{.line = nearest};
  if (part.begin >= part.end) return Found{.line = nearest};

  const auto [lines, to_rarest] = candidates(pattern, fuzz, min_line, max_line);
  const auto line_at = [&](std::size_t i) { return lines[i].signed_line() - to_rarest; };
  auto forward = static_cast<std::size_t>(
      std::ranges::lower_bound(lines, first_guess + to_rarest, {}, &PlaceIndex::Line::signed_line) -
      lines.begin());
  std::size_t backward = forward;  // One past it.
  const auto is_there = [&](std::int64_t line) {
    places_left_ -= places_left_ > 0 ? 1 : 0;
    return fits(pattern, line, fuzz);
  };
  while (places_left_ > 0 && (forward < lines.size() || backward > 0)) {
    const std::int64_t ahead = forward < lines.size() ? line_at(forward) - first_guess : INT64_MAX;
    const std::int64_t behind = backward > 0 ? first_guess - line_at(backward - 1) : INT64_MAX;
    const bool fits_ahead = ahead <= behind && is_there(first_guess + ahead);
    const bool fits_behind = behind <= ahead && is_there(first_guess - behind);
    if (fits_ahead) {
      Found found{.line = first_guess + ahead};
      if (fits_behind) found.tied_line = first_guess - behind;
      return found;
    }
    if (fits_behind) return Found{.line = first_guess - behind};
    if (ahead <= behind) ++forward;
    if (behind <= ahead) --backward;
  }
  return std::nullopt;
}

std::optional<HunkSearch::Found> HunkSearch::find_with_fuzz(const HunkPattern& pattern,
                                                            std::uint64_t fuzz) {
  const auto size = static_cast<std::int64_t>(pattern.old_lines().size());
  const auto prefix = static_cast<std::int64_t>(pattern.prefix_context());
  const auto suffix = static_cast<std::int64_t>(pattern.suffix_context());
  const std::int64_t context = std::max(prefix, suffix);
  const std::int64_t prefix_fuzz = static_cast<std::int64_t>(fuzz) + prefix - context;
  const std::int64_t suffix_fuzz = static_cast<std::int64_t>(fuzz) + suffix - context;
  if (size == 0) {  // Nothing to compare.
    const std::int64_t line = guess(pattern);
    if (line <= frozen_line_ || line > line_count_ + 1) return std::nullopt;
    return Found{.line = line};
  }
  if (fuzz > 0) index(pattern);
  if (prefix_fuzz < 0 && pattern.line() <= 1) {  // Only at the start of the file.
    if (frozen_line_ > prefix || !fits(pattern, 1, fuzz)) return std::nullopt;
    return Found{.line = 1};
  }
  if (suffix_fuzz < 0) {  // Only at its end.
    const std::int64_t line = line_count_ - size + 1;
    if (line <= frozen_line_ || !fits(pattern, line, fuzz)) return std::nullopt;
    return Found{.line = line};
  }
  return find_nearest(pattern, fuzz);
}

std::optional<HunkSearch::Found> HunkSearch::find_up_to(const HunkPattern& pattern,
                                                        std::uint64_t max_fuzz) {
  max_fuzz_ = max_fuzz;
  levels_.reset();
  for (std::uint64_t fuzz = 0; fuzz <= max_fuzz && places_left_ > 0; ++fuzz) {
    auto found = find_with_fuzz(pattern, fuzz);
    if (!found) continue;
    found->fuzz = fuzz;
    found->part = part_at(pattern, fuzz);
    return found;
  }
  return std::nullopt;
}

std::optional<HunkSearch::Found> HunkSearch::find(const HunkPattern& pattern) {
  if (options_.placement == Placement::exact) {
    const auto line = static_cast<std::int64_t>(pattern.line());
    const Part whole{0, static_cast<std::int64_t>(pattern.old_lines().size())};
    const bool is_free = line + static_cast<std::int64_t>(pattern.prefix_context()) > frozen_line_;
    if (!is_free || line > line_count_ + 1 || !matches(pattern, line, whole)) return std::nullopt;
    return Found{.line = line, .part = whole};
  }
  const std::uint64_t context = std::max(pattern.prefix_context(), pattern.suffix_context());
  return find_up_to(
      pattern, options_.placement == Placement::fuzzy ? std::min(options_.max_fuzz, context) : 0);
}

std::optional<std::int64_t> HunkSearch::find_applied(const HunkPattern& pattern,
                                                     const HunkPattern& reversed) {
  const auto size = static_cast<std::int64_t>(reversed.old_lines().size());
  if (size == 0) {  // Nothing is told by nothing, unless nothing else is left.
    if (line_count_ == 0 && reversed.line() == 1) return 1;
    return std::nullopt;
  }
  const std::int64_t own_line = static_cast<std::int64_t>(reversed.line()) + new_offset_;
  for (const std::int64_t line : {guess(pattern), own_line}) {
    if (matches(reversed, line, {0, size})) return line;
  }
  const auto adds_lines = [](const HunkPattern::Change& change) {
    return change.old_begin < change.old_end;
  };
  // Context alone is found in too many places to say anything.
  if (options_.placement == Placement::exact ||
      std::ranges::none_of(reversed.changes(), adds_lines)) {
    return std::nullopt;
  }
  const std::uint64_t context = std::max(reversed.prefix_context(), reversed.suffix_context());
  const bool trims = options_.placement == Placement::fuzzy && context > 0;
  const std::int64_t offset = std::exchange(offset_, new_offset_);
  const auto found = find_up_to(reversed, trims ? std::min(options_.max_fuzz, context - 1) : 0);
  offset_ = offset;
  if (!found || found->tied_line) return std::nullopt;
  return found->line;
}

void HunkSearch::accept(const HunkPattern& pattern, std::int64_t line) {
  const auto growth = static_cast<std::int64_t>(pattern.new_lines().size()) -
                      static_cast<std::int64_t>(pattern.old_lines().size());
  offset_ = line - static_cast<std::int64_t>(pattern.line());
  new_offset_ = line - growth - static_cast<std::int64_t>(pattern.new_line());
  if (pattern.changes().empty()) return;
  frozen_line_ = std::max(frozen_line_,
                          line + static_cast<std::int64_t>(pattern.changes().back().old_end) - 1);
}

void HunkSearch::accept_applied(const HunkPattern& reversed, std::int64_t line) {
  accept(reversed, line);
  std::swap(offset_, new_offset_);
}

}  // namespace firn
