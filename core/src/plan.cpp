#include "firn/plan.h"

#include <algorithm>
#include <utility>

#include "plan_storage.h"

namespace firn {

Plan::Plan(std::shared_ptr<const Storage> storage) noexcept : storage_(std::move(storage)) {}

Plan::Plan(Snapshot snapshot) {
  auto storage = std::make_shared<Storage>(std::move(snapshot), Batch());
  storage->output_bytes = storage->snapshot.byte_size();
  storage->output_lines = storage->snapshot.line_count();
  storage_ = std::move(storage);
}

const Snapshot& Plan::snapshot() const noexcept { return storage_->snapshot; }

const Batch& Plan::batch() const noexcept { return storage_->batch; }

std::span<const Edit> Plan::edits() const noexcept { return storage_->edits; }

std::uint64_t Plan::output_bytes() const noexcept { return storage_->output_bytes; }

std::uint64_t Plan::output_lines() const noexcept { return storage_->output_lines; }

std::uint64_t Plan::unterminated_line() const noexcept { return storage_->unterminated_line; }

std::string_view Plan::last_line_terminator() const noexcept {
  return storage_->last_line_terminator;
}

std::uint64_t Plan::memory_bytes() const noexcept {
  return storage_->edits.capacity() * sizeof(Edit) + storage_->rewritten_text.capacity() +
         storage_->rewritten_index.memory_bytes();
}

std::string_view Plan::text_line(const Edit& edit, std::uint64_t index) const noexcept {
  const std::string_view store =
      edit.rewritten ? std::string_view(storage_->rewritten_text) : storage_->batch.text();
  const LineIndex& lines =
      edit.rewritten ? storage_->rewritten_index : storage_->batch.text_index();
  const std::uint64_t line = edit.first_text_line + index;
  const char* const begin = store.data() + lines.begin_of(line);
  // The last line of the whole result may have lost its terminator: the edit's text is the bound.
  const char* const end =
      std::min(store.data() + lines.begin_of(line + 1), edit.text.data() + edit.text.size());
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace firn
