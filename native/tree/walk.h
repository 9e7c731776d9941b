#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "file.h"

namespace firn::tree {

/// A folder, before what is in it.
struct FoundFolder {
  std::string path;  ///< Below the root, with slashes between; "" is the root.
  mode_t permissions;
};

/// What is no folder.
struct FoundFile {
  enum class Kind : std::uint8_t { regular, link, other };

  std::uint32_t folder;  ///< Its index among the folders.
  Kind kind;
  std::string name;
};

struct Walk {
  std::vector<FoundFolder> folders{};
  std::vector<FoundFile> files{};

  [[nodiscard]] std::string path_of(const FoundFile& file) const;
};

/// What could not be read.
struct Unreadable {
  SystemError error;
  std::string path;
};

/// All folders and files below `root`; follows no symbolic link. Left out: whatever is named
/// ".git", Firn's own files, and the folder `except`.
[[nodiscard]] std::expected<Walk, Unreadable> walk(int root, const Identity& except);

}  // namespace firn::tree
