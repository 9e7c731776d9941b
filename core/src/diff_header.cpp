#include "diff_header.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "concat.h"
#include "diff_names.h"
#include "octal_mode.h"
#include "quote.h"

namespace firn {

namespace {

using Kind = FileDiff::Kind;

constexpr std::uint32_t kPlainFile = 0100644;
constexpr std::string_view kEmptyBlob = "e69de29";
constexpr std::string_view kNoBlob = "0000000";
constexpr std::size_t kMostHexDigits = 64;  // Of SHA-256.

std::unexpected<Error> invalid(std::string message) {
  return std::unexpected(Error{.code = ErrorCode::invalid_argument, .message = std::move(message)});
}

/// Whole or abbreviated; also none.
bool is_object_id(std::string_view id) {
  return id.size() <= kMostHexDigits &&
         id.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// "--- NAME" and "+++ NAME" as the style has them, or from the batch's file.
std::string plain_header(const Patched& patched, const DiffStyle& style) {
  const std::string_view file = patched.batch().file();
  const auto name = [&](std::string_view given, std::string_view side) {
    if (!given.empty()) return header_name(given);
    return file.empty() ? std::string(side) : header_name(concat(side, "/", file));
  };
  return concat("--- ", name(style.old_name, "a"), "\n+++ ", name(style.new_name, "b"), "\n");
}

class GitHeaderWriter {
 public:
  GitHeaderWriter(const Patched& patched, const GitHeader& git)
      : patched_(patched),
        git_(git),
        old_path_(first_of(git.old_path, git.new_path)),
        new_path_(first_of(git.new_path, git.old_path)) {}

  Result<std::string> write(bool has_hunks) {
    if (auto checked = check(has_hunks); !checked)
      return std::unexpected(std::move(checked.error()));
    if (!has_hunks && git_.kind == Kind::modify && !changes_mode()) return std::string();
    text_ = concat("diff --git ", quoted_name(concat("a/", old_path_)), " ",
                   quoted_name(concat("b/", new_path_)), "\n");
    write_modes();
    write_names(has_hunks);
    write_index(has_hunks);
    if (has_hunks) {
      line("--- ", git_.kind == Kind::create ? "/dev/null" : header_name(concat("a/", old_path_)));
      line("+++ ", git_.kind == Kind::remove ? "/dev/null" : header_name(concat("b/", new_path_)));
    }
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string_view first_of(std::string_view a, std::string_view b) const {
    if (!a.empty()) return a;
    return b.empty() ? patched_.batch().file() : b;
  }

  [[nodiscard]] Result<void> check(bool has_hunks) const {
    if (old_path_.empty()) return invalid("a git header needs a path, and the batch has no file");
    if (auto checked = check_paths(has_hunks); !checked) return checked;
    if (git_.similarity_percent.value_or(0) > 100) {
      return invalid(concat("a similarity of ", *git_.similarity_percent, " %; the most is 100"));
    }
    if (std::max(git_.old_mode.value_or(0), git_.new_mode.value_or(0)) > kMaxFileMode) {
      return invalid("a mode of more than six octal digits");
    }
    for (const std::string_view blob : {git_.old_blob, git_.new_blob}) {
      if (is_object_id(blob)) continue;
      return invalid(concat("an object id is up to ", kMostHexDigits, " hexadecimal digits, not ",
                            quoted(blob)));
    }
    if (git_.kind == Kind::create && patched_.snapshot().byte_size() > 0) {
      return invalid(concat("a new file has no base, but this one has ",
                            patched_.snapshot().byte_size(), " bytes"));
    }
    if (git_.kind == Kind::remove && patched_.byte_size() > 0) {
      return invalid(concat("a file that goes leaves nothing, but of this one ",
                            patched_.byte_size(), " bytes are left"));
    }
    return {};
  }

  /// `git diff --no-index` names two files though none is renamed; without hunks to say what became
  /// of them nobody can read that.
  [[nodiscard]] Result<void> check_paths(bool has_hunks) const {
    const bool are_two = old_path_ != new_path_;
    const bool needs_two = git_.kind == Kind::rename || git_.kind == Kind::copy;
    const bool may_be_two = git_.kind == Kind::modify && (has_hunks || !changes_mode());
    if (are_two == needs_two || may_be_two) return {};
    return invalid(concat("a header of kind \"", name_of(git_.kind), "\" names ",
                          needs_two ? "two files" : "one file", ", not ", quoted(old_path_),
                          " and ", quoted(new_path_)));
  }

  [[nodiscard]] bool changes_mode() const {
    return git_.old_mode && git_.new_mode && *git_.old_mode != *git_.new_mode;
  }

  void line(std::string_view key, std::string_view value) { text_ += concat(key, value, "\n"); }

  void write_modes() {
    if (git_.kind == Kind::create) {
      line("new file mode ", octal_mode(git_.new_mode.value_or(kPlainFile)));
    } else if (git_.kind == Kind::remove) {
      line("deleted file mode ", octal_mode(git_.old_mode.value_or(kPlainFile)));
    } else if (changes_mode()) {
      line("old mode ", octal_mode(*git_.old_mode));
      line("new mode ", octal_mode(*git_.new_mode));
    }
  }

  void write_names(bool has_hunks) {
    if (git_.kind != Kind::rename && git_.kind != Kind::copy) return;
    const std::string_view verb = git_.kind == Kind::rename ? "rename" : "copy";
    const auto percent = has_hunks ? git_.similarity_percent : std::optional<std::uint32_t>(100);
    if (percent) line("similarity index ", concat(*percent, "%"));
    line(verb, concat(" from ", quoted_name(old_path_)));
    line(verb, concat(" to ", quoted_name(new_path_)));
  }

  void write_index(bool has_hunks) {
    std::string_view old_blob = git_.old_blob;
    std::string_view new_blob = git_.new_blob;
    const bool comes = git_.kind == Kind::create;
    const bool goes = git_.kind == Kind::remove;
    // GNU patch takes away an empty file only when it is told which.
    if (!has_hunks && comes) new_blob = kEmptyBlob;
    if (!has_hunks && goes) old_blob = kEmptyBlob;
    if (comes && !new_blob.empty()) old_blob = kNoBlob;
    if (goes && !old_blob.empty()) new_blob = kNoBlob;
    if (old_blob.empty() || new_blob.empty() || old_blob == new_blob) return;
    const bool one_mode = git_.old_mode && git_.old_mode == git_.new_mode && !comes && !goes;
    line("index ",
         concat(old_blob, "..", new_blob, one_mode ? concat(" ", octal_mode(*git_.old_mode)) : ""));
  }

  const Patched& patched_;
  const GitHeader& git_;
  std::string_view old_path_;
  std::string_view new_path_;
  std::string text_;
};

}  // namespace

Result<std::string> diff_header(const Patched& patched, const DiffStyle& style, bool has_hunks) {
  if (style.git) return GitHeaderWriter(patched, *style.git).write(has_hunks);
  return has_hunks ? plain_header(patched, style) : std::string();
}

}  // namespace firn
