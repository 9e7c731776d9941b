#pragma once

#include <cstdint>
#include <vector>

#include "firn/patched.h"

namespace firn {

/// Whole lines taken away and whole lines put there, 1-based; what a hunk of a diff is made of.
struct ChangeBlock {
  std::uint64_t base_line = 0;
  std::uint64_t base_count = 0;
  std::uint64_t patched_line = 0;
  std::uint64_t patched_count = 0;

  [[nodiscard]] std::uint64_t base_end() const noexcept { return base_line + base_count; }
  [[nodiscard]] std::uint64_t patched_end() const noexcept { return patched_line + patched_count; }
};

/// The edits of `patched` as blocks, ascending. Edits that meet are one block, so that no two
/// blocks name one place. At the end of a file without final newline an edit may also change
/// whether the line before it is terminated; that line is then part of the block. O(k).
[[nodiscard]] std::vector<ChangeBlock> change_blocks_of(const Patched& patched);

}  // namespace firn
