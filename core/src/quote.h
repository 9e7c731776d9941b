#pragma once

#include <string>
#include <string_view>

#include "firn/batch.h"
#include "firn/error.h"

namespace firn {

/// `text` cut to `max_bytes` at a UTF-8 boundary, then "…" when it was cut.
[[nodiscard]] std::string cut(std::string_view text, std::size_t max_bytes = kMaxQuotedBytes);

/// A short text in double quotes for a message. Quotes, controls and what would turn the reading
/// direction round are escaped, so that a message is safe to print.
[[nodiscard]] std::string quoted(std::string_view text);

/// "patches[3]", or "patches[3] ("id")".
[[nodiscard]] std::string name_of(const PatchRef& patch);

/// "line 4" or "lines 4-6".
[[nodiscard]] std::string line_span(std::uint64_t first, std::uint64_t last);

/// "1 line", "2 lines", "2 patches".
[[nodiscard]] std::string count_of(std::uint64_t count, std::string_view noun);

}  // namespace firn
