#include "hunk_search.h"

#include <algorithm>

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

/// Nearest first, forward before backward, each place within the file and below what is done.
std::optional<HunkSearch::Found> HunkSearch::find_nearest(const HunkPattern& pattern, Part part) {
  const std::int64_t first_guess = guess(pattern);
  const std::int64_t min_line = frozen_line_ + 1;
  const std::int64_t max_line = line_count_ - part.end + 1;
  if (max_line < min_line) return std::nullopt;
  const std::int64_t nearest = std::clamp(first_guess, min_line, max_line);
  if (nearest == first_guess && matches(pattern, nearest, part)) return Found{.line = nearest};
  if (part.begin >= part.end) return Found{.line = nearest};

  if (!index_) index_.emplace(snapshot_, matcher_);
  const std::int64_t size = part.end - part.begin;
  const PlaceIndex::Pattern looked_for = index_->pattern_of(pattern.old_lines().subspan(
      static_cast<std::size_t>(part.begin), static_cast<std::size_t>(size)));
  // Places are told by the line on which the rarest line of the pattern would lie.
  const std::int64_t to_place = part.begin + static_cast<std::int64_t>(looked_for.rarest);
  const auto lines = looked_for.rarest_lines;
  const auto line_at = [&](std::size_t i) {
    return static_cast<std::int64_t>(lines[i].line) - to_place;
  };
  const auto begin = static_cast<std::size_t>(
      std::ranges::lower_bound(lines, min_line + to_place, {}, &PlaceIndex::Line::signed_line) -
      lines.begin());
  const auto end = static_cast<std::size_t>(
      std::ranges::upper_bound(lines, max_line + to_place, {}, &PlaceIndex::Line::signed_line) -
      lines.begin());
  auto forward = static_cast<std::size_t>(
      std::ranges::lower_bound(lines, first_guess + to_place, {}, &PlaceIndex::Line::signed_line) -
      lines.begin());
  forward = std::clamp(forward, begin, std::max(begin, end));
  std::size_t backward = forward;  // One past it.
  const auto fits = [&](std::int64_t line) {
    places_left_ -= places_left_ > 0 ? 1 : 0;
    return index_->may_match(looked_for, static_cast<std::uint64_t>(line + part.begin)) &&
           matches(pattern, line, part);
  };
  while (places_left_ > 0 && (forward < end || backward > begin)) {
    const std::int64_t ahead = forward < end ? line_at(forward) - first_guess : INT64_MAX;
    const std::int64_t behind = backward > begin ? first_guess - line_at(backward - 1) : INT64_MAX;
    const bool fits_ahead = ahead <= behind && fits(first_guess + ahead);
    const bool fits_behind = behind <= ahead && fits(first_guess - behind);
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
  const Part part{std::max<std::int64_t>(prefix_fuzz, 0),
                  size - std::max<std::int64_t>(suffix_fuzz, 0)};
  if (prefix_fuzz < 0 && pattern.line() <= 1) {  // Only at the start of the file.
    if (frozen_line_ > prefix || !matches(pattern, 1, part)) return std::nullopt;
    return Found{.line = 1};
  }
  if (suffix_fuzz < 0) {  // Only at its end.
    const std::int64_t line = line_count_ - size + 1;
    if (line <= frozen_line_ || !matches(pattern, line, part)) return std::nullopt;
    return Found{.line = line};
  }
  return find_nearest(pattern, part);
}

std::optional<HunkSearch::Found> HunkSearch::find(const HunkPattern& pattern) {
  if (options_.placement == Placement::exact) {
    const auto line = static_cast<std::int64_t>(pattern.line());
    const Part whole{0, static_cast<std::int64_t>(pattern.old_lines().size())};
    const bool is_free = line + static_cast<std::int64_t>(pattern.prefix_context()) > frozen_line_;
    if (!is_free || line > line_count_ + 1 || !matches(pattern, line, whole)) return std::nullopt;
    return Found{.line = line};
  }
  const std::uint64_t context = std::max(pattern.prefix_context(), pattern.suffix_context());
  const std::uint64_t max_fuzz =
      options_.placement == Placement::fuzzy ? std::min(options_.max_fuzz, context) : 0;
  for (std::uint64_t fuzz = 0; fuzz <= max_fuzz && places_left_ > 0; ++fuzz) {
    auto found = find_with_fuzz(pattern, fuzz);
    if (!found) continue;
    found->fuzz = fuzz;
    return found;
  }
  return std::nullopt;
}

void HunkSearch::accept(const HunkPattern& pattern, std::int64_t line) {
  offset_ = line - static_cast<std::int64_t>(pattern.line());
  if (pattern.changes().empty()) return;
  frozen_line_ = std::max(frozen_line_,
                          line + static_cast<std::int64_t>(pattern.changes().back().old_end) - 1);
}

bool HunkSearch::is_applied(const HunkPattern& reversed, std::int64_t line) const {
  const auto size = static_cast<std::int64_t>(reversed.old_lines().size());
  return size > 0 && matches(reversed, line, {0, size});
}

}  // namespace firn
