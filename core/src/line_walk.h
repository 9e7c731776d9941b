#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "firn/patched.h"
#include "firn/plan.h"

namespace firn {

/// Walks the lines of a patched text downwards, knowing for each whether a patch wrote it or which
/// line of the base it is. The one place where patched lines meet base lines: every view of
/// Patched that speaks of lines goes through here. REQUIRES the plan to outlive the walk.
class LineWalk {
 public:
  /// Stands at `line`. REQUIRES 1 <= line <= plan.output_lines() + 1. O(log k).
  LineWalk(const Plan& plan, std::uint64_t line) noexcept;

  /// The patch that wrote the line; null when it is the base's. O(1).
  [[nodiscard]] const Edit* writer() const noexcept;

  /// The line of the base. REQUIRES no writer(). O(1).
  [[nodiscard]] std::uint64_t base_line() const noexcept;

  /// Content and terminator as the result has them. REQUIRES a line to stand at. O(1).
  [[nodiscard]] Patched::LineParts parts() const noexcept;

  /// Goes one line down. O(1) amortised over the edits passed.
  void advance() noexcept;

 private:
  const Plan& plan_;
  std::span<const Edit> edits_;  ///< Descending.
  std::size_t later_ = 0;        ///< How many edits begin below the line.
  std::uint64_t line_;
};

}  // namespace firn
