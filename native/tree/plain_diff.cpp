#include "plain_diff.h"

#include <algorithm>
#include <cstddef>
#include <unordered_set>
#include <utility>

namespace firn::tree {

namespace {

constexpr std::uint32_t kFileType = 0170000;
constexpr std::uint32_t kRegular = 0100000;

bool is_plain_byte(char byte) { return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\'; }

bool equals_ignoring_case(std::string_view a, std::string_view lower) {
  return std::ranges::equal(a, lower, [](char one, char other) {
    return (one >= 'A' && one <= 'Z' ? one - 'A' + 'a' : one) == other;
  });
}

bool is_plain_part(std::string_view part) {
  constexpr std::string_view kOurs = ".firn-";
  if (part.empty() || part == "." || part == "..") return false;
  return part.front() != '.' || (!equals_ignoring_case(part, ".git") &&
                                 !equals_ignoring_case(part.substr(0, kOurs.size()), kOurs));
}

bool is_plain_name(std::string_view name) {
  if (!std::ranges::all_of(name, is_plain_byte)) return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    if (!is_plain_part(name.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

/// What is left of a plain name without its first `strip` parts.
std::optional<std::string_view> plain_path(std::string_view name, std::uint64_t strip) {
  if (!is_plain_name(name)) return std::nullopt;
  for (; strip > 0; --strip) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    name.remove_prefix(slash + 1);
  }
  return name;
}

bool is_regular(std::optional<std::uint32_t> mode) {
  return !mode || (*mode & kFileType) == kRegular;
}

bool is_plain(const FileDiff& file) {
  if (file.kind != FileDiff::Kind::modify || !file.old_name || !file.new_name) return false;
  if (!is_regular(file.old_mode) || !is_regular(file.new_mode) || file.hunks.empty()) return false;
  const Hunk& hunk = file.hunks.front();
  return file.hunks.size() > 1 || (hunk.old_count > 0 && hunk.new_count > 0);
}

}  // namespace

std::optional<std::vector<PlainFile>> plain_files(const Diff& diff, std::uint64_t strip,
                                                  bool reverse) {
  std::vector<PlainFile> files;
  files.reserve(diff.files().size());
  std::unordered_set<std::string_view> paths;
  for (const FileDiff& file : diff.files()) {
    if (!is_plain(file)) return std::nullopt;
    const auto path = plain_path(*file.old_name, strip);
    if (!path || plain_path(*file.new_name, strip) != path || !paths.insert(*path).second) {
      return std::nullopt;
    }
    const std::size_t slash = path->rfind('/');
    const bool in_root = slash == std::string_view::npos;
    files.push_back({.diff = &file,
                     .folder = std::string(in_root ? "" : path->substr(0, slash)),
                     .name = std::string(in_root ? *path : path->substr(slash + 1))});
  }
  if (files.empty()) return std::nullopt;
  if (reverse) std::ranges::reverse(files);
  return files;
}

bool keeps_mode(const PlainFile& file, bool reverse, std::uint32_t permissions) {
  constexpr std::uint32_t kMayRead = 0444;
  constexpr std::uint32_t kMayRun = 0111;
  const auto mode = reverse ? file.diff->old_mode : file.diff->new_mode;
  if (!mode) return true;
  const std::uint32_t may_run = permissions & kMayRun;
  // Who may read an executable file may run it.
  if ((*mode & 0777U) == 0755U) return (((permissions & kMayRead) >> 2U) & ~may_run) == 0;
  return may_run == 0;
}

}  // namespace firn::tree
