#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace firn_test {

/// Applies a unified diff of one file as a person would: every hunk exactly where it says, every
/// context and removed line equal to the byte, line counts as announced. What does not fit is an
/// error that says why.
[[nodiscard]] std::expected<std::string, std::string> apply_diff(std::string_view base,
                                                                 std::string_view diff);

}  // namespace firn_test
