#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diff_storage.h"
#include "firn/file_diff.h"

namespace firn {

/// Takes `prefix` off the front of `text` if it is there.
inline bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

inline constexpr std::string_view kCombined =
    "a combined diff, of a merge and its parents; write one against a single parent";

/// One pass over a diff, line by line: read_diff.cpp for files, read_diff_headers.cpp for what git
/// says of them, read_diff_hunks.cpp for hunks. A method that returns bool returns false once
/// error_ is set.
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
  /// What the headers say of names, as they say it.
  struct GitNames {
    std::string_view git_line;  ///< Behind "diff --git ".
    bool known = false;
    std::optional<std::string> moved_from{};
    std::optional<std::string> moved_to{};
    bool are_similar = false;  ///< There is a "similarity index", as every rename and copy has one.
  };
  struct HunkSpan {
    std::size_t first_line = 0;
    std::size_t line_count = 0;
    std::size_t byte_offset = 0;  ///< Of its header.
    bool ends_text = false;       ///< A side of it ends with "\ No newline".
  };
  /// What of a hunk has been read.
  struct Counted {
    std::uint64_t old_count = 0;
    std::uint64_t new_count = 0;
    bool old_ended = false;  ///< By "\ No newline": nothing of that side may follow.
    bool new_ended = false;
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

  /// True at what git writes for a merge and its parents.
  [[nodiscard]] bool is_combined() const;
  /// True at the head of a hunk as `diff -c` writes it.
  [[nodiscard]] bool is_context_hunk() const;

  bool read_git_file();
  bool read_git_headers(FileDiff& file, GitNames& names);
  bool read_git_header(FileDiff& file, GitNames& names);
  bool read_mode_header(std::string_view line, FileDiff& file);
  bool read_name_header(std::string_view line, FileDiff& file, GitNames& names);
  bool read_other_header(std::string_view line, FileDiff& file, GitNames& names);
  bool read_index(std::string_view rest, FileDiff& file);
  bool take_mode(std::string_view rest, std::optional<std::uint32_t>& mode);
  bool read_plain_file();
  bool read_names(FileDiff& file);
  bool read_hunks();
  bool read_hunk();
  bool read_hunk_header(Hunk& hunk);
  bool read_counted_lines(Hunk& hunk, Counted& counted, bool strip_cr);
  bool read_recounted_lines(Hunk& hunk, Counted& counted, bool strip_cr);
  bool read_hunk_line(std::string_view line, Counted& counted, bool strip_cr);
  bool take_line_end(Counted& counted);
  bool check_recounted(const Hunk& hunk, std::size_t byte_offset);
  void add_line(HunkLine::Kind kind, std::string_view text, bool strip_cr);
  bool check_after_hunk(Counted& counted);
  bool finish_file(FileDiff file, std::size_t first_hunk);
  bool take_kind(FileDiff& file, FileDiff::Kind kind);
  bool check_sides(const FileDiff& file, std::size_t first_hunk);
  bool check_change(std::size_t hunk_index);
  void go_back_to(std::size_t hunk_index);
  bool check_order(const FileDiff& file, std::size_t first_hunk);
  bool check_name(std::string_view name, std::size_t column);
  void link();

  /// `column`: 0-based, in bytes.
  [[nodiscard]] InputPosition position_at(std::size_t column) const;
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
  bool took_header_ = false;  ///< This line is one of git's headers.
  std::vector<FileSpan> file_spans_;
  std::vector<HunkSpan> hunk_spans_;
  std::optional<Error> error_;
};

}  // namespace firn
