// The rules are those of git's xdiff/xmerge.c, so that what merges there merges here, to the byte.

#include "firn/merge.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "concat.h"
#include "firn/diff.h"
#include "git_diff.h"
#include "line_tokens.h"
#include "merge_writer.h"

namespace firn {

namespace {

constexpr std::uint64_t kMaxLines = std::numeric_limits<std::int32_t>::max() - 1;

LineSpan span_of(LineRange range) { return {range.from - 1, range.to}; }

/// Appends `next`, or joins it to the last stretch where the two touch on either side.
void append(std::vector<Stretch>& stretches, const Stretch& next) {
  if (!stretches.empty()) {
    Stretch& last = stretches.back();
    if (next.ours.begin <= last.ours.end || next.theirs.begin <= last.theirs.end) {
      if (next.side != last.side) last.side = Side::conflict;
      last.base.end = next.base.end;
      last.ours.end = next.ours.end;
      last.theirs.end = next.theirs.end;
      return;
    }
  }
  stretches.push_back(next);
}

/// Walks the changes of both sides in step.
class Pairing {
 public:
  Pairing(const Snapshot& ours, const Snapshot& theirs, std::span<const DiffHunk> our_hunks,
          std::span<const DiffHunk> their_hunks)
      : ours_(ours), theirs_(theirs), our_hunks_(our_hunks), their_hunks_(their_hunks) {}

  std::vector<Stretch> pair();

 private:
  [[nodiscard]] static Stretch only_ours(const DiffHunk& hunk, std::uint64_t their_shift);
  [[nodiscard]] static Stretch only_theirs(const DiffHunk& hunk, std::uint64_t our_shift);
  [[nodiscard]] bool is_same(const DiffHunk& our, const DiffHunk& their) const;
  [[nodiscard]] static Stretch conflict(const DiffHunk& our, const DiffHunk& their);

