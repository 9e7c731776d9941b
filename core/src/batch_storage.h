#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firn/batch.h"

namespace firn {

/// Patches hold views into `text` and `quotes`, so neither may move once they are made.
struct Batch::Storage {
  std::vector<Patch> patches{};
  std::string text{};    ///< New lines of all patches, each ended by LF.
  std::string quotes{};  ///< Ids and expected texts.
  LineIndex text_index{};
  std::string id{};
  std::string file{};
  Base base{};
  std::optional<std::uint64_t> revision{};
};

}  // namespace firn
