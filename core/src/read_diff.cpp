#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "concat.h"
#include "diff_names.h"
#include "diff_storage.h"
#include "firn/batch.h"
#include "firn/file_diff.h"
#include "firn/out_of_memory.h"
#include "quote.h"

namespace firn {

namespace {

constexpr std::string_view kNull = "/dev/null";

/// Takes `prefix` off the front of `text` if it is there.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

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

std::optional<std::uint32_t> read_number(std::string_view text, int base) {
  std::uint32_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// True for an abbreviated id of the empty blob, by SHA-1 or SHA-256.
bool is_empty_blob(std::string_view id) {
  constexpr std::string_view sha1 = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
  constexpr std::string_view sha256 =
      "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813";
  return !id.empty() && (sha1.starts_with(id) || sha256.starts_with(id));
}

bool is_no_blob(std::string_view id) { return id.find_first_not_of('0') == std::string_view::npos; }

/// True when a file without hunks cannot be all that there was of it: the headers change nothing,
/// or half of something, or say that the content changed.
bool lacks_hunks(const FileDiff& file) {
  const auto has_no_text = [](std::string_view blob) {
    return is_no_blob(blob) || is_empty_blob(blob);
  };
  if (file.old_blob != file.new_blob) {
    return !has_no_text(file.old_blob) || !has_no_text(file.new_blob);
  }
  switch (file.kind) {
    case FileDiff::Kind::modify:
      return !file.old_mode || !file.new_mode || file.old_mode == file.new_mode;
    case FileDiff::Kind::rename:
    case FileDiff::Kind::copy:
      return !file.old_name || !file.new_name || file.similarity_percent.value_or(100) < 100;
    case FileDiff::Kind::create:
    case FileDiff::Kind::remove:
      return false;
  }
  return true;
}

/// Where an empty side stands: a hunk without old lines goes behind the line it names.
std::uint64_t first_old_line(const Hunk& hunk) {
  return hunk.old_count == 0 ? hunk.old_line + 1 : hunk.old_line;
}

}  // namespace

/// One pass, line by line. A method that returns bool returns false once error_ is set.
class DiffReader {
 public:
  DiffReader(Diff::Storage& storage, const ReadDiffOptions& options)
      : storage_(storage), text_(storage.text.view()), options_(options) {}

  bool read();
  [[nodiscard]] Error take_error() { return *std::move(error_); }

  static Result<Diff> make(std::string_view text, const ReadDiffOptions& options);

 private:
  /// How many hunks a file has and lines a hunk has; linked when nothing moves any more.
  struct FileSpan {
    std::size_t first_hunk = 0;
    std::size_t hunk_count = 0;
  };
  struct HunkSpan {
    std::size_t first_line = 0;
    std::size_t line_count = 0;
    std::size_t byte_offset = 0;  ///< Of its header.
  };

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  /// The line at `at_`, with its LF; `content` is it without line end.
  [[nodiscard]] std::string_view whole_line() const {
    const std::size_t line_break = text_.find('\n', at_);
    return text_.substr(at_,
                        line_break == std::string_view::npos ? line_break : line_break + 1 - at_);
  }
  [[nodiscard]] std::string_view content() const {
    std::string_view line = whole_line();
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }
  void next_line() { skip_line(whole_line().size()); }
  void skip_line(std::size_t size) {
    at_ += size;
    ++line_number_;
  }

  bool read_git_file();
  bool read_git_header(FileDiff& file, bool& named);
  bool read_plain_file();
  bool read_names(FileDiff& file);
  bool read_hunks();
  bool read_hunk();
  bool read_hunk_header(Hunk& hunk);
  bool read_hunk_lines(Hunk& hunk, bool strip_cr);
  void add_line(HunkLine::Kind kind, std::string_view text, bool strip_cr);
  bool check_after_hunk();
  bool finish_file(FileDiff file, std::size_t first_hunk);
  bool check_order(const FileDiff& file, std::size_t first_hunk);
  bool check_name(std::string_view name, std::size_t column);
  void link();

  bool malformed(std::string_view message, std::size_t column = 0);
  bool fail(ErrorCode code, std::string message, std::size_t column = 0);
  /// Refuses a header line that the end of the text has cut off.
  bool check_whole() {
    return whole_line().ends_with('\n') ||
           malformed("the diff ends in the middle of a line", whole_line().size());
  }
  /// How far `rest`, the end of this line's content, is from its beginning.
  [[nodiscard]] std::size_t column_of(std::string_view rest) const {
    return content().size() - rest.size();
  }

