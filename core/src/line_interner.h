#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "firn/snapshot.h"

namespace firn {

/// Numbers lines in the order in which they first appear, so that equal lines have equal numbers:
/// tokens. Views are into the texts, which must outlive it.
class LineInterner {
 public:
  /// `expected_count` lines are numbered without growing.
  explicit LineInterner(std::uint64_t expected_count);

  /// Appends the tokens of lines `first` to `last` of `text` and remembers where each stands.
  /// REQUIRES 1 <= first, first <= last + 1, last <= text.line_count(). O(bytes), expected.
  void append_lines(const Snapshot& text, std::uint64_t first, std::uint64_t last,
                    std::vector<std::uint32_t>& tokens);

  /// The token of a line that is not remembered. O(bytes), expected.
  [[nodiscard]] std::uint32_t token_of(std::string_view line);

  /// The remembered line of `token`, if there is just one.
  [[nodiscard]] std::optional<std::uint64_t> only_line_of(std::uint32_t token) const noexcept {
    if (places_[token] == kNowhere || places_[token] == kManyPlaces) return std::nullopt;
    return places_[token];
  }

  /// Tokens are below it.
  [[nodiscard]] std::uint32_t token_count() const noexcept {
    return static_cast<std::uint32_t>(lines_.size());
  }

 private:
  /// Half of a line's hash; the other half says which slot.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t token_plus_one = 0;  ///< 0: free.
  };
  static constexpr std::uint32_t kNowhere = 0;  // Lines count from 1.
  static constexpr std::uint32_t kManyPlaces = 0xFFFFFFFF;

  std::uint32_t token_of(std::string_view line, std::uint64_t hash);
  Slot& slot_of(std::string_view line, std::uint64_t hash);
  void grow();

  std::vector<Slot> slots_;
  std::uint64_t mask_;
  std::vector<std::string_view> lines_;
  std::vector<std::uint32_t> places_;  ///< For each token.
};

}  // namespace firn
