#include "line_walk.h"

#include <algorithm>

namespace firn {

namespace {

using LineParts = Patched::LineParts;

LineParts split_terminator(std::string_view whole) {
  if (!whole.ends_with('\n')) return {.content = whole, .terminator = ""};
  const std::size_t size = whole.ends_with("\r\n") ? 2 : 1;
  return {.content = whole.substr(0, whole.size() - size),
          .terminator = whole.substr(whole.size() - size)};
}

/// A line of the base as the result ends it: at the end of a file without final newline that may
/// differ from how the base does.
LineParts base_line_parts(const Plan& plan, std::uint64_t base_line) {
  const LineParts own = split_terminator(plan.snapshot().lines(base_line, base_line));
  if (!own.terminator.empty()) {
    return base_line == plan.unterminated_line() ? LineParts{own.content, ""} : own;
  }
  const std::string_view terminator = plan.last_line_terminator();
  // A lone CR that ended the file is followed by LF now: together they are one terminator.
  if (terminator == "\n" && own.content.ends_with('\r')) {
    return {.content = own.content.substr(0, own.content.size() - 1), .terminator = "\r\n"};
  }
  return {.content = own.content, .terminator = terminator};
}

}  // namespace

LineWalk::LineWalk(const Plan& plan, std::uint64_t line) noexcept
    : plan_(plan), edits_(plan.edits()), line_(line) {
  const auto at_or_above = std::ranges::partition_point(
      edits_, [&](const Edit& edit) { return edit.patched_line > line; });
  later_ = static_cast<std::size_t>(at_or_above - edits_.begin());
}

const Edit* LineWalk::writer() const noexcept {
  if (later_ == edits_.size()) return nullptr;
  const Edit& edit = edits_[later_];
  return line_ - edit.patched_line < edit.text_line_count ? &edit : nullptr;
}

std::uint64_t LineWalk::base_line() const noexcept {
  if (later_ == edits_.size()) return line_;
  const Edit& edit = edits_[later_];
  return edit.base_line + edit.base_line_count + (line_ - edit.patched_line - edit.text_line_count);
}

LineParts LineWalk::parts() const noexcept {
  if (const Edit* edit = writer()) {
    return split_terminator(plan_.text_line(*edit, line_ - edit->patched_line));
  }
  return base_line_parts(plan_, base_line());
}

void LineWalk::advance() noexcept {
  ++line_;
  // Deletions next to each other all begin at one line of the result.
  while (later_ > 0 && edits_[later_ - 1].patched_line <= line_) --later_;
}

}  // namespace firn
