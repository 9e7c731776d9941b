#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firn/batch.h"
#include "firn/snapshot.h"

namespace firn {

/// Lawful, but worth a look.
enum class WarningCode : std::uint8_t {
  no_effect,            ///< The patch leaves the text as it is.
  line_ends_converted,  ///< The patch was written with CR LF, the file has LF there.
};

[[nodiscard]] std::string_view name_of(WarningCode code) noexcept;

struct Warning {
  WarningCode code{};
  PatchRef patch{};
  std::string message{};
};

/// Layer 1, semantics: what a batch means. Counts are over all patches, lawful or not.
struct Analysis {
  std::uint64_t replace_count = 0;
  std::uint64_t delete_count = 0;
  std::uint64_t insert_count = 0;
  std::uint64_t lines_removed = 0;   ///< Lines of the snapshot replaced or deleted.
  std::uint64_t lines_added = 0;     ///< Lines of new text.
  std::int64_t net_line_growth = 0;  ///< lines_added - lines_removed.
  std::uint64_t first_line = 0;      ///< The smallest line named; 0 when there is no patch.
  std::uint64_t last_line = 0;       ///< The largest line named; 0 when there is no patch.
  std::vector<Warning> warnings{};   ///< In batch order.
};

/// Reads `batch` against `snapshot`; changes and refuses nothing. O(k + text).
[[nodiscard]] Analysis analyze(const Snapshot& snapshot, const Batch& batch);

}  // namespace firn
