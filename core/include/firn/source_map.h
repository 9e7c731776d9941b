#pragma once

#include <cstdint>
#include <string_view>

#include "firn/patched.h"

namespace firn {

/// How finely a source map tells where text comes from.
enum class MapDetail : std::uint8_t {
  line,      ///< Where each line comes from.
  boundary,  ///< Where each word, run of blanks and other character comes from.
};

struct SourceMapStyle {
  std::string_view file{};    ///< Name of the patched text; left out when empty.
  std::string_view source{};  ///< Name of the base; the batch's file, or "", when empty.
  bool with_content = true;   ///< Put the base into "sourcesContent".
  MapDetail detail = MapDetail::line;
};

/// The map from the patched text back to its base, as JSON (ECMA-426, "Source map format"): a line
/// of the base maps to itself, a line that a patch wrote to nothing. Lines end with LF; columns are
/// UTF-16 code units, and a byte order mark is one. No text is compared. REQUIRES names that are
/// UTF-8.
/// Errors: malformed_text, with the line, for a base that is not UTF-8 and that the map holds or
/// has boundaries in: there are no columns to tell. limit_exceeded without memory. O(lines of the
/// result + content), and for `boundary` O(bytes of untouched lines).
[[nodiscard]] Result<Bytes> source_map(const Patched& patched, const SourceMapStyle& style = {});

/// Its "mappings" alone, for whoever has the texts and the names at hand and makes the rest.
/// Errors and cost as above, of a map without content.
[[nodiscard]] Result<Bytes> mappings(const Patched& patched, MapDetail detail = MapDetail::line);

}  // namespace firn
