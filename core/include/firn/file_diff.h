#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firn/error.h"

namespace firn {

/// One line of a hunk, as the file has it: with its terminator, or without where the diff says
/// "\ No newline at end of file".
struct HunkLine {
  enum class Kind : std::uint8_t { context, removed, added };

  Kind kind{};
  std::string_view text;
};

/// One "@@ -old +new @@" of a diff. Lines count from 1; an empty side names the line before it.
struct Hunk {
  std::uint64_t old_line = 0;
  std::uint64_t old_count = 0;
  std::uint64_t new_line = 0;
  std::uint64_t new_count = 0;
  std::string_view section{};  ///< What stands behind the second "@@".
  std::span<const HunkLine> lines{};
  std::uint64_t diff_line = 0;  ///< Line of the diff, from 1, at which it begins.
};

/// The largest mode of a file: six octal digits, as git writes them.
inline constexpr std::uint32_t kMaxFileMode = 0777777;

/// What a diff does to one file.
struct FileDiff {
  enum class Kind : std::uint8_t { modify, create, remove, rename, copy };

  Kind kind = Kind::modify;
  /// As the diff has them ("a/src/x.js"), unquoted; nothing for /dev/null.
  std::optional<std::string> old_name{};
  std::optional<std::string> new_name{};
  std::optional<std::uint32_t> old_mode{};  ///< From octal, such as 0100644.
  std::optional<std::uint32_t> new_mode{};
  std::optional<std::uint32_t> similarity_percent{};
  std::string_view old_blob{};  ///< Abbreviated object ids of git's index line.
  std::string_view new_blob{};
  std::span<const Hunk> hunks{};  ///< In the order of the diff.
};

/// "modify", "create", "remove", "rename" or "copy".
[[nodiscard]] std::string_view name_of(FileDiff::Kind kind) noexcept;

/// A unified diff, read: what `git diff` and `diff -u` write, of any number of files.
///
/// Lifetime: holds a copy of the text; copies of the value share it. Threads: immutable.
class Diff {
 public:
  [[nodiscard]] std::span<const FileDiff> files() const noexcept;

  /// What it holds: the text, and its files, hunks and lines.
  [[nodiscard]] std::uint64_t memory_bytes() const noexcept;

 private:
  friend class DiffReader;
  struct Storage;
  explicit Diff(std::shared_ptr<const Storage> storage) noexcept;

  std::shared_ptr<const Storage> storage_;
};

struct ReadDiffOptions {
  /// Count the lines of each hunk instead of believing its header, for diffs edited by hand.
  bool recount = false;
  /// Take any name, for callers who use none because they know the file otherwise: a name may then
  /// lead out of every folder.
  bool any_names = false;
};

/// Reads a unified diff; text before, between and after the files is passed over. Where a hunk's
/// own header ends with CR LF, the CR at the end of its lines belongs to the diff, not to the file,
/// as GNU patch has it.
///
/// Errors, each with its position:
/// malformed_diff: a hunk with more or fewer lines than it says or, unless recounted, without a
/// change; hunks that overlap; lines behind the one that has no newline; a damaged line in a
/// recounted hunk; headers that contradict each other or their hunks; a header that is none; a diff
/// that ends in the middle; a combined or a context diff; text without any diff.
/// binary_patch. unsafe_path, unless any_names: a name that is, or comes to be when components are
/// taken off its front, absolute, or has a drive letter, NUL, ".." or ".git" in it.
/// limit_exceeded: without memory.
/// O(n).
[[nodiscard]] Result<Diff> read_diff(std::string_view text, const ReadDiffOptions& options = {});

}  // namespace firn
