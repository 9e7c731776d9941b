#include "firn/batch.h"

#include <utility>
#include <vector>

#include "batch_storage.h"

namespace firn {

std::string_view name_of(Op op) noexcept {
  switch (op) {
    case Op::replace_lines:
      return "replace";
    case Op::delete_lines:
      return "delete";
    case Op::insert_lines:
      return "insert";
  }
  return "";
}

Batch::Batch() : Batch(std::make_shared<const Storage>()) {}

Batch::Batch(std::shared_ptr<const Storage> storage) noexcept : storage_(std::move(storage)) {}

std::span<const Patch> Batch::patches() const noexcept { return storage_->patches; }

std::string_view Batch::id() const noexcept { return storage_->id; }

std::string_view Batch::file() const noexcept { return storage_->file; }

const Base& Batch::base() const noexcept { return storage_->base; }

std::optional<std::uint64_t> Batch::revision() const noexcept { return storage_->revision; }

std::string_view Batch::text() const noexcept { return storage_->text; }

const LineIndex& Batch::text_index() const noexcept { return storage_->text_index; }

std::uint64_t Batch::memory_bytes() const noexcept {
  const Storage& held = *storage_;
  return held.patches.capacity() * sizeof(Patch) + held.text.capacity() + held.quotes.capacity() +
         held.text_index.memory_bytes() + held.id.capacity() + held.file.capacity();
}

PatchRef Batch::ref(std::uint64_t index) const {
  return {.index = index, .id = std::string(patches()[index].id)};
}

}  // namespace firn
