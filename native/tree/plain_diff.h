#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firn/file_diff.h"

namespace firn::tree {

/// A file that a diff changes in its place and in nothing but its text.
struct PlainFile {
  const FileDiff* diff;
  std::string folder;  ///< Below the root, with slashes between; "" is the root.
  std::string name;

  [[nodiscard]] std::string path() const { return folder.empty() ? name : folder + '/' + name; }
};

/// The files of a plain diff, in the order in which they are patched; nothing when it is not plain.
///
/// Plain is what needs no thought: every file is modified in place, no file comes twice, no file
/// begins or ends empty, and after `strip` folders every name is printable ASCII without quotes and
/// backslashes, of parts that are not ".", "..", ".git" or Firn's own. All else is for the caller
/// to judge. O(diff).
[[nodiscard]] std::optional<std::vector<PlainFile>> plain_files(const Diff& diff,
                                                                std::uint64_t strip, bool reverse);

/// Whether a file of these permission bits has them still once it has been given the mode of the
/// diff, which knows but executable and not.
[[nodiscard]] bool keeps_mode(const PlainFile& file, bool reverse, std::uint32_t permissions);

}  // namespace firn::tree
