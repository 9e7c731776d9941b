#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "file.h"
#include "watch.h"

namespace firn::tree {

/// A file that comes out other than it is.
struct Replacement {
  std::string path;  ///< Below the root, with slashes between.
  std::string bytes;
};

/// What became of a copy.
struct Copied {
  enum class Kind : std::uint8_t {
    done,
    cancelled,    ///< The watch said so.
    failed,       ///< See `error` and `path`.
    not_a_file,   ///< `path` is a pipe, a device or a socket.
    not_in_tree,  ///< `path` is to be replaced, and is no file of the tree, or a link.
  };

  Kind kind = Kind::done;
  SystemError error = 0;
  std::string path{};
  std::uint64_t files = 0;   ///< Regular files and symbolic links.
  std::uint64_t shared = 0;  ///< Of these, those that share their blocks, or are hard links.
};

/// Copies the tree below the folder `from` into the empty folder `to`, with some files replaced.
///
/// Each file is a reflink where the file system has them, a hard link where `hard_links` asks for
/// it (then who writes into the copy writes into the original), else a copy. Permissions are kept,
/// but for set-user-id and its like; symbolic links stay links, wherever they lead. Left out:
/// whatever is named ".git", what an unfinished apply has left, and `to` itself, should it lie in
/// the tree.
///
/// Without memory it fails with ENOMEM, and throws nothing. Whatever comes of it but `done`, `to`
/// holds an unfinished copy, for the caller to remove. Threads: several of its own. Memory: the
/// names of all files. O(files + bytes copied).
[[nodiscard]] Copied copy_tree(int from, int to, std::span<const Replacement> replacements,
                               bool hard_links, Watch& watch);

}  // namespace firn::tree
