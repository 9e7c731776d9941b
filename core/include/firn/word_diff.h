#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firn/error.h"

namespace firn {

/// Bytes [begin, end) of a line, 0-based.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// `before` became `after`; one of them may be empty, not both.
struct WordChange {
  ByteRange before;
  ByteRange after;

  friend bool operator==(const WordChange&, const WordChange&) = default;
};

/// What of a changed line to mark, for display: ascending, with something equal between any two;
/// what lies outside is equal. A word or number is marked whole, as is a run of white space; of
/// anything else each character. Two changes with only white space between them are one. Any bytes
/// will do: those that are not UTF-8 count one by one.
///
/// Errors: limit_exceeded for lines of 2^31 tokens, or without memory. O(n) but for the comparison,
/// which is that of diff_lines() over the tokens and as bounded.
[[nodiscard]] Result<std::vector<WordChange>> changed_words(std::string_view before,
                                                            std::string_view after);

}  // namespace firn
