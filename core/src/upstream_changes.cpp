#include "upstream_changes.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace firn {

namespace {

/// Lines that any one comparison may go over, however many were gone over before it.
constexpr std::uint64_t kAlwaysCompared = 256;

std::uint64_t end_of(const LineRange& range) { return range.to + 1; }

/// How far lines behind the hunk are moved. May wrap, and wraps back.
std::uint64_t shift_behind(const DiffHunk& hunk) { return hunk.after.to - hunk.before.to; }

class UpstreamSearch {
 public:
  UpstreamSearch(const Patched& patched, const Snapshot& new_text, std::span<const DiffHunk> hunks)
      : patched_(patched),
        new_text_(new_text),
        hunks_(hunks.begin(), hunks.end()),
        // Long equal runs are compared again from each change in them.
        effort_left_(8 * (patched.line_count() + new_text.line_count())) {
    for (const Edit& edit : std::views::reverse(patched.plan().edits())) {
      // An empty line that ends a text without final newline has come to nothing.
      if (edit.base_line_count + edit.text_line_count == 0) continue;
      edits_.push_back(
          {.before = {edit.base_line, edit.base_line + edit.base_line_count - 1},
           .after = {edit.patched_line, edit.patched_line + edit.text_line_count - 1}});
      patch_indices_.push_back(edit.patch_index);
    }
    is_edit_upstream_.resize(edits_.size());
  }

  UpstreamChanges run();

 private:
  /// The first edit and the first hunk that are still to be looked at.
  struct Cursor {
    std::size_t edit = 0;
    std::size_t hunk = 0;
  };

  [[nodiscard]] bool at_end(Cursor cursor) const {
    return cursor.edit == edits_.size() && cursor.hunk == hunks_.size();
  }
  [[nodiscard]] std::uint64_t next_line(Cursor cursor) const;
  [[nodiscard]] std::uint64_t edit_shift(Cursor cursor) const {
    return cursor.edit == 0 ? 0 : shift_behind(edits_[cursor.edit - 1]);
  }
  [[nodiscard]] std::uint64_t hunk_shift(Cursor cursor) const {
    return cursor.hunk == 0 ? 0 : shift_behind(hunks_[cursor.hunk - 1]);
  }
  /// What the edits in front of `cursor` add, less what the hunks do.
  [[nodiscard]] std::int64_t lead(Cursor cursor) const {
    return static_cast<std::int64_t>(edit_shift(cursor) - hunk_shift(cursor));
  }
  std::uint64_t take_next(Cursor& cursor, bool hunk_first) const;
  [[nodiscard]] Cursor behind_overlap(Cursor begin) const;
  [[nodiscard]] bool has_equal_lines(std::uint64_t patched_line, std::uint64_t new_line,
                                     std::uint64_t line_count);
  [[nodiscard]] Cursor find_meeting(Cursor begin);
  [[nodiscard]] bool cut_off_front(Cursor begin);
  void cut_off_backs();
  void accept_edit(std::size_t edit, std::uint64_t new_line);
  void put(const DiffHunk& hunk, bool is_upstream);

