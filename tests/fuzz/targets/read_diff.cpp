#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "firn/file_diff.h"
#include "firn/place.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::FileDiff;
using firn::Hunk;
using firn::HunkLine;

/// A hunk of this many lines below the last one is put on no text of our own.
constexpr std::uint64_t kMaxGap = 1000;

bool leaves_the_root(std::string_view name) {
  if (name.starts_with('/') || name.contains('\0')) return true;
  while (true) {
    const std::size_t slash = name.find('/');
    if (name.substr(0, slash) == ".." || name.substr(0, slash) == ".git") return true;
    if (slash == std::string_view::npos) return false;
    name.remove_prefix(slash + 1);
  }
}

void must_count_its_lines(const Hunk& hunk) {
  std::uint64_t old_count = 0;
  std::uint64_t new_count = 0;
  for (const HunkLine& line : hunk.lines) {
    old_count += line.kind != HunkLine::Kind::added ? 1 : 0;
    new_count += line.kind != HunkLine::Kind::removed ? 1 : 0;
    must(!line.text.empty() || line.text.data() != nullptr, "a hunk's line is somewhere");
    must(line.text.find('\n') >= line.text.size() - (line.text.empty() ? 0 : 1),
         "a hunk's line has one line end, at its end");
  }
  must(hunk.old_count == old_count && hunk.new_count == new_count,
       "a hunk has as many lines as it says");
}

/// A text on which every hunk of a file lies where it says: its old lines, and some between. None
/// where a hunk lies too far down, or the diff itself says that its text goes on behind its end.
std::optional<std::string> text_under(const FileDiff& file) {
  std::string text;
  std::uint64_t line_count = 0;
  bool is_open = true;
  for (const Hunk& hunk : file.hunks) {
    const std::uint64_t above = hunk.old_count == 0 ? hunk.old_line : hunk.old_line - 1;
    if (above < line_count || above - line_count > kMaxGap || !is_open) return std::nullopt;
    for (; line_count < above; ++line_count) text += "line " + std::to_string(line_count) + "\n";
    for (const HunkLine& line : hunk.lines) {
      if (line.kind == HunkLine::Kind::added) continue;
      if (!is_open || line.text.empty()) return std::nullopt;
      text += line.text;
      is_open = line.text.ends_with('\n');
      ++line_count;
    }
  }
  return text;
}

/// The new lines of each hunk in place of the old ones. A line without end that another follows is
/// given one: of the text's own, where it is the text's.
std::string patched_by_hand(const firn::Snapshot& text, const FileDiff& file) {
  std::string patched;
  std::string_view missing_end;
  const auto append = [&](std::string_view line, std::string_view end_if_missing) {
    if (!patched.empty() && !patched.ends_with('\n')) patched += missing_end;
    patched += line;
    missing_end = end_if_missing;
  };
  std::uint64_t line = 1;
  const auto copy_until = [&](std::uint64_t end) {
    for (; line < end && line <= text.line_count(); ++line) {
      append(text.lines(line, line), text.majority_terminator());
    }
  };
  for (const Hunk& hunk : file.hunks) {
    copy_until(hunk.old_count == 0 ? hunk.old_line + 1 : hunk.old_line);
    for (const HunkLine& hunk_line : hunk.lines) {
      if (hunk_line.kind == HunkLine::Kind::removed) continue;
      const bool is_new = hunk_line.kind == HunkLine::Kind::added;
      append(hunk_line.text, is_new ? "\n" : text.majority_terminator());
    }
    line += hunk.old_count;
  }
  copy_until(text.line_count() + 1);
  return patched;
}

void must_lie_where_it_says(const FileDiff& file) {
  if (file.hunks.empty()) return;
  const auto text = text_under(file);
  if (!text) return;
  const firn::Snapshot snapshot = frozen(*text);
  const auto placed = firn::place(snapshot, file);
  // A file that is made is made where there is none.
  if (!placed && file.kind == FileDiff::Kind::create && !text->empty()) return;
  const firn::Placed lies = made(placed);
  must(lies.hunks.size() == file.hunks.size(), "each hunk is placed on the text it was made for");
  for (const firn::PlacedHunk& hunk : lies.hunks) {
    must(hunk.offset == 0 && hunk.fuzz == 0, "a hunk lies where it says on the text it is of");
  }
  const firn::Snapshot result = result_of(snapshot, lies.batch);
  must(result.bytes() == patched_by_hand(snapshot, file),
       "new lines come to stand for the old ones", result.bytes());
}

void look_at(std::string_view text, const firn::ReadDiffOptions& options) {
  const auto diff = firn::read_diff(text, options);
  if (!diff) {
    must_be_an_error_about(text, diff.error());
    return;
  }
  must(!diff->files().empty() || text.find_first_not_of(" \t\r\n") == std::string_view::npos,
       "text that is no diff is refused");
  must(is_json(firn::to_json(*diff)).value_or(true), "a diff is shown as JSON");
  for (const FileDiff& file : diff->files()) {
    for (const auto& name : {file.old_name, file.new_name}) {
      must(!name || options.any_names || !leaves_the_root(*name), "no name leaves the root",
           name.value_or(""));
    }
    for (const Hunk& hunk : file.hunks) must_count_its_lines(hunk);
    must_lie_where_it_says(file);
  }
}

}  // namespace

/// The input is the diff.
void read_diff(std::string_view bytes) {
  const ExactCopy diff(bytes);
  for (const bool recount : {false, true}) {
    for (const bool any_names : {false, true}) {
      look_at(diff.view(), {.recount = recount, .any_names = any_names});
    }
  }
}

}  // namespace firn_test::fuzz
