#include "change_blocks.h"

#include <ranges>

namespace firn {

namespace {

ChangeBlock block_of(const Snapshot& snapshot, const Edit& edit) {
  ChangeBlock block{.base_line = edit.base_line,
                    .base_count = edit.base_line_count,
                    .patched_line = edit.patched_line,
                    .patched_count = edit.text_line_count};
  const bool changes_line_before =
      edit.lead_bytes > 0 || edit.begin < snapshot.byte_offset_of(edit.base_line);
  if (changes_line_before) {
    --block.base_line;
    ++block.base_count;
    --block.patched_line;
    ++block.patched_count;
  }
  return block;
}

}  // namespace

std::vector<ChangeBlock> change_blocks_of(const Patched& patched) {
  std::vector<ChangeBlock> blocks;
  for (const Edit& edit : patched.plan().edits() | std::views::reverse) {
    const ChangeBlock block = block_of(patched.snapshot(), edit);
    if (!blocks.empty() && blocks.back().base_end() >= block.base_line) {
      ChangeBlock& last = blocks.back();
      last.base_count = block.base_end() - last.base_line;
      last.patched_count = block.patched_end() - last.patched_line;
    } else {
      blocks.push_back(block);
    }
  }
  return blocks;
}

}  // namespace firn
