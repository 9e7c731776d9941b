#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "concat.h"
#include "diff_reader.h"
#include "firn/batch.h"

namespace firn {

namespace {

bool take_count(std::string_view& text, std::uint64_t& count) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (code != std::errc() || count > kMaxCount) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// "12,3" or "12".
bool take_range(std::string_view& text, std::uint64_t& line, std::uint64_t& count) {
  count = 1;
  if (!take_count(text, line)) return false;
  return !take(text, ",") || take_count(text, count);
}

/// True for a line that a hunk may hold.
bool is_marked(std::string_view line) {
  return line.starts_with(' ') || line.starts_with('+') || line.starts_with('-') ||
         line.starts_with("\\ ");
}

bool is_blank(std::string_view line) { return line == "\n" || line == "\r\n"; }

/// The first line of `text`, its LF included.
std::string_view first_line_of(std::string_view text) {
  const std::size_t line_break = text.find('\n');
  return text.substr(0, line_break == std::string_view::npos ? line_break : line_break + 1);
}

/// What stands behind the first line of `text`.
std::string_view behind_line(std::string_view text) {
  return text.substr(first_line_of(text).size());
}

bool takes_old_line(std::string_view line) {
  return line.front() == ' ' || line.front() == '-' || is_blank(line);
}

bool takes_new_line(std::string_view line) {
  return line.front() == ' ' || line.front() == '+' || is_blank(line);
}

/// True when a hunk whose count is not known goes on with the first line of `rest`. A line that
/// begins like its own may also be the head of the next file, or the signature of a mail.
bool goes_on_in(std::string_view rest) {
  if (!is_marked(rest)) return false;
  if (rest.starts_with("--- ")) {
    const std::string_view next = behind_line(rest);
    return !next.starts_with("+++ ") || !behind_line(next).starts_with("@@ -");
  }
  if (!rest.starts_with("-- \n") && !rest.starts_with("-- \r\n")) return true;
  // What follows a signature is its text; what follows a removed "- " is more of the diff.
  const std::string_view next = behind_line(rest);
  return next.empty() || is_marked(next) || is_blank(first_line_of(next)) ||
         next.starts_with("@@") || next.starts_with("diff ");
}

/// True for what may stand behind a hunk whose count is not known: anything else is a line of it
/// that was damaged, and to end the hunk there would lose the rest in silence.
bool may_follow_hunk(std::string_view rest) {
  constexpr std::string_view heads[] = {"@@",      "diff ",    "--- ",         "-- ",
                                        "Index: ", "Only in ", "Binary files "};
  return is_blank(first_line_of(rest)) ||
         std::ranges::any_of(heads, [&](std::string_view head) { return rest.starts_with(head); });
}

/// How many blank lines at the front of `rest` are the hunk's, having lost their blank to a mailer:
/// all, when it goes on behind them, else none.
std::size_t blank_lines_of_hunk(std::string_view rest) {
  std::size_t count = 0;
  for (; rest.starts_with('\n') || rest.starts_with("\r\n"); rest = behind_line(rest)) ++count;
  return count > 0 && goes_on_in(rest) ? count : 0;
}

}  // namespace

bool DiffReader::read_hunks() {
  while (!at_end() && content().starts_with("@@")) {
    if (is_combined()) return malformed(kCombined);
    if (!read_hunk()) return false;
  }
  return true;
}

bool DiffReader::read_hunk() {
  Hunk hunk{.diff_line = line_number_};
  const std::size_t byte_offset = at_;
  const bool strip_cr = whole_line().ends_with("\r\n");
  if (!read_hunk_header(hunk)) return false;
  next_line();
  const std::size_t first_line = storage_.lines.size();
  Counted counted;
  const bool is_read = options_.recount ? read_recounted_lines(hunk, counted, strip_cr)
                                        : read_counted_lines(hunk, counted, strip_cr);
  if (!is_read) return false;
  if (options_.recount && !check_recounted(hunk, byte_offset)) return false;
  storage_.hunks.push_back(hunk);
  if (!check_after_hunk(counted)) return false;
  hunk_spans_.push_back({first_line, storage_.lines.size() - first_line, byte_offset,
                         counted.old_ended || counted.new_ended});
  return check_change(hunk_spans_.size() - 1);
}

/// A hunk that only has context is what is left of another one, unless somebody has edited it.
bool DiffReader::check_change(std::size_t hunk_index) {
  const auto lines = std::span(storage_.lines).subspan(hunk_spans_[hunk_index].first_line);
  const auto is_context = [](const HunkLine& line) { return line.kind == HunkLine::Kind::context; };
  if (options_.recount || !std::ranges::all_of(lines, is_context)) return true;
  go_back_to(hunk_index);
  return malformed("a hunk that changes nothing");
}

bool DiffReader::read_hunk_header(Hunk& hunk) {
  std::string_view line = content();
  const bool good = take(line, "@@ -") && take_range(line, hunk.old_line, hunk.old_count) &&
                    take(line, " +") && take_range(line, hunk.new_line, hunk.new_count) &&
                    take(line, " @@");
  if (!good) {
    return malformed("a hunk header that is not \"@@ -line,count +line,count @@\"",
                     column_of(line));
  }
  if (!check_whole()) return false;
  take(line, " ");
  hunk.section = line;
  const bool misplaced =
      (hunk.old_line == 0 && hunk.old_count > 0) || (hunk.new_line == 0 && hunk.new_count > 0);
  if (misplaced) return malformed("a hunk header with line 0; lines count from 1");
  if (hunk.old_count + hunk.new_count == 0 && !options_.recount) return malformed("an empty hunk");
  return true;
}

bool DiffReader::read_counted_lines(Hunk& hunk, Counted& counted, bool strip_cr) {
  while (counted.old_count != hunk.old_count || counted.new_count != hunk.new_count) {
    const std::string_view line = at_end() ? std::string_view() : whole_line();
    // Mailers strip the blank off an empty line of context.
    if (!is_marked(line) && !is_blank(line)) {
      return malformed(concat("the hunk ends after ", counted.old_count, " old and ",
                              counted.new_count, " new lines, but its header says ", hunk.old_count,
                              " and ", hunk.new_count));
    }
    const bool is_one_more = (takes_old_line(line) && counted.old_count == hunk.old_count) ||
                             (takes_new_line(line) && counted.new_count == hunk.new_count);
    if (is_one_more) {
      return malformed(concat("the hunk has more lines than its header says: ", hunk.old_count,
                              " old and ", hunk.new_count, " new"));
    }
    if (!read_hunk_line(line, counted, strip_cr)) return false;
  }
  return true;
}

bool DiffReader::read_recounted_lines(Hunk& hunk, Counted& counted, bool strip_cr) {
  while (!at_end()) {
    const std::string_view rest = text_.substr(at_);
    const std::size_t blank_lines = blank_lines_of_hunk(rest);
    for (std::size_t i = 0; i < blank_lines; ++i) {
      if (!read_hunk_line(whole_line(), counted, strip_cr)) return false;
    }
    if (blank_lines > 0) continue;
    if (!goes_on_in(rest)) {
      // A hunk without lines is refused where it begins.
      if (may_follow_hunk(rest) || counted.old_count + counted.new_count == 0) break;
      return malformed("a line that belongs to no hunk, header or file");
    }
    if (!read_hunk_line(whole_line(), counted, strip_cr)) return false;
  }
  hunk.old_count = counted.old_count;
  hunk.new_count = counted.new_count;
  return true;
}

/// What the header of a hunk could not be asked before its lines were counted.
bool DiffReader::check_recounted(const Hunk& hunk, std::size_t byte_offset) {
  const bool is_empty = hunk.old_count + hunk.new_count == 0;
  const bool is_misplaced =
      (hunk.old_line == 0 && hunk.old_count > 0) || (hunk.new_line == 0 && hunk.new_count > 0);
  if (!is_empty && !is_misplaced) return true;
  line_number_ = hunk.diff_line;
  at_ = byte_offset;
  return malformed(is_empty ? "an empty hunk" : "a hunk header with line 0; lines count from 1");
}

/// `line`, which is this one, counted in `counted`.
bool DiffReader::read_hunk_line(std::string_view line, Counted& counted, bool strip_cr) {
  if (!line.ends_with('\n') && !check_whole()) return false;
  const char mark = is_blank(line) ? ' ' : line.front();
  if (mark != '\\') {
    const bool is_old = takes_old_line(line);
    const bool is_new = takes_new_line(line);
    if ((is_old && counted.old_ended) || (is_new && counted.new_ended)) {
      return malformed(R"(a line behind the one that "\ No newline" says is the last)");
    }
    counted.old_count += is_old ? 1 : 0;
    counted.new_count += is_new ? 1 : 0;
    const auto kind = mark == ' '   ? HunkLine::Kind::context
                      : mark == '-' ? HunkLine::Kind::removed
                                    : HunkLine::Kind::added;
    add_line(kind, is_blank(line) ? line : line.substr(1), strip_cr);
  } else if (counted.old_count + counted.new_count == 0) {
    return malformed(R"("\ No newline" before any line)");
  } else if (!take_line_end(counted)) {
    return false;
  }
  skip_line(line.size());  // Not measured again: its LF may have moved.
  return true;
}

/// "\ No newline": the line above it is the last of its side and has no LF. For a line of context
/// that is the old side: where white space was ignored (`diff -w`), the new one may go on.
bool DiffReader::take_line_end(Counted& counted) {
  HunkLine& last = storage_.lines.back();
  if (!last.text.ends_with('\n')) return malformed(R"("\ No newline" twice)");
  last.text.remove_suffix(1);
  counted.old_ended |= last.kind != HunkLine::Kind::added;
  counted.new_ended |= last.kind == HunkLine::Kind::added;
  return true;
}

void DiffReader::add_line(HunkLine::Kind kind, std::string_view text, bool strip_cr) {
  if (!strip_cr || !text.ends_with("\r\n")) {
    storage_.lines.push_back({.kind = kind, .text = text});
    return;
  }
  // The LF stands behind the CR: it is moved over it, in our own copy of the text.
  char* const cr = storage_.text.data() + (text.data() - text_.data()) + text.size() - 2;
  *cr = '\n';
  storage_.lines.push_back({.kind = kind, .text = text.substr(0, text.size() - 1)});
}

/// A last "\ No newline", and the check that nothing that looks like the hunk follows it.
bool DiffReader::check_after_hunk(Counted& counted) {
  if (at_end()) return true;
  if (whole_line().starts_with("\\ ")) {
    if (!take_line_end(counted)) return false;
    next_line();
    if (at_end()) return true;
    if (whole_line().starts_with("\\ ")) return take_line_end(counted);
  }
  const std::string_view line = content();
  const bool looks_like_more = (line.starts_with('+') || line.starts_with('-')) &&
                               !line.starts_with("--- ") && line != "-- " && line != "--";
  if (!looks_like_more) return true;
  const Hunk& hunk = storage_.hunks.back();
  return malformed(concat("the hunk has more lines than its header says: ", hunk.old_count,
                          " old and ", hunk.new_count, " new"));
}

}  // namespace firn
