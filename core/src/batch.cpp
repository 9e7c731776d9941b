#include "firn/batch.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "batch_storage.h"
#include "concat.h"

namespace firn {

namespace {

Error no_such_patch(std::uint64_t place, std::uint64_t patch_count) {
  return {.code = ErrorCode::invalid_argument,
          .message = concat("there is no patch at place ", place, ": the batch has ", patch_count,
                            ", counted from 0"),
          .limit = patch_count};
}

Error selected_twice(PatchRef patch) {
  return {.code = ErrorCode::invalid_argument,
          .message = concat("the patch at place ", patch.index, " is selected twice"),
          .patch = std::move(patch)};
}

}  // namespace

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

std::string_view Batch::text() const noexcept { return storage_->texts().text; }

const LineIndex& Batch::text_index() const noexcept { return storage_->texts().text_index; }

Result<Batch> Batch::select(std::span<const std::uint32_t> places) const {
  const std::span<const Patch> all = patches();
  auto selection = std::make_shared<Storage>(Storage{.id = storage_->id,
                                                     .file = storage_->file,
                                                     .base = storage_->base,
                                                     .revision = storage_->revision});
  selection->selected_from = storage_->selected_from ? storage_->selected_from : storage_;
  selection->patches.reserve(std::min(places.size(), all.size()));
  std::vector<bool> taken(all.size());
  for (const std::uint32_t place : places) {
    if (place >= all.size()) return std::unexpected(no_such_patch(place, all.size()));
    if (taken[place]) return std::unexpected(selected_twice(ref(place)));
    taken[place] = true;
    selection->patches.push_back(all[place]);
  }
  return Batch(std::move(selection));
}

std::uint64_t Batch::memory_bytes() const noexcept {
  const auto size_of = [](const Storage& storage) {
    return storage.patches.capacity() * sizeof(Patch) + storage.text.capacity() +
           storage.quotes.capacity() + storage.text_index.memory_bytes() + storage.id.capacity() +
           storage.file.capacity();
  };
  return size_of(*storage_) + (storage_->selected_from ? size_of(*storage_->selected_from) : 0);
}

PatchRef Batch::ref(std::uint64_t index) const {
  return {.index = index, .id = std::string(patches()[index].id)};
}

}  // namespace firn
