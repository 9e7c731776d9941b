#pragma once

#include <cstdint>
#include <span>

namespace firn {

/// What a Myers search does to all diagonals of a step, as vector code.

enum class WalkDirection : std::uint8_t { forward, backward };

/// A run of more equal lines than this is long.
inline constexpr std::int32_t kLongRun = 20;

/// Two token sequences and the region of them that is searched. A diagonal is a place of the first
/// minus a place of the second.
struct SearchArea {
  std::span<const std::uint32_t> before;
  std::span<const std::uint32_t> after;
  std::int32_t before_begin = 0;
  std::int32_t before_end = 0;
  std::int32_t after_begin = 0;
  std::int32_t after_end = 0;

  [[nodiscard]] std::int32_t lowest() const noexcept { return before_begin - after_end; }
  [[nodiscard]] std::int32_t highest() const noexcept { return before_end - after_begin; }
};

/// One step of a walk: what it reads and writes, for every other diagonal.
struct WalkStep {
  const SearchArea* area;
  const std::int32_t* below;  ///< What the diagonal below each has reached; above is the next one.
  std::int32_t* reached;
  std::int32_t* look_at;  ///< Nothing is equal between what is reached and here.
  std::int32_t first_diagonal;
  std::int32_t count;
};

/// Past one differing line, then along what is equal. Returns whether a run of it was long.
bool walk(WalkDirection direction, const WalkStep& step);

/// Whether `places`, for every other diagonal, all lie before the end of the area, or behind its
/// beginning.
[[nodiscard]] bool all_inside(WalkDirection direction, const SearchArea& area,
                              const std::int32_t* places, std::int32_t first_diagonal,
                              std::int32_t count);

/// Whether any of `count` places ahead is at or past the one behind.
[[nodiscard]] bool any_reaches(const std::int32_t* ahead, const std::int32_t* behind,
                               std::int32_t count);

}  // namespace firn