  const Snapshot& ours_;
  const Snapshot& theirs_;
  std::span<const DiffHunk> our_hunks_;
  std::span<const DiffHunk> their_hunks_;
};

/// `their_shift`: their line minus base line around the hunk; it may wrap, and wraps back.
Stretch Pairing::only_ours(const DiffHunk& hunk, std::uint64_t their_shift) {
  const LineSpan base = span_of(hunk.before);
  return {.side = Side::ours,
          .base = base,
          .ours = span_of(hunk.after),
          .theirs = {base.begin + their_shift, base.end + their_shift}};
}

Stretch Pairing::only_theirs(const DiffHunk& hunk, std::uint64_t our_shift) {
  const LineSpan base = span_of(hunk.before);
  return {.side = Side::theirs,
          .base = base,
          .ours = {base.begin + our_shift, base.end + our_shift},
          .theirs = span_of(hunk.after)};
}

bool Pairing::is_same(const DiffHunk& our, const DiffHunk& their) const {
  return our.before == their.before && ours_.lines(our.after.from, our.after.to) ==
                                           theirs_.lines(their.after.from, their.after.to);
}

/// What either changed, widened on both sides to what either of them names.
Stretch Pairing::conflict(const DiffHunk& our, const DiffHunk& their) {
  // A hunk that was in the stretch before is met again, and the two stretches are joined: the begin
  // of the other side, whose lines in between may be fewer, is not read then, and stops at 0.
  const auto widen = [](std::uint64_t& begin, std::uint64_t count) {
    begin -= std::min(begin, count);
  };
  Stretch stretch{.side = Side::conflict,
                  .base = span_of(our.before),
                  .ours = span_of(our.after),
                  .theirs = span_of(their.after)};
  const LineSpan their_base = span_of(their.before);
  if (stretch.base.begin > their_base.begin) {
    widen(stretch.ours.begin, stretch.base.begin - their_base.begin);
    stretch.base.begin = their_base.begin;
  } else {
    widen(stretch.theirs.begin, their_base.begin - stretch.base.begin);
  }
  if (stretch.base.end < their_base.end) {
    stretch.ours.end += their_base.end - stretch.base.end;
    stretch.base.end = their_base.end;
  } else {
    stretch.theirs.end += stretch.base.end - their_base.end;
  }
  return stretch;
}

std::vector<Stretch> Pairing::pair() {
  std::vector<Stretch> stretches;
  std::uint64_t our_shift = 0;  // Of the unchanged lines around the place.
  std::uint64_t their_shift = 0;
  auto our = our_hunks_.begin();
  auto their = their_hunks_.begin();
  const auto next_our = [&] {
    our_shift = our->after.to - our->before.to;
    ++our;
  };
  const auto next_their = [&] {
    their_shift = their->after.to - their->before.to;
    ++their;
  };
  while (our != our_hunks_.end() || their != their_hunks_.end()) {
    const bool any_our = our != our_hunks_.end();
    const bool any_their = their != their_hunks_.end();
    if (any_our && (!any_their || our->before.to + 1 < their->before.from)) {
      append(stretches, only_ours(*our, their_shift));
      next_our();
    } else if (any_their && (!any_our || their->before.to + 1 < our->before.from)) {
      append(stretches, only_theirs(*their, our_shift));
      next_their();
    } else {
      if (!is_same(*our, *their)) append(stretches, conflict(*our, *their));
      const std::uint64_t our_end = our->before.to;
      const std::uint64_t their_end = their->before.to;
      if (our_end >= their_end) next_their();
      if (their_end >= our_end) next_our();
    }
  }
  return stretches;
}

/// Splits a conflict into the stretches in which ours and theirs differ from each other.
std::vector<Stretch> refined(const MergeTokens& tokens, GitDiff& differ, const Stretch& stretch) {
  if (stretch.side != Side::conflict || stretch.ours.size() == 0 || stretch.theirs.size() == 0) {
    return {stretch};
  }
  const auto part_of = [](const std::vector<std::uint32_t>& all, LineSpan lines) {
    return std::span(all).subspan(lines.begin, lines.size());
  };
  std::vector<Stretch> parts;
  for (const DiffHunk& hunk :
       differ.hunks(part_of(tokens.ours, stretch.ours), part_of(tokens.theirs, stretch.theirs))) {
    Stretch part = stretch;
    const LineSpan our_lines = span_of(hunk.before);
    const LineSpan their_lines = span_of(hunk.after);
    part.ours = {stretch.ours.begin + our_lines.begin, stretch.ours.begin + our_lines.end};
    part.theirs = {stretch.theirs.begin + their_lines.begin,
                   stretch.theirs.begin + their_lines.end};
    parts.push_back(part);
  }
  if (!parts.empty()) return parts;
  Stretch same = stretch;
  same.side = Side::same;
  return {same};
}

bool has_letter_or_digit(std::string_view text) {
  return std::ranges::any_of(text, [](char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
  });
}

/// Conflicts with next to nothing between them read better as one.
std::vector<Stretch> joined(const Snapshot& ours, const std::vector<Stretch>& stretches) {
  std::vector<Stretch> result;
  for (const Stretch& next : stretches) {
    if (!result.empty() && result.back().side == Side::conflict && next.side == Side::conflict) {
      Stretch& last = result.back();
      const LineSpan between{last.ours.end, next.ours.begin};
      if (between.size() <= 3 || !has_letter_or_digit(text_of(ours, between))) {
        last.base.end = std::max(last.base.end, next.base.end);
        last.ours.end = next.ours.end;
        last.theirs.end = next.theirs.end;
        continue;
      }
    }
    result.push_back(next);
  }
  return result;
}

/// Takes the lines that ours and theirs share off both ends of a conflict.
void trim_shared(const MergeTokens& tokens, Stretch& stretch) {
  LineSpan& ours = stretch.ours;
  LineSpan& theirs = stretch.theirs;
  while (ours.size() > 0 && theirs.size() > 0 &&
         tokens.ours[ours.begin] == tokens.theirs[theirs.begin]) {
    ++ours.begin;
    ++theirs.begin;
  }
  while (ours.size() > 0 && theirs.size() > 0 &&
         tokens.ours[ours.end - 1] == tokens.theirs[theirs.end - 1]) {
    --ours.end;
    --theirs.end;
  }
}

std::vector<Stretch> resolve(const Snapshot& ours, const MergeTokens& tokens, GitDiff& differ,
                             std::vector<Stretch> stretches, ConflictStyle style) {
  if (style == ConflictStyle::diff3) return stretches;
  if (style == ConflictStyle::zdiff3) {
    for (Stretch& stretch : stretches) {
      if (stretch.side == Side::conflict) trim_shared(tokens, stretch);
    }
    return stretches;
  }
  std::vector<Stretch> parts;
  for (const Stretch& stretch : stretches) {
    const auto refined_parts = refined(tokens, differ, stretch);
    parts.insert(parts.end(), refined_parts.begin(), refined_parts.end());
  }
  return joined(ours, parts);
}

Error invalid(std::string message) {
  return {.code = ErrorCode::invalid_argument, .message = std::move(message)};
}

Result<void> check(const MergeOptions& options) {
  if (options.marker_size < 1 || options.marker_size > kMaxMarkerSize) {
    Error error = invalid(
        concat("a marker of ", options.marker_size, " characters; it has 1 to ", kMaxMarkerSize));
    error.limit = kMaxMarkerSize;
    return std::unexpected(std::move(error));
  }
  for (const std::string_view label :
       {options.ours_label, options.base_label, options.theirs_label}) {
    if (label.find('\n') == std::string_view::npos) continue;
    return std::unexpected(invalid("a label with a line break; a marker is one line"));
  }
  return {};
}

}  // namespace

Result<Merged> merge(const Snapshot& base, const Snapshot& ours, const Snapshot& theirs,
                     const MergeOptions& options) {
  if (auto checked = check(options); !checked) return std::unexpected(std::move(checked.error()));
  const std::uint64_t line_count = base.line_count() + ours.line_count() + theirs.line_count();
  if (line_count > kMaxLines) {
    return std::unexpected(Error{.code = ErrorCode::limit_exceeded,
                                 .message = concat("texts of ", line_count,
                                                   " lines together are too long to merge; the "
                                                   "limit is ",
                                                   kMaxLines),
                                 .limit = kMaxLines});
  }
  const MergeTokens tokens = tokenize_merge(base, ours, theirs);
  GitDiff differ(tokens.base, tokens.token_count);
  const auto our_hunks = differ.hunks_from_base(tokens.ours);
  const auto their_hunks = differ.hunks_from_base(tokens.theirs);
  const auto stretches = resolve(
      ours, tokens, differ, Pairing(ours, theirs, our_hunks, their_hunks).pair(), options.style);
  MergeWriter writer(base, ours, theirs, options);
  writer.gather(stretches);
  return writer.write();
}

}  // namespace firn
