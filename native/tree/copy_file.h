#pragma once

#include <atomic>
#include <string>

#include "file.h"

namespace firn::tree {

/// How files of one tree are copied: what the file system turned out not to do is not asked again.
struct CopyMeans {
  std::atomic<bool> reflinks = true;
  std::atomic<bool> in_kernel = true;
};

/// Fills the new, empty file `to` with the `byte_size` bytes that `from` holds; fewer, when it has
/// become shorter. `is_shared`: the
/// two share their blocks, until one of them is written.
[[nodiscard]] SystemError copy_content(int from, int to, std::uint64_t byte_size, CopyMeans& means,
                                       bool& is_shared) noexcept;

/// The same symbolic link in another folder.
[[nodiscard]] SystemError copy_link(int from, int to, const std::string& name);

}  // namespace firn::tree
