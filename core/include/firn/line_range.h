#pragma once

#include <cstdint>

namespace firn {

/// Lines `from` to `to`, 1-based, both included; `to` is one less than `from` when there are none.
struct LineRange {
  std::uint64_t from = 1;
  std::uint64_t to = 0;

  [[nodiscard]] std::uint64_t line_count() const noexcept { return to + 1 - from; }
  friend bool operator==(const LineRange&, const LineRange&) = default;
};

}  // namespace firn
