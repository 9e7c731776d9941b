#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "firn/snapshot.h"

namespace firn {

/// Numbers lines so that equal lines have equal numbers: tokens. The lines of one text, the base,
/// are remembered by their place: the token of such a line is how many remembered lines stand in
/// front of the first that equals it, so that nothing has to be looked up to get from one to the
/// other. All other lines have the tokens behind those, in the order in which they first appear.
///
/// Layout, 4 bytes a slot, since what it costs is the memory it touches:
///
///     slot    tag | token + 1     the token in as many bits as a slot's number has; 0: free
class LineInterner {
 public:
  /// `base` and every line that is given must outlive it. REQUIRES base.line_count() < 2^31.
  explicit LineInterner(const Snapshot& base);

  /// Appends the tokens of lines `first` to `last` of the base and remembers where each stands.
  /// REQUIRES 1 <= first, first <= last + 1, last <= base.line_count(), and that neither it nor
  /// token_of() was called before. O(bytes), expected.
  void append_base_lines(std::uint64_t first, std::uint64_t last,
                         std::vector<std::uint32_t>& tokens);

  /// The token of a line that is not remembered. O(bytes), expected.
  [[nodiscard]] std::uint32_t token_of(std::string_view line);

  /// The token of a line that the base has; else one that no line has. O(bytes), expected.
  [[nodiscard]] std::uint32_t base_token_of(std::string_view line);

  /// The remembered line of `token`, if there is just one.
  [[nodiscard]] std::optional<std::uint64_t> only_line_of(std::uint32_t token) const noexcept {
    if (token >= is_repeated_.size() || is_repeated_[token] != 0) return std::nullopt;
    return first_line_ + token;
  }

  /// Tokens are below it.
  [[nodiscard]] std::uint32_t token_count() const noexcept {
    return static_cast<std::uint32_t>(is_repeated_.size() + other_lines_.size());
  }

 private:
  [[nodiscard]] std::string_view line_of(std::uint32_t token) const;
  [[nodiscard]] std::uint32_t tag_of(std::uint64_t hash) const {
    return static_cast<std::uint32_t>(hash >> 32U) & ~static_cast<std::uint32_t>(mask_);
  }
  /// REQUIRES a slot that is not free.
  [[nodiscard]] std::uint32_t token_in(std::uint32_t slot) const {
    return (slot & static_cast<std::uint32_t>(mask_)) - 1;
  }
  /// The slot that holds `line`, or the free one where it belongs.
  std::uint32_t& slot_of(std::string_view line, std::uint64_t hash);
  void resize(std::uint64_t slot_count);

  const LineIndex& base_index_;
  const char* base_bytes_;
  std::vector<std::uint32_t> slots_;
  std::uint64_t mask_ = 0;
  std::uint64_t first_line_ = 1;           ///< Of the remembered lines.
  std::vector<std::uint8_t> is_repeated_;  ///< Of each remembered line; 1: it stands again below.
  std::vector<std::string_view> other_lines_;  ///< Of the tokens behind the remembered lines.
};

}  // namespace firn
