#include "changed_lines.h"

#include <cstring>
#include <utility>

namespace firn {

TokenView::TokenView(std::span<const std::uint32_t> whole, std::uint32_t begin, std::uint32_t end,
                     std::vector<std::uint32_t> dropped)
    : dropped_before_(std::move(dropped)), begin_(begin) {
  if (dropped_before_.empty()) {
    tokens_ = whole.subspan(begin, end - begin);
    return;
  }
  kept_.reserve(end - begin - dropped_before_.size());
  std::uint32_t from = begin;
  for (std::uint32_t& place : dropped_before_) {
    kept_.insert(kept_.end(), whole.begin() + from, whole.begin() + place);
    from = place + 1;
    place = static_cast<std::uint32_t>(kept_.size());
  }
  kept_.insert(kept_.end(), whole.begin() + from, whole.begin() + end);
  tokens_ = kept_;
}

std::size_t next_changed(std::span<const std::uint8_t> changed, std::size_t from, std::size_t to) {
  if (from >= to) return to;
  const void* const found = std::memchr(changed.data() + from, 1, to - from);
  if (found == nullptr) return to;
  return static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - changed.data());
}

void append_hunks(const ChangedLines& changed, std::uint64_t before_line, std::uint64_t after_line,
                  std::vector<DiffHunk>& hunks) {
  const std::size_t before_size = changed.before.size();
  const std::size_t after_size = changed.after.size();
  std::size_t before = 0;
  std::size_t after = 0;
  std::size_t next_before = next_changed(changed.before, 0, before_size);
  std::size_t next_after = next_changed(changed.after, 0, after_size);
  while (next_before < before_size || next_after < after_size) {
    const std::size_t unchanged = std::min(next_before - before, next_after - after);
    before += unchanged;
    after += unchanged;
    const std::size_t before_begin = before;
    const std::size_t after_begin = after;
    while (before < before_size && changed.before[before] != 0) ++before;
    while (after < after_size && changed.after[after] != 0) ++after;
    hunks.push_back({.before = {.from = before_line + before_begin, .to = before_line + before - 1},
                     .after = {.from = after_line + after_begin, .to = after_line + after - 1}});
    if (before > next_before) next_before = next_changed(changed.before, before, before_size);
    if (after > next_after) next_after = next_changed(changed.after, after, after_size);
  }
}

}  // namespace firn
