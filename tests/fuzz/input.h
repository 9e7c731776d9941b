#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "case.h"
#include "naive_text.h"

namespace firn_test {

/// Ends the settings of an input and each of its texts: a byte that nothing in Firn looks at.
inline constexpr char kRecordSeparator = '\x1E';

/// What a fuzzer hands to a target, in a form that people can write and a mutator can change a
/// piece of: settings, then texts, with a record separator before each.
///
///     "12" RS "base\n" RS "ours\n" RS "theirs\n"
///
/// Any bytes are an input. Each text lies in a heap block of exactly its size, so that the
/// sanitizer sees who reads past its end.
class Input {
 public:
  explicit Input(std::string_view bytes);

  /// The next setting as a number below `bound`: of a digit its value; 0 where there is none.
  std::uint64_t setting(std::uint64_t bound);
  template <typename Enumeration>
  Enumeration setting_of(std::uint64_t count) {
    return static_cast<Enumeration>(setting(count));
  }

  [[nodiscard]] std::size_t text_count() const { return texts_.size(); }

  /// Text `index`, 0-based; empty where there is none.
  [[nodiscard]] std::string_view text(std::size_t index) const;

 private:
  std::string_view settings_;
  std::vector<ExactCopy> texts_;
};

/// Patches for a text of `line_count` lines, one a line of `notation`: what to do (= replace,
/// - delete, + insert), at which line and over how many beyond it (a character each, counted from
/// '0', the line modulo those that are there), how (a character whose bits are HowBits), then the
/// new text, in which | is LF and ~ CR LF. Any bytes are patches.
[[nodiscard]] std::vector<PatchCase> patches_in(std::string_view notation, std::string_view text);

enum HowBits : unsigned {
  kVerbatim = 1,
  kAsLines = 2,      ///< Given as lines, not as a text; never verbatim.
  kExpect = 4,       ///< With the lines that it replaces, as they are.
  kExpectOther = 8,  ///< With other lines.
  kPastTheEnd = 16,  ///< The line is not brought back into the text.
};

}  // namespace firn_test
