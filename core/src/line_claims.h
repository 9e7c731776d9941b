#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "firn/batch.h"
#include "firn/options.h"

namespace firn {

/// Which patch holds which line, for law 5. Patches are shown in batch order; a later one that
/// wants a line already held is in conflict with its holder.
///
/// Kept as the union of what ranges hold, as maximal runs, and for each line where a run grew,
/// who made it grow. Runs only merge, so k patches cost O(k log k) whatever their shape.
class LineClaims {
 public:
  struct Conflict {
    std::uint64_t line = 0;         ///< The smallest line that both touch.
    std::uint32_t patch_index = 0;  ///< The earliest patch that holds it.
  };

  explicit LineClaims(Ties ties) noexcept : ties_(ties) {}

  /// The conflict of `patch` with what is held; nothing when it is free.
  [[nodiscard]] std::optional<Conflict> conflict_of(const Patch& patch) const;

  /// Makes `patch` hold its lines, those that nobody held before it.
  void claim(const Patch& patch, std::uint32_t patch_index);

 private:
  [[nodiscard]] std::optional<Conflict> range_over(std::uint64_t first, std::uint64_t last) const;
  void claim_range(std::uint64_t first, std::uint64_t last, std::uint32_t patch_index);

  Ties ties_;
  std::map<std::uint64_t, std::uint64_t> runs_;     ///< first line -> last line; never adjacent.
  std::map<std::uint64_t, std::uint32_t> holders_;  ///< first line -> who holds from there.
  std::map<std::uint64_t, std::uint32_t> inserts_;  ///< keep_order: line -> its first insert.
};

}  // namespace firn
