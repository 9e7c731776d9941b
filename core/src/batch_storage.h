#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firn/batch.h"

namespace firn {

/// Patches hold views into `text` and `quotes`, so neither may move once they are made; those of a
/// selection are of the storage that it was selected from.
struct Batch::Storage {
  std::vector<Patch> patches{};
  std::string text{};    ///< New lines of all patches, each ended by LF.
  std::string quotes{};  ///< Ids and expected texts.
  LineIndex text_index{};
  std::string id{};
  std::string file{};
  Base base{};
  std::optional<std::uint64_t> revision{};
  std::shared_ptr<const Storage> selected_from{};  ///< Null: its texts are its own.

  [[nodiscard]] const Storage& texts() const noexcept {
    return selected_from ? *selected_from : *this;
  }
};

}  // namespace firn
