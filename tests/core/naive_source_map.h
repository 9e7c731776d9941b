#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firn/patched.h"
#include "firn/source_map.h"

namespace firn_test {

/// A segment of "mappings", decoded: 0-based, in UTF-16 units; no base place when nothing is its
/// source.
struct MapSegment {
  std::int64_t column = 0;
  std::optional<std::pair<std::int64_t, std::int64_t>> base;

  friend bool operator==(const MapSegment&, const MapSegment&) = default;
};

/// ECMA-426 by the letter, line by line.
[[nodiscard]] std::vector<std::vector<MapSegment>> decoded_mappings(std::string_view mappings);

/// Every line must come from where provenance says, and with boundaries every place between two
/// ASCII characters of which not both are of one word or blank. Returns the first that does not, as
/// a sentence, or nothing. REQUIRES a base that is UTF-8 where the detail is `boundary`.
[[nodiscard]] std::string difference_from_provenance(const firn::Patched& patched,
                                                     firn::MapDetail detail);

}  // namespace firn_test
