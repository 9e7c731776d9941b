#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "firn/patched.h"
#include "firn/source_map.h"

namespace firn {

/// No less than write_mappings() writes: at worst every character of the base is a boundary.
[[nodiscard]] std::uint64_t max_mappings_size(const Patched& patched, MapDetail detail) noexcept;

/// Writes the "mappings" of a source map (ECMA-426, 5.1), patched line after patched line; gives
/// the end. REQUIRES as much room as max_mappings_size() says; for boundaries, a base of UTF-8.
/// O(lines of the result), and for boundaries O(bytes of untouched lines).
char* write_mappings(const Patched& patched, MapDetail detail, char* out);

}  // namespace firn
