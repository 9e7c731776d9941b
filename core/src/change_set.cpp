#include "change_set.h"

#include <algorithm>
#include <utility>

#include "firn/out_of_memory.h"
#include "line_walk.h"
#include "verbatim_patch.h"

namespace firn {

namespace {

/// Appends `count` lines of the result, terminators included.
void append_lines(std::string& text, const Patched& patched, std::uint64_t line,
                  std::uint64_t count) {
  LineWalk walk(patched.plan(), line);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Patched::LineParts parts = walk.parts();
    text.append(parts.content).append(parts.terminator);
    walk.advance();
  }
}

/// Blocks of two lists that meet in the text between them, and the one block that they make.
struct Meeting {
  std::size_t first_begin = 0;
  std::size_t second_begin = 0;
  std::size_t second_end = 0;
  std::uint64_t middle_begin = 0;
  std::uint64_t middle_end = 0;
  ChangeBlock block{};
};

/// Walks two lists of blocks, the second over the result of the first.
class Meetings {
 public:
  Meetings(const std::vector<ChangeBlock>& first, const std::vector<ChangeBlock>& second)
      : first_(first), second_(second) {}

  /// Goes to the next; false when there is none.
  bool next(Meeting& meeting);

 private:
  [[nodiscard]] bool any_first() const { return first_at_ < first_.size(); }
  [[nodiscard]] bool any_second() const { return second_at_ < second_.size(); }

  const std::vector<ChangeBlock>& first_;
  const std::vector<ChangeBlock>& second_;
  std::size_t first_at_ = 0;
  std::size_t second_at_ = 0;
  std::uint64_t first_shift_ = 0;   ///< Middle line minus first line behind what is done; may wrap.
  std::uint64_t second_shift_ = 0;  ///< Last line minus middle line, likewise.
};

bool Meetings::next(Meeting& meeting) {
  if (!any_first() && !any_second()) return false;
  // Lines [begin, end) of the middle text, grown by every block of either list that meets them.
  const std::uint64_t begin =
      !any_second()  ? first_[first_at_].patched_line
      : !any_first() ? second_[second_at_].base_line
                     : std::min(first_[first_at_].patched_line, second_[second_at_].base_line);
  std::uint64_t end = begin;
  const std::uint64_t base_begin = begin - first_shift_;
  const std::uint64_t last_begin = begin + second_shift_;
  meeting.first_begin = first_at_;
  meeting.second_begin = second_at_;
  while (true) {
    if (any_first() && first_[first_at_].patched_line <= end) {
      end = std::max(end, first_[first_at_].patched_end());
      first_shift_ = first_[first_at_].patched_end() - first_[first_at_].base_end();
      ++first_at_;
    } else if (any_second() && second_[second_at_].base_line <= end) {
      end = std::max(end, second_[second_at_].base_end());
      second_shift_ = second_[second_at_].patched_end() - second_[second_at_].base_end();
      ++second_at_;
    } else {
      break;
    }
  }
  meeting.second_end = second_at_;
  meeting.middle_begin = begin;
  meeting.middle_end = end;
  meeting.block = {.base_line = base_begin,
                   .base_count = end - first_shift_ - base_begin,
                   .patched_line = last_begin,
                   .patched_count = end + second_shift_ - last_begin};
  return true;
}

/// Appends lines [begin, end) of the middle text, all of which blocks of `first` have written;
/// `block_index` is one that ends no later than the one that wrote line `begin`, and moves along.
void append_middle(std::string& text, const ChangeSet& first, std::size_t& block_index,
                   std::uint64_t begin, std::uint64_t end) {
  while (begin < end) {
    const ChangeBlock& block = first.blocks()[block_index];
    if (block.patched_end() <= begin) {
      ++block_index;
      continue;
    }
    const std::uint64_t stop = std::min(end, block.patched_end());
    text.append(
        first.text_lines(block_index, begin - block.patched_line, stop - block.patched_line));
    begin = stop;
  }
}

}  // namespace

std::string_view ChangeSet::text_lines(std::size_t block_index, std::uint64_t begin,
                                       std::uint64_t end) const noexcept {
  const std::uint64_t first_line = first_text_lines_[block_index];
  const std::uint64_t from = index_.begin_of(first_line + begin);
  return std::string_view(text_).substr(from, index_.begin_of(first_line + end) - from);
}

void ChangeSet::add(const ChangeBlock& block) {
  const bool is_first = blocks_.empty();
  first_text_lines_.push_back(is_first ? 0
                                       : first_text_lines_.back() + blocks_.back().patched_count);
  blocks_.push_back(block);
}

Result<void> ChangeSet::index_text() {
  auto index = LineIndex::build(text_);
  if (!index) return std::unexpected(out_of_memory("the changes", text_.size()));
  index_ = *std::move(index);
  return {};
}

Result<ChangeSet> ChangeSet::of(const Patched& patched) {
  ChangeSet changes;
  for (const ChangeBlock& block : change_blocks_of(patched)) {
    changes.add(block);
    append_lines(changes.text_, patched, block.patched_line, block.patched_count);
  }
  if (auto indexed = changes.index_text(); !indexed) return std::unexpected(indexed.error());
  return changes;
}

Result<ChangeSet> ChangeSet::compose(const ChangeSet& first, const ChangeSet& second) {
  ChangeSet composed;
  Meetings meetings(first.blocks_, second.blocks_);
  for (Meeting meeting; meetings.next(meeting);) {
    composed.add(meeting.block);
    std::uint64_t middle = meeting.middle_begin;
    std::size_t first_at = meeting.first_begin;
    for (std::size_t i = meeting.second_begin; i < meeting.second_end; ++i) {
      const ChangeBlock& block = second.blocks_[i];
      append_middle(composed.text_, first, first_at, middle, block.base_line);
      composed.text_.append(second.text_of(i));
      middle = block.base_end();
    }
    append_middle(composed.text_, first, first_at, middle, meeting.middle_end);
  }
  if (auto indexed = composed.index_text(); !indexed) return std::unexpected(indexed.error());
  return composed;
}

Result<Batch> ChangeSet::to_batch(const Snapshot& base, std::string_view file) const {
  BatchBuilder builder = unlimited_builder();
  builder.set_base({.fingerprint = base.fingerprint(), .line_count = base.line_count()});
  builder.set_file(file);
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const ChangeBlock& block = blocks_[i];
    const std::string_view was = base.lines(block.base_line, block.base_end() - 1);
    const std::string_view now = text_of(i);
    if (was == now) continue;
    auto added = add_verbatim(builder, block.base_line, block.base_count, was, now);
    if (!added) return std::unexpected(std::move(added.error()));
  }
  return builder.build();
}

}  // namespace firn
