#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace firn {

/// What a Myers search does to all diagonals of a step, as vector code.

/// A run of more equal lines than this is long.
inline constexpr std::int32_t kLongRun = 20;

/// Behind the last token of a sequence so many more can be read, whatever they are.
inline constexpr std::size_t kTokenPadding = 32;

/// Two token sequences, both padded, and the box of them that is searched from its first corner. A
/// diagonal is a place of the first minus a place of the second.
struct SearchBox {
  const std::uint32_t* before = nullptr;
  const std::uint32_t* after = nullptr;
  std::int32_t before_begin = 0;
  std::int32_t before_end = 0;
  std::int32_t after_begin = 0;
  std::int32_t after_end = 0;

  [[nodiscard]] std::int32_t lowest() const noexcept { return before_begin - after_end; }
  [[nodiscard]] std::int32_t highest() const noexcept { return before_end - after_begin; }
};

/// As many diagonals as a step may read and write behind its last.
inline constexpr std::int32_t kDiagonalPadding = 16;

/// Where the window of a diagonal begins that has none.
inline constexpr std::int32_t kNoWindow = -(std::int32_t{1} << 30);

/// One step of a walk: what it reads and writes, for every other diagonal.
struct WalkStep {
  const SearchBox* box;
  const std::int32_t* below;  ///< What the diagonal below each has reached; above is the next one.
  std::int32_t* reached;
  std::int32_t* window_begin;  ///< Where each diagonal was last looked at,
  std::uint32_t* window;       ///< and which of the 31 lines from there on are equal, as bits.
  std::int32_t first_diagonal;
  std::int32_t count;
};

/// Past one differing line, then along what is equal. Returns whether a run of it was long.
bool walk(const WalkStep& step);

/// Whether on any of `count` diagonals two walks from opposite corners, `distance` apart, have met:
/// `facing` descends as `ahead` ascends.
[[nodiscard]] bool any_meets(const std::int32_t* ahead, const std::int32_t* facing,
                             std::int32_t count, std::int32_t distance);

/// Whether the two have a token in common. O(a.size() * b.size()); REQUIRES `b` to be padded.
[[nodiscard]] bool share_a_token(std::span<const std::uint32_t> a,
                                 std::span<const std::uint32_t> b);

}  // namespace firn