  const Patched& patched_;
  const Snapshot& new_text_;
  std::vector<DiffHunk> hunks_;
  std::uint64_t effort_left_;
  std::vector<DiffHunk> edits_;  ///< What the patches do, as hunks; ascending.
  std::vector<std::uint64_t> patch_indices_;
  std::vector<std::uint8_t> is_edit_upstream_;
  UpstreamChanges found_;
};

/// The old line at which the next edit or hunk begins; behind the text if there is none.
std::uint64_t UpstreamSearch::next_line(Cursor cursor) const {
  std::uint64_t line = patched_.snapshot().line_count() + 1;
  if (cursor.edit < edits_.size()) line = std::min(line, edits_[cursor.edit].before.from);
  if (cursor.hunk < hunks_.size()) line = std::min(line, hunks_[cursor.hunk].before.from);
  return line;
}

/// Passes the next edit or hunk; returns the old line behind it.
std::uint64_t UpstreamSearch::take_next(Cursor& cursor, bool hunk_first) const {
  const std::uint64_t line = next_line(cursor);
  const bool is_edit = cursor.edit < edits_.size() && edits_[cursor.edit].before.from == line;
  const bool is_hunk = cursor.hunk < hunks_.size() && hunks_[cursor.hunk].before.from == line;
  if (is_hunk && (hunk_first || !is_edit)) return end_of(hunks_[cursor.hunk++].before);
  return end_of(edits_[cursor.edit++].before);
}

/// Behind the first edit or hunk and all that overlap it.
UpstreamSearch::Cursor UpstreamSearch::behind_overlap(Cursor begin) const {
  std::uint64_t end = take_next(begin, false);
  while (!at_end(begin) && next_line(begin) < end) end = std::max(end, take_next(begin, false));
  return begin;
}

bool UpstreamSearch::has_equal_lines(std::uint64_t patched_line, std::uint64_t new_line,
                                     std::uint64_t line_count) {
  if (patched_line + line_count > patched_.line_count() + 1) return false;
  if (new_line + line_count > new_text_.line_count() + 1) return false;
  std::uint64_t allowed = std::max(effort_left_, kAlwaysCompared);
  for (std::uint64_t i = 0; i < line_count; ++i) {
    if (allowed-- == 0) return false;
    effort_left_ -= std::min<std::uint64_t>(effort_left_, 1);
    const auto [content, terminator] = patched_.line_parts(patched_line + i);
    const std::string_view theirs = new_text_.lines(new_line + i, new_line + i);
    if (theirs.size() != content.size() + terminator.size() || !theirs.starts_with(content) ||
        !theirs.ends_with(terminator)) {
      return false;
    }
  }
  return true;
}

/// The next place at which edits and hunks have made the same lines of what lies between `begin`
/// and it; `begin` if there is none.
UpstreamSearch::Cursor UpstreamSearch::find_meeting(Cursor begin) {
  const std::uint64_t first_line = next_line(begin);
  const std::uint64_t patched_line = first_line + edit_shift(begin);
  const std::uint64_t new_line = first_line + hunk_shift(begin);
  std::uint64_t equal_count = 0;
  std::uint64_t line = first_line;
  for (Cursor cursor = begin; !at_end(cursor);) {
    line = std::max(line, take_next(cursor, lead(cursor) > lead(begin)));
    if (!at_end(cursor) && next_line(cursor) < line) continue;
    const bool in_step = lead(cursor) == lead(begin);
    const std::uint64_t until = in_step ? line : next_line(cursor);
    const std::uint64_t wanted =
        std::min(until + edit_shift(cursor) - patched_line, until + hunk_shift(cursor) - new_line);
    if (wanted > equal_count) {
      if (!has_equal_lines(patched_line + equal_count, new_line + equal_count,
                           wanted - equal_count)) {
        return begin;
      }
      equal_count = wanted;
    }
    if (in_step) return cursor;
  }
  return begin;
}

void UpstreamSearch::accept_edit(std::size_t edit, std::uint64_t new_line) {
  is_edit_upstream_[edit] = 1;
  found_.patches.push_back(
      {.patch_index = patch_indices_[edit],
       .new_lines = {new_line, new_line + edits_[edit].after.line_count() - 1}});
}

void UpstreamSearch::put(const DiffHunk& hunk, bool is_upstream) {
  found_.hunks.push_back(hunk);
  found_.is_upstream.push_back(is_upstream ? 1 : 0);
}

/// The next hunk may begin with what the next edit does, and go on. A deletion says too little:
/// every hunk begins with one.
bool UpstreamSearch::cut_off_front(Cursor begin) {
  if (begin.edit == edits_.size() || begin.hunk == hunks_.size()) return false;
  const DiffHunk& edit = edits_[begin.edit];
  DiffHunk& hunk = hunks_[begin.hunk];
  const std::uint64_t written = edit.after.line_count();
  if (edit.before.from != hunk.before.from || edit.before.to >= hunk.before.to || written == 0 ||
      written > hunk.after.line_count() ||
      !has_equal_lines(edit.after.from, hunk.after.from, written)) {
    return false;
  }
  accept_edit(begin.edit, hunk.after.from);
  put({.before = edit.before, .after = {hunk.after.from, hunk.after.from + written - 1}}, true);
  hunk.before.from = end_of(edit.before);
  hunk.after.from += written;
  return true;
}

/// The same at the ends of hunks, from the last to the first.
void UpstreamSearch::cut_off_backs() {
  const std::vector<DiffHunk> hunks = std::exchange(found_.hunks, {});
  const std::vector<std::uint8_t> is_upstream = std::exchange(found_.is_upstream, {});
  std::size_t edit = edits_.size();
  for (std::size_t i = hunks.size(); i-- > 0;) {
    DiffHunk hunk = hunks[i];
    while (edit > 0 && edits_[edit - 1].before.to > hunk.before.to) --edit;
    for (; is_upstream[i] == 0 && edit > 0; --edit) {
      const DiffHunk& last = edits_[edit - 1];
      const std::uint64_t written = last.after.line_count();
      if (is_edit_upstream_[edit - 1] != 0 || last.before.to != hunk.before.to ||
          last.before.from <= hunk.before.from || written == 0 ||
          written > hunk.after.line_count()) {
        break;
      }
      const std::uint64_t new_line = end_of(hunk.after) - written;
      if (!has_equal_lines(last.after.from, new_line, written)) break;
      accept_edit(edit - 1, new_line);
      put({.before = last.before, .after = {new_line, hunk.after.to}}, true);
      hunk.before.to = last.before.from - 1;
      hunk.after.to = new_line - 1;
    }
    put(hunk, is_upstream[i] != 0);
  }
  std::ranges::reverse(found_.hunks);
  std::ranges::reverse(found_.is_upstream);
}

UpstreamChanges UpstreamSearch::run() {
  for (Cursor begin; !at_end(begin);) {
    Cursor end = find_meeting(begin);
    // Edits that undo each other are in step with no hunk at all. A hunk without edits may only end
    // a last line, or not, as edits further down have done.
    const bool is_upstream = end.hunk > begin.hunk;
    if (end.edit == begin.edit && end.hunk == begin.hunk) {
      if (cut_off_front(begin)) {
        ++begin.edit;
        continue;
      }
      end = behind_overlap(begin);
    }
    if (is_upstream) {
      const std::uint64_t patched_to_new = hunk_shift(begin) - edit_shift(begin);
      for (std::size_t i = begin.edit; i < end.edit; ++i) {
        accept_edit(i, edits_[i].after.from + patched_to_new);
      }
    }
    for (std::size_t i = begin.edit; i < end.edit && end.hunk == begin.hunk; ++i) {
      const bool is_in_front =
          begin.hunk < hunks_.size() && hunks_[begin.hunk].before.from == edits_[i].before.from;
      if (is_in_front) found_.patches_in_front.push_back(patch_indices_[i]);
    }
    for (std::size_t i = begin.hunk; i < end.hunk; ++i) put(hunks_[i], is_upstream);
    begin = end;
  }
  cut_off_backs();
  return std::move(found_);
}

}  // namespace

UpstreamChanges find_upstream_changes(const Patched& patched, const Snapshot& new_text,
                                      std::span<const DiffHunk> hunks) {
  return UpstreamSearch(patched, new_text, hunks).run();
}

}  // namespace firn
