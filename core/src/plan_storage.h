#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firn/plan.h"

namespace firn {

struct Plan::Storage {
  Storage(Snapshot base, Batch asked) : snapshot(std::move(base)), batch(std::move(asked)) {}

  /// Begins another plan in the memory of this one.
  void begin_anew(const Snapshot& base, const Batch& asked) {
    snapshot = base;
    batch = asked;
    edits.clear();
    rewritten_text.clear();
    unterminated_line = 0;
    last_line_terminator = {};
  }

  Snapshot snapshot;
  Batch batch;
  std::vector<Edit> edits{};     ///< Descending.
  std::string rewritten_text{};  ///< Texts that need other line ends than the batch has.
  LineIndex rewritten_index{};
  std::uint64_t unterminated_line = 0;      ///< See Plan::unterminated_line().
  std::string_view last_line_terminator{};  ///< See Plan::last_line_terminator().
  std::uint64_t output_bytes = 0;
  std::uint64_t output_lines = 0;
};

}  // namespace firn
