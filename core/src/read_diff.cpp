#include "firn/file_diff.h"

#include <algorithm>
#include <utility>

#include "concat.h"
#include "diff_names.h"
#include "diff_reader.h"
#include "firn/out_of_memory.h"
#include "heap_sort.h"
#include "hunk_order.h"
#include "quote.h"

namespace firn {

namespace {

constexpr std::string_view kNull = "/dev/null";

}  // namespace

bool DiffReader::read() {
  bool any_text = false;
  while (!at_end()) {
    const std::string_view line = content();
    any_text |= !line.empty();
    if (line.starts_with("diff --git ")) {
      if (!read_git_file()) return false;
    } else if (line.starts_with("--- ")) {
      if (!read_plain_file()) return false;
    } else if (is_combined()) {
      return malformed(kCombined);
    } else if (is_context_hunk()) {
      return malformed("a context diff; write a unified one, by `diff -u`");
    } else if (line.starts_with("@@ -")) {
      return malformed("a hunk without the names of its file");
    } else if (line.starts_with("Binary files ") && line.ends_with(" differ")) {
      return fail(ErrorCode::binary_patch, concat("the diff is binary: ", cut(line, 200)));
    } else {
      next_line();
    }
  }
  if (storage_.files.empty() && any_text) return malformed("no diff in it");
  link();
  return true;
}

bool DiffReader::is_combined() const {
  const std::string_view line = content();
  if (line.starts_with("@@@ -")) return true;
  if (!line.starts_with("diff --cc ") && !line.starts_with("diff --combined ")) return false;
  std::string_view next = text_.substr(at_);
  next.remove_prefix(whole_line().size());
  // Or else it is a line of text.
  return next.starts_with("index ") || next.starts_with("mode ");
}

bool DiffReader::is_context_hunk() const {
  if (!content().starts_with("***************")) return false;
  std::string_view next = text_.substr(at_ + whole_line().size());
  next = next.substr(0, next.find('\n'));
  return take(next, "*** ") && !next.empty() &&
         next.find_first_not_of("0123456789, *\r") == std::string_view::npos &&
         next.find(" ****") != std::string_view::npos;
}

bool DiffReader::read_plain_file() {
  FileDiff file;
  const std::size_t here = at_;
  const std::uint64_t here_line = line_number_;
  next_line();
  if (at_end() || !whole_line().ends_with('\n')) {
    if (!at_end() && !std::string_view("+++ ").starts_with(content()) &&
        !content().starts_with("+++ "))
      return true;
    return malformed("the diff ends in the middle of a file's headers");
  }
  const bool is_header = content().starts_with("+++ ");
  if (!is_header) return true;  // A line of text that happens to begin with dashes.
  at_ = here;
  line_number_ = here_line;
  const std::size_t first_hunk = storage_.hunks.size();
  if (!read_names(file) || !read_hunks()) return false;
  if (storage_.hunks.size() == first_hunk) return malformed("a file without hunks");
  return finish_file(std::move(file), first_hunk);
}

bool DiffReader::read_names(FileDiff& file) {
  auto old_name = read_name(content().substr(4));
  if (!old_name) return malformed("a name with broken quotes", 4);
  if (*old_name == kNull) {
    old_name.reset();
  } else if (!check_name(*old_name, 4)) {
    return false;
  }
  next_line();
  if (at_end() || !content().starts_with("+++ ")) return malformed(R"("---" without "+++")");
  auto new_name = read_name(content().substr(4));
  if (!new_name) return malformed("a name with broken quotes", 4);
  if (*new_name == kNull) {
    new_name.reset();
  } else if (!check_name(*new_name, 4)) {
    return false;
  }
  if (!check_whole()) return false;
  if (!old_name && !new_name) return malformed("a file that is /dev/null on both sides");
  const auto named_kind = !old_name   ? FileDiff::Kind::create
                          : !new_name ? FileDiff::Kind::remove
                                      : FileDiff::Kind::modify;
  if (!take_kind(file, named_kind)) return false;
  next_line();
  file.old_name = std::move(old_name);
  file.new_name = std::move(new_name);
  return true;
}

/// `kind` is what a header says of the file. Two names are those of a file that is renamed, too.
bool DiffReader::take_kind(FileDiff& file, FileDiff::Kind kind) {
  using Kind = FileDiff::Kind;
  if (file.kind == Kind::modify) file.kind = kind;
  const bool is_moved = file.kind == Kind::rename || file.kind == Kind::copy;
  if (file.kind == kind || (is_moved && kind == Kind::modify)) return true;
  return malformed(
      concat("a header that contradicts those above it, which say \"", name_of(file.kind), "\""));
}

bool DiffReader::finish_file(FileDiff file, std::size_t first_hunk) {
  if (file.kind == FileDiff::Kind::create) file.old_name.reset();
  if (file.kind == FileDiff::Kind::remove) file.new_name.reset();
  if (!check_sides(file, first_hunk) || !check_order(file, first_hunk)) return false;
  storage_.files.push_back(std::move(file));
  file_spans_.push_back({first_hunk, storage_.hunks.size() - first_hunk});
  return true;
}

/// A file that comes has no old lines, one that goes has no new ones.
bool DiffReader::check_sides(const FileDiff& file, std::size_t first_hunk) {
  for (std::size_t i = first_hunk; i < storage_.hunks.size(); ++i) {
    const Hunk& hunk = storage_.hunks[i];
    const bool comes_from_lines = file.kind == FileDiff::Kind::create && hunk.old_count > 0;
    const bool leaves_lines = file.kind == FileDiff::Kind::remove && hunk.new_count > 0;
    if (!comes_from_lines && !leaves_lines) continue;
    go_back_to(i);
    return malformed(comes_from_lines ? "a new file that has old lines"
                                      : "a file that goes, but has new lines");
  }
  return true;
}

/// Hunks may come in any order, but no two may speak of one old line.
bool DiffReader::check_order(const FileDiff& file, std::size_t first_hunk) {
  std::vector<const Hunk*> hunks;
  const auto span_of = [&](const Hunk& hunk) -> const HunkSpan& {
    return hunk_spans_[static_cast<std::size_t>(&hunk - storage_.hunks.data())];
  };
  for (std::size_t i = first_hunk; i < storage_.hunks.size(); ++i) {
    hunks.push_back(&storage_.hunks[i]);
  }
  heap_sort(hunks,
            [](const Hunk* hunk) { return std::pair(old_side_key(*hunk), hunk->diff_line); });
  for (std::size_t i = 1; i < hunks.size(); ++i) {
    const Hunk& above = *hunks[i - 1];
    const Hunk& below = *hunks[i];
    const bool ends_text = span_of(above).ends_text;
    const std::uint64_t above_end = old_side_key(above).first + above.old_count;
    if (!ends_text && above_end <= old_side_key(below).first) continue;
    const Hunk& wrong = ends_text || above.diff_line > below.diff_line ? above : below;
    go_back_to(static_cast<std::size_t>(&wrong - storage_.hunks.data()));
    const std::string name = quoted(file.old_name.value_or(file.new_name.value_or("")));
    return malformed(ends_text
                         ? concat("a hunk of ", name,
                                  R"( that ends the file by "\ No newline" but is not the last)")
                         : concat("hunks of ", name, " that overlap at line ", below.old_line));
  }
  return true;
}

/// To the header of a hunk, to say what is wrong with it.
void DiffReader::go_back_to(std::size_t hunk_index) {
  line_number_ = storage_.hunks[hunk_index].diff_line;
  at_ = hunk_spans_[hunk_index].byte_offset;
}

bool DiffReader::check_name(std::string_view name, std::size_t column) {
  if (options_.any_names) return true;
  const std::string_view reason = why_unsafe(name);
  if (reason.empty()) return true;
  return fail(ErrorCode::unsafe_path, concat("the name ", quoted(name), " ", reason), column);
}

void DiffReader::link() {
  for (std::size_t i = 0; i < storage_.hunks.size(); ++i) {
    storage_.hunks[i].lines =
        std::span(storage_.lines).subspan(hunk_spans_[i].first_line, hunk_spans_[i].line_count);
  }
  for (std::size_t i = 0; i < storage_.files.size(); ++i) {
    storage_.files[i].hunks =
        std::span(storage_.hunks).subspan(file_spans_[i].first_hunk, file_spans_[i].hunk_count);
  }
}

/// `column` bytes behind the beginning of this line. The end of a text without final newline is no
/// line of its own. Line ends are not counted anew: they move (add_line).
InputPosition DiffReader::position_at(std::size_t column) const {
  if (!at_end() || text_.empty() || text_.ends_with('\n')) {
    return {.byte_offset = at_ + column, .line = line_number_, .byte_column = column + 1};
  }
  const std::size_t line_begin = text_.rfind('\n') + 1;  // 0 where there is none.
  return {.byte_offset = at_, .line = line_number_ - 1, .byte_column = at_ - line_begin + 1};
}

bool DiffReader::malformed(std::string_view message, std::size_t column) {
  const InputPosition position = position_at(column);
  return fail(ErrorCode::malformed_diff,
              concat("the diff is malformed at line ", position.line, ", column ",
                     position.byte_column, ": ", message),
              column);
}

bool DiffReader::fail(ErrorCode code, std::string message, std::size_t column) {
  error_ = Error{.code = code, .message = std::move(message), .position = position_at(column)};
  return false;
}

Result<Diff> DiffReader::make(std::string_view text, const ReadDiffOptions& options) {
  auto storage = std::make_shared<Diff::Storage>();
  auto copy = Bytes::copy_of(text);
  if (!copy) return std::unexpected(out_of_memory("the diff", text.size()));
  storage->text = *std::move(copy);
  DiffReader reader(*storage, options);
  if (!reader.read()) return std::unexpected(reader.take_error());
  return Diff(std::move(storage));
}

Diff::Diff(std::shared_ptr<const Storage> storage) noexcept : storage_(std::move(storage)) {}

std::span<const FileDiff> Diff::files() const noexcept { return storage_->files; }

std::string_view name_of(FileDiff::Kind kind) noexcept {
  switch (kind) {
    case FileDiff::Kind::modify:
      return "modify";
    case FileDiff::Kind::create:
      return "create";
    case FileDiff::Kind::remove:
      return "remove";
    case FileDiff::Kind::rename:
      return "rename";
    case FileDiff::Kind::copy:
      return "copy";
  }
  return "";
}

std::uint64_t Diff::memory_bytes() const noexcept {
  return storage_->text.size() + storage_->lines.capacity() * sizeof(HunkLine) +
         storage_->hunks.capacity() * sizeof(Hunk) + storage_->files.capacity() * sizeof(FileDiff);
}

Result<Diff> read_diff(std::string_view text, const ReadDiffOptions& options) {
  return DiffReader::make(text, options);
}

}  // namespace firn
