#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/snapshot.h"

namespace firn {

/// A place between two characters, as the Language Server Protocol counts: both 0-based, the
/// column in UTF-16 code units. The line behind the last one is the end of the text.
struct TextPosition {
  std::uint64_t line = 0;
  std::uint64_t utf16_column = 0;

  friend auto operator<=>(const TextPosition&, const TextPosition&) = default;
};

/// Replaces what lies between two places of the frozen text. REQUIRES nothing; an edit that ends
/// before it starts is refused.
struct TextEdit {
  TextPosition start;
  TextPosition end;
  std::string_view new_text;
};

/// Lowers edits to a batch that has exactly their effect, one patch for each run of lines touched.
/// The order is the protocol's: several inserts at one place come out as they stand in the array,
/// and may be followed by one replacement that starts there.
///
/// Errors: line_out_of_range for a place the text does not have (nothing is clamped, though the
/// protocol would) or inside a surrogate pair; overlap, naming both edits by their index;
/// invalid_argument; malformed_text for a column in a line that is not UTF-8.
/// O(k log k + length of the lines touched).
[[nodiscard]] Result<Batch> batch_of_text_edits(const Snapshot& snapshot,
                                                std::span<const TextEdit> edits);

}  // namespace firn
