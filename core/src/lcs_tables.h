#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "changed_lines.h"

namespace firn {

/// Regions that are small for what differs in them, solved as a whole: where next to nothing is
/// equal a walk looks at most pairs of lines, one diagonal after another, and each step waits for
/// the one before.
///
/// A table holds the longest common subsequence of every prefix of one sequence with every prefix
/// of the other, a bit a cell, so that a row of 64 cells is one addition: H. Hyyrö, "Bit-parallel
/// LCS-length computation revisited", 2004.
///
///     before\after     a b c d e ...
///           x          1 0 1 1 0        row of x: clear where the subsequence grows
///
/// From one table for each corner the point is read where the two walks of a Myers search from
/// there would meet. Each half has one of them already, and gets one for its new corner.

/// Behind the last token of `after` so many more can be read, whatever they are.
inline constexpr std::size_t kTablePadding = 64;

/// Two token sequences, each in both directions, `after` padded in both.
struct TablesInput {
  const std::uint32_t* before = nullptr;
  const std::uint32_t* after = nullptr;
  const std::uint32_t* after_from_end = nullptr;
  std::int32_t before_size = 0;
  std::int32_t after_size = 0;
};

/// What is used again from one region to the next.
struct TablesMemory {
  std::vector<std::uint64_t> matches;
  std::vector<std::uint64_t> tables;
  std::vector<Region> differing;
};

/// The parts of the input that have nothing in common, ascending, in places that count from its
/// beginning: those that a Myers search in linear space, from both corners and without bound, is
/// left with. They lie in `memory`. REQUIRES that the first tokens differ, and the last, and that
/// neither sequence is empty. O(before_size * after_size / 64).
[[nodiscard]] std::span<const Region> solve_by_tables(const TablesInput& input,
                                                      TablesMemory& memory);

}  // namespace firn
