#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "change_blocks.h"
#include "firn/batch.h"
#include "firn/error.h"
#include "firn/line_index.h"
#include "firn/patched.h"

namespace firn {

/// What leads from one text to another, without either: blocks of lines, ascending and with at
/// least one line between them, and what each puts there, terminators included.
///
/// Two of them compose with neither text at hand: a line of the middle text that is left over is
/// either untouched by both, and then in no block, or the first one's own.
class ChangeSet {
 public:
  ChangeSet() = default;

  /// O(k + lines changed). Errors: limit_exceeded without memory.
  [[nodiscard]] static Result<ChangeSet> of(const Patched& patched);

  /// The two as one. REQUIRES `second` to begin at the text at which `first` ends.
  /// O(k of both + lines changed).
  [[nodiscard]] static Result<ChangeSet> compose(const ChangeSet& first, const ChangeSet& second);

  [[nodiscard]] const std::vector<ChangeBlock>& blocks() const noexcept { return blocks_; }

  /// What the block at `block_index` puts there.
  [[nodiscard]] std::string_view text_of(std::size_t block_index) const noexcept {
    return text_lines(block_index, 0, blocks_[block_index].patched_count);
  }

  /// Lines `begin` to `end`, 0-based and exclusive, of what a block puts there.
  [[nodiscard]] std::string_view text_lines(std::size_t block_index, std::uint64_t begin,
                                            std::uint64_t end) const noexcept;

  /// The same as a batch over `base`, bound to it, each patch with what it expects; a block that
  /// changes nothing is left out. REQUIRES `base` to be the text at which it begins.
  [[nodiscard]] Result<Batch> to_batch(const Snapshot& base, std::string_view file) const;

 private:
  void add(const ChangeBlock& block);
  [[nodiscard]] Result<void> index_text();

  std::vector<ChangeBlock> blocks_;
  std::vector<std::uint64_t> first_text_lines_;  ///< 0-based line of `text_` at which each begins.
  std::string text_;                             ///< What all blocks put there.
  LineIndex index_;                              ///< Of `text_`.
};

}  // namespace firn
