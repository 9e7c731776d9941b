#include "hunk_pattern.h"

#include <utility>

#include "hunk_order.h"

namespace firn {

namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view without_terminator(std::string_view line) {
  if (!line.ends_with('\n')) return line;
  line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
  return line;
}

std::string_view without_trailing_blanks(std::string_view text) {
  const std::size_t last = text.find_last_not_of(kBlanks);
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

HunkPattern::HunkPattern(const Hunk& hunk, bool reverse) {
  line_ = first_line_of_side(hunk.old_line, hunk.old_count);
  new_line_ = first_line_of_side(hunk.new_line, hunk.new_count);
  if (reverse) std::swap(line_, new_line_);
  const auto removed = reverse ? HunkLine::Kind::added : HunkLine::Kind::removed;
  bool in_change = false;
  for (const HunkLine& line : hunk.lines) {
    if (line.kind == HunkLine::Kind::context) {
      in_change = false;
      old_lines_.push_back(line.text);
      new_lines_.push_back(line.text);
      (changes_.empty() ? prefix_context_ : suffix_context_) += 1;
      continue;
    }
    if (!in_change) {
      changes_.push_back({.old_begin = old_lines_.size(),
                          .old_end = old_lines_.size(),
                          .new_begin = new_lines_.size(),
                          .new_end = new_lines_.size()});
    }
    in_change = true;
    suffix_context_ = 0;
    if (line.kind == removed) {
      old_lines_.push_back(line.text);
      changes_.back().old_end = old_lines_.size();
    } else {
      new_lines_.push_back(line.text);
      changes_.back().new_end = new_lines_.size();
    }
  }
}

bool LineMatcher::equal(std::string_view pattern, std::string_view line) const {
  if (pattern == line) return true;
  if (white_space_ == WhiteSpace::compare && !ignore_line_ends_) return false;
  std::string pattern_scratch;
  std::string line_scratch;
  return compared(pattern, pattern_scratch) == compared(line, line_scratch);
}

std::string_view LineMatcher::compared(std::string_view line, std::string& scratch) const {
  if (white_space_ == WhiteSpace::compare) {
    return ignore_line_ends_ ? without_terminator(line) : line;
  }
  const std::string_view unterminated = without_terminator(line);
  const std::string_view content = without_trailing_blanks(unterminated);
  scratch.clear();
  bool in_blanks = false;
  for (const char byte : content) {
    const bool is_blank = kBlanks.find(byte) != std::string_view::npos;
    if (white_space_ == WhiteSpace::ignore_trailing || !is_blank) {
      scratch += byte;
    } else if (!in_blanks) {
      scratch += ' ';
    }
    in_blanks = is_blank;
  }
  // A last line without newline counts as one with LF, as blanks at the end do: so does `diff -Z`.
  if (!ignore_line_ends_ && line.ends_with("\r\n")) scratch += '\r';
  return scratch;
}

bool LineMatcher::equal_but_for_line_ends(std::string_view pattern,
                                          std::string_view line) noexcept {
  return without_terminator(pattern) == without_terminator(line);
}

}  // namespace firn