  Diff::Storage& storage_;
  std::string_view text_;
  ReadDiffOptions options_;
  std::size_t at_ = 0;
  std::uint64_t line_number_ = 1;
  std::vector<FileSpan> file_spans_;
  std::vector<HunkSpan> hunk_spans_;
  std::optional<Error> error_;
};

bool DiffReader::read() {
  bool any_text = false;
  while (!at_end()) {
    const std::string_view line = content();
    any_text |= !line.empty();
    if (line.starts_with("diff --git ")) {
      if (!read_git_file()) return false;
    } else if (line.starts_with("--- ")) {
      if (!read_plain_file()) return false;
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

bool DiffReader::read_git_file() {
  FileDiff file;
  bool named = false;
  if (const auto names = read_git_names(content().substr(11))) {
    file.old_name = names->old_name;
    file.new_name = names->new_name;
    named = true;
    if (!check_name(names->old_name, 11) || !check_name(names->new_name, 11)) return false;
  }
  if (!check_whole()) return false;
  next_line();
  while (!at_end()) {
    const std::size_t before = at_;
    if (!read_git_header(file, named)) return false;
    if (at_ == before) break;
  }
  const std::size_t first_hunk = storage_.hunks.size();
  if (!at_end() && content().starts_with("--- ")) {
    if (!read_names(file) || !read_hunks()) return false;
    if (storage_.hunks.size() == first_hunk) return malformed("a file without hunks");
  } else if (!named) {
    return malformed("a file whose name cannot be told from its headers");
  } else if (lacks_hunks(file)) {
    return malformed("the hunks that the headers announce are missing");
  }
  return finish_file(std::move(file), first_hunk);
}

/// One of git's extended headers; leaves any other line where it is.
bool DiffReader::read_git_header(FileDiff& file, bool& named) {
  std::string_view line = content();
  const auto take_number = [&](std::optional<std::uint32_t>& number, int base) {
    number = read_number(line, base);
    return number.has_value() || malformed("a header without its number", column_of(line));
  };
  const auto take_name = [&](std::optional<std::string>& name) {
    name = read_name(line);
    named = true;
    if (!name) return malformed("a name with broken quotes", column_of(line));
    return check_name(*name, column_of(line));
  };
  if (take(line, "old mode ")) {
    if (!take_number(file.old_mode, 8)) return false;
  } else if (take(line, "new mode ")) {
    if (!take_number(file.new_mode, 8)) return false;
  } else if (take(line, "deleted file mode ")) {
    file.kind = FileDiff::Kind::remove;
    if (!take_number(file.old_mode, 8)) return false;
  } else if (take(line, "new file mode ")) {
    file.kind = FileDiff::Kind::create;
    if (!take_number(file.new_mode, 8)) return false;
  } else if (take(line, "rename from ") || take(line, "rename old ")) {
    file.kind = FileDiff::Kind::rename;
    if (!take_name(file.old_name)) return false;
    file.old_name->insert(0, "a/");
  } else if (take(line, "copy from ")) {
    file.kind = FileDiff::Kind::copy;
    if (!take_name(file.old_name)) return false;
    file.old_name->insert(0, "a/");
  } else if (take(line, "rename to ") || take(line, "rename new ") || take(line, "copy to ")) {
    if (!take_name(file.new_name)) return false;
    file.new_name->insert(0, "b/");
  } else if (take(line, "similarity index ") || take(line, "dissimilarity index ")) {
    if (line.ends_with('%')) line.remove_suffix(1);
    if (!take_number(file.similarity_percent, 10)) return false;
  } else if (take(line, "index ")) {
    const std::size_t dots = line.find("..");
    if (dots == std::string_view::npos) {
      return malformed("an index line without \"..\"", column_of(line));
    }
    file.old_blob = line.substr(0, dots);
    const std::string_view rest = line.substr(dots + 2);
    const std::size_t space = rest.find(' ');
    file.new_blob = rest.substr(0, space);
    if (space != std::string_view::npos) {
      const auto mode = read_number(rest.substr(space + 1), 8);
      file.old_mode = file.new_mode = mode;
    }
  } else if (line == "GIT binary patch" ||
             (line.starts_with("Binary files ") && line.ends_with(" differ"))) {
    return fail(ErrorCode::binary_patch,
                concat("the patch of ", quoted(file.new_name.value_or("?")), " is binary"));
  } else {
    return true;
  }
  if (!check_whole()) return false;
  next_line();
  return true;
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
  next_line();
  file.old_name = std::move(old_name);
  file.new_name = std::move(new_name);
  if (!file.old_name && !file.new_name) return malformed("a file that is /dev/null on both sides");
  if (file.kind == FileDiff::Kind::modify) {
    if (!file.old_name) file.kind = FileDiff::Kind::create;
    if (!file.new_name) file.kind = FileDiff::Kind::remove;
  }
  return true;
}

bool DiffReader::read_hunks() {
  while (!at_end() && content().starts_with("@@")) {
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
  if (!read_hunk_lines(hunk, strip_cr)) return false;
  hunk_spans_.push_back({first_line, storage_.lines.size() - first_line, byte_offset});
  storage_.hunks.push_back(hunk);
  return check_after_hunk();
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

bool DiffReader::read_hunk_lines(Hunk& hunk, bool strip_cr) {
  std::uint64_t old_count = 0;
  std::uint64_t new_count = 0;
  const auto is_complete = [&] {
    return !options_.recount && old_count == hunk.old_count && new_count == hunk.new_count;
  };
  while (!is_complete()) {
    const std::string_view line = at_end() ? std::string_view() : whole_line();
    const char mark = line.empty() ? '\0' : line.front();
    const bool is_blank = content().empty();
    const bool ends_recounted = options_.recount && line.starts_with("--- ");
    const bool is_marked = mark == '+' || mark == '-' || mark == ' ' || mark == '\\';
    // Mailers strip the blank off an empty line of context.
    const bool is_stripped = is_blank && !line.empty() && !options_.recount;
    if (ends_recounted || (!is_marked && !is_stripped)) {
      if (options_.recount) break;
      return malformed(concat("the hunk ends after ", old_count, " old and ", new_count,
                              " new lines, but its header says ", hunk.old_count, " and ",
                              hunk.new_count));
    }
    if (!check_whole()) return false;
    const bool is_context = mark == ' ' || is_blank;
    if (mark != '\\') {
      old_count += is_context || mark == '-' ? 1 : 0;
      new_count += is_context || mark == '+' ? 1 : 0;
      if (!options_.recount && (old_count > hunk.old_count || new_count > hunk.new_count)) {
        return malformed(concat("the hunk has more lines than its header says: ", hunk.old_count,
                                " old and ", hunk.new_count, " new"));
      }
      const auto kind = is_context    ? HunkLine::Kind::context
                        : mark == '-' ? HunkLine::Kind::removed
                                      : HunkLine::Kind::added;
      add_line(kind, is_blank ? line : line.substr(1), strip_cr);
    } else if (storage_.lines.empty() || old_count + new_count == 0) {
      return malformed(R"("\ No newline" before any line)");
    } else {
      storage_.lines.back().text.remove_suffix(storage_.lines.back().text.ends_with('\n') ? 1 : 0);
    }
    skip_line(line.size());  // Not measured again: its LF may have moved.
  }
  hunk.old_count = old_count;
  hunk.new_count = new_count;
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
bool DiffReader::check_after_hunk() {
  if (at_end()) return true;
  if (whole_line().starts_with("\\")) {
    HunkLine& last = storage_.lines.back();
    if (last.text.ends_with('\n')) last.text.remove_suffix(1);
    next_line();
    if (at_end()) return true;
  }
  const std::string_view line = content();
  const bool looks_like_more = (line.starts_with('+') || line.starts_with('-')) &&
                               !line.starts_with("--- ") && line != "-- " && line != "--";
  if (!looks_like_more) return true;
  const Hunk& hunk = storage_.hunks.back();
  return malformed(concat("the hunk has more lines than its header says: ", hunk.old_count,
                          " old and ", hunk.new_count, " new"));
}

bool DiffReader::finish_file(FileDiff file, std::size_t first_hunk) {
  if (file.kind == FileDiff::Kind::create) file.old_name.reset();
  if (file.kind == FileDiff::Kind::remove) file.new_name.reset();
  if (!check_order(file, first_hunk)) return false;
  storage_.files.push_back(std::move(file));
  file_spans_.push_back({first_hunk, storage_.hunks.size() - first_hunk});
  return true;
}

/// Hunks may come in any order, but no two may speak of one old line.
bool DiffReader::check_order(const FileDiff& file, std::size_t first_hunk) {
  std::vector<const Hunk*> hunks;
  for (std::size_t i = first_hunk; i < storage_.hunks.size(); ++i) {
    hunks.push_back(&storage_.hunks[i]);
  }
  std::ranges::sort(hunks, {}, [](const Hunk* hunk) {
    return std::pair(first_old_line(*hunk), hunk->diff_line);
  });
  for (std::size_t i = 1; i < hunks.size(); ++i) {
    const Hunk& above = *hunks[i - 1];
    const Hunk& below = *hunks[i];
    if (first_old_line(above) + above.old_count <= first_old_line(below)) continue;
    const Hunk& later = above.diff_line > below.diff_line ? above : below;
    line_number_ = later.diff_line;
    at_ = hunk_spans_[static_cast<std::size_t>(&later - storage_.hunks.data())].byte_offset;
    return malformed(concat("hunks of ", quoted(file.old_name.value_or(file.new_name.value_or(""))),
                            " that overlap at line ", below.old_line));
  }
  return true;
}

bool DiffReader::check_name(std::string_view name, std::size_t column) {
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

/// `column`: 0-based, in bytes.
bool DiffReader::malformed(std::string_view message, std::size_t column) {
  return fail(ErrorCode::malformed_diff,
              concat("the diff is malformed at line ", line_number_, ", column ", column + 1, ": ",
                     message),
              column);
}

bool DiffReader::fail(ErrorCode code, std::string message, std::size_t column) {
  error_ = Error{.code = code,
                 .message = std::move(message),
                 .position = InputPosition{
                     .byte_offset = at_ + column, .line = line_number_, .byte_column = column + 1}};
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
