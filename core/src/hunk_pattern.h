#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firn/file_diff.h"
#include "firn/place.h"
#include "firn/snapshot.h"

namespace firn {

/// The old side of a hunk, as it is looked for, and the new side, as it is put there; for a diff
/// taken back the other way round. REQUIRES the hunk to outlive it.
class HunkPattern {
 public:
  HunkPattern(const Hunk& hunk, bool reverse);

  /// 1-based line at which the old side says it begins; for an empty one the line behind.
  [[nodiscard]] std::uint64_t line() const noexcept { return line_; }
  /// The same of the new side.
  [[nodiscard]] std::uint64_t new_line() const noexcept { return new_line_; }
  [[nodiscard]] std::span<const std::string_view> old_lines() const noexcept { return old_lines_; }
  [[nodiscard]] std::span<const std::string_view> new_lines() const noexcept { return new_lines_; }

  /// Unchanged lines at the top and at the bottom.
  [[nodiscard]] std::uint64_t prefix_context() const noexcept { return prefix_context_; }
  [[nodiscard]] std::uint64_t suffix_context() const noexcept { return suffix_context_; }

  /// A run of lines taken away and put there, 0-based within the two sides.
  struct Change {
    std::uint64_t old_begin = 0;
    std::uint64_t old_end = 0;
    std::uint64_t new_begin = 0;
    std::uint64_t new_end = 0;
  };
  [[nodiscard]] std::span<const Change> changes() const noexcept { return changes_; }

 private:
  std::uint64_t line_;
  std::uint64_t new_line_;
  std::vector<std::string_view> old_lines_;
  std::vector<std::string_view> new_lines_;
  std::vector<Change> changes_;
  std::uint64_t prefix_context_ = 0;
  std::uint64_t suffix_context_ = 0;
};

/// Which differences are passed over, and whether any was.
class LineMatcher {
 public:
  LineMatcher(WhiteSpace white_space, bool ignore_line_ends)
      : white_space_(white_space), ignore_line_ends_(ignore_line_ends) {}

  /// True when a line of a hunk and one of the file, both with terminators, count as equal.
  [[nodiscard]] bool equal(std::string_view pattern, std::string_view line) const;

  /// What of `line` is compared: two lines count as equal when this is equal. May use `scratch`.
  [[nodiscard]] std::string_view compared(std::string_view line, std::string& scratch) const;

  /// True when they are equal but for line ends.
  [[nodiscard]] static bool equal_but_for_line_ends(std::string_view pattern,
                                                    std::string_view line) noexcept;

 private:
  WhiteSpace white_space_;
  bool ignore_line_ends_;
};

}  // namespace firn
