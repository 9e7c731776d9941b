#include <charconv>
#include <utility>

#include "concat.h"
#include "diff_names.h"
#include "diff_reader.h"
#include "quote.h"

namespace firn {

namespace {

std::optional<std::uint32_t> read_number(std::string_view text, int base) {
  std::uint32_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// True for an abbreviated id of the empty blob, by SHA-1 or SHA-256; and for none.
bool is_empty_blob(std::string_view id) {
  constexpr std::string_view sha1 = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
  constexpr std::string_view sha256 =
      "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813";
  return sha1.starts_with(id) || sha256.starts_with(id);
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
      return file.similarity_percent.value_or(100) < 100;
    case FileDiff::Kind::create:
    case FileDiff::Kind::remove:
      return false;
  }
  return true;
}

/// True when "diff --git" names the two as they are, with nothing in front, as --no-prefix has it.
bool names_without_prefix(std::string_view git_line, const std::string& old_name,
                          const std::string& new_name) {
  if (git_line == concat(old_name, " ", new_name)) return true;
  const auto names = read_git_names(git_line);
  return names && names->old_name == old_name && names->new_name == new_name;
}

/// True when both speak of one file, each with a prefix of its own or both with none.
bool same_but_for_prefix(std::string_view a, std::string_view b) {
  const auto tail_of = [](std::string_view name) { return name.substr(name.find('/') + 1); };
  return a == b || (tail_of(a) == tail_of(b) && !tail_of(a).empty());
}

/// True when "diff --git" alone names two files.
bool has_two_files(const FileDiff& file) {
  return file.old_name && file.new_name && !same_but_for_prefix(*file.old_name, *file.new_name);
}

}  // namespace

bool DiffReader::read_git_file() {
  FileDiff file;
  GitNames names{.git_line = content().substr(11)};
  if (const auto pair = read_git_names(names.git_line)) {
    file.old_name = pair->old_name;
    file.new_name = pair->new_name;
    names.known = true;
    if (!check_name(pair->old_name, 11) || !check_name(pair->new_name, 11)) return false;
  }
  if (!check_whole()) return false;
  next_line();
  if (!read_git_headers(file, names)) return false;
  const std::size_t first_hunk = storage_.hunks.size();
  const bool is_moved = names.moved_from && names.moved_to;
  if (!is_moved && (names.moved_from || names.moved_to || names.are_similar)) {
    return malformed("a rename or copy without both its names");
  }
  if (!at_end() && content().starts_with("+++ ")) return malformed(R"("+++" without "---")");
  if (!at_end() && content().starts_with("--- ")) {
    const auto old_name = file.old_name;
    const auto new_name = file.new_name;
    if (!read_names(file)) return false;
    const auto differs = [](const auto& said, const auto& name) {
      return said && name && !same_but_for_prefix(*said, *name);
    };
    if (differs(old_name, file.old_name) || differs(new_name, file.new_name)) {
      return malformed(R"("---" and "+++" name other files than the headers above them)");
    }
    if (!read_hunks()) return false;
    if (storage_.hunks.size() == first_hunk) return malformed("a file without hunks");
  } else if (!names.known) {
    return malformed("a file whose name cannot be told from its headers");
  } else if (lacks_hunks(file) || (!is_moved && has_two_files(file))) {
    return malformed("the hunks that the headers announce are missing");
  }
  return finish_file(std::move(file), first_hunk);
}

/// All of git's extended headers. Those of a rename have names without "a/" and "b/"; they get
/// them, as "---" and "+++" have them, unless the diff has none.
bool DiffReader::read_git_headers(FileDiff& file, GitNames& names) {
  while (!at_end()) {
    const std::size_t before = at_;
    if (!read_git_header(file, names)) return false;
    if (at_ == before) break;
  }
  const std::string_view git_line = names.git_line;
  const bool is_bare = names.moved_from && names.moved_to &&
                       names_without_prefix(git_line, *names.moved_from, *names.moved_to);
  if (names.moved_from) file.old_name = concat(is_bare ? "" : "a/", *names.moved_from);
  if (names.moved_to) file.new_name = concat(is_bare ? "" : "b/", *names.moved_to);
  return true;
}

/// One header; leaves any other line where it is.
bool DiffReader::read_git_header(FileDiff& file, GitNames& names) {
  const std::string_view line = content();
  took_header_ = false;
  const bool is_good = read_mode_header(line, file) && read_name_header(line, file, names) &&
                       read_other_header(line, file, names);
  if (!is_good) return false;
  if (!took_header_) return true;
  if (!check_whole()) return false;
  next_line();
  return true;
}

bool DiffReader::take_mode(std::string_view rest, std::optional<std::uint32_t>& mode) {
  took_header_ = true;
  mode = read_number(rest, 8);
  if (!mode) return malformed("a header without its number", column_of(rest));
  if (*mode <= kMaxFileMode) return true;
  return malformed("a mode of more than six digits", column_of(rest));
}

bool DiffReader::read_mode_header(std::string_view line, FileDiff& file) {
  if (take(line, "old mode ")) return take_mode(line, file.old_mode);
  if (take(line, "new mode ")) return take_mode(line, file.new_mode);
  if (take(line, "deleted file mode ")) {
    return take_kind(file, FileDiff::Kind::remove) && take_mode(line, file.old_mode);
  }
  if (take(line, "new file mode ")) {
    return take_kind(file, FileDiff::Kind::create) && take_mode(line, file.new_mode);
  }
  return true;
}

bool DiffReader::read_name_header(std::string_view line, FileDiff& file, GitNames& names) {
  const auto take_name = [&](std::optional<std::string>& name) {
    took_header_ = true;
    names.known = true;
    name = read_name(line);
    if (!name) return malformed("a name with broken quotes", column_of(line));
    return check_name(*name, column_of(line));
  };
  const bool is_renamed_from = take(line, "rename from ") || take(line, "rename old ");
  if (is_renamed_from || take(line, "copy from ")) {
    return take_kind(file, is_renamed_from ? FileDiff::Kind::rename : FileDiff::Kind::copy) &&
           take_name(names.moved_from);
  }
  const bool is_renamed_to = take(line, "rename to ") || take(line, "rename new ");
  if (is_renamed_to || take(line, "copy to ")) {
    return take_kind(file, is_renamed_to ? FileDiff::Kind::rename : FileDiff::Kind::copy) &&
           take_name(names.moved_to);
  }
  return true;
}

bool DiffReader::read_other_header(std::string_view line, FileDiff& file, GitNames& names) {
  const bool are_similar = take(line, "similarity index ");
  if (are_similar || take(line, "dissimilarity index ")) {
    took_header_ = true;
    names.are_similar |= are_similar;
    const std::string_view number = line.ends_with('%') ? line.substr(0, line.size() - 1) : line;
    file.similarity_percent = read_number(number, 10);
    return file.similarity_percent.has_value() ||
           malformed("a header without its number", column_of(line));
  }
  if (take(line, "index ")) return read_index(line, file);
  const bool is_binary = line == "GIT binary patch" ||
                         (line.starts_with("Binary files ") && line.ends_with(" differ"));
  if (!is_binary) return true;
  return fail(ErrorCode::binary_patch,
              concat("the patch of ", quoted(file.new_name.value_or("?")), " is binary"));
}

/// "1234567..89abcde 100644", the mode only where it stays the same.
bool DiffReader::read_index(std::string_view rest, FileDiff& file) {
  took_header_ = true;
  const std::size_t dots = rest.find("..");
  if (dots == std::string_view::npos) {
    return malformed("an index line without \"..\"", column_of(rest));
  }
  file.old_blob = rest.substr(0, dots);
  rest.remove_prefix(dots + 2);
  const std::size_t space = rest.find(' ');
  file.new_blob = rest.substr(0, space);
  if (space == std::string_view::npos) return true;
  if (!take_mode(rest.substr(space + 1), file.old_mode)) return false;
  file.new_mode = file.old_mode;
  return true;
}

}  // namespace firn
