#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "firn/snapshot.h"
#include "hunk_pattern.h"

namespace firn {

/// The lines of a text by their hashes, and a rolling hash over them: whether a hunk may lie at a
/// line is told in O(1), and only lines that hold its rarest line come into question.
/// Lines are hashed as `matcher` compares them.
class PlaceIndex {
 public:
  /// O(bytes + n), unless hashes were made to collide. REQUIRES `text` to outlive it.
  PlaceIndex(const Snapshot& text, const LineMatcher& matcher);

  struct Line {
    std::uint64_t hash = 0;
    std::uint64_t line = 0;  ///< From 1.

    [[nodiscard]] std::int64_t signed_line() const { return static_cast<std::int64_t>(line); }
  };

  struct Pattern {
    std::uint64_t hash = 0;
    std::uint64_t power = 0;               ///< What the text in front of the pattern weighs.
    std::uint64_t size = 0;                ///< In lines.
    std::uint64_t rarest = 0;              ///< 0-based, from its first line.
    std::span<const Line> rarest_lines{};  ///< Where that one is in the text, ascending.
  };
  /// The lines of a pattern, hashed and looked up once for all parts of it.
  struct PatternLines {
    std::vector<std::uint64_t> rolled;          ///< Of the first i lines.
    std::vector<std::uint64_t> powers;          ///< What i lines weigh.
    std::vector<std::span<const Line>> places;  ///< Where each line is in the text, ascending.
  };
  /// O(their bytes + m log n).
  [[nodiscard]] PatternLines hashed(std::span<const std::string_view> lines) const;

  /// Lines `begin` to `end` of them, 0-based, half-open, of which `rarest` is the rarest. O(1).
  [[nodiscard]] static Pattern part_of(const PatternLines& lines, std::uint64_t begin,
                                       std::uint64_t end, std::uint64_t rarest);

  /// False where the pattern cannot begin. REQUIRES it to end within the text.
  [[nodiscard]] bool may_match(const Pattern& pattern, std::uint64_t line) const noexcept {
    return rolled_[line - 1 + pattern.size] - rolled_[line - 1] * pattern.power == pattern.hash;
  }

 private:
  LineMatcher matcher_;
  std::vector<Line> by_hash_;          ///< By hash, then by line.
  std::vector<std::uint64_t> rolled_;  ///< Of the first i lines.
};

}  // namespace firn
