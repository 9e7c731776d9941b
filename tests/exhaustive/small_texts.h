#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace firn_test {

/// How all lines of a small text end, and whether the last one does.
struct LineEnds {
  std::string_view terminator;
  bool last_is_bare = false;
};

inline constexpr LineEnds kLf{.terminator = "\n"};
inline constexpr LineEnds kCrLf{.terminator = "\r\n"};
inline constexpr LineEnds kLfBare{.terminator = "\n", .last_is_bare = true};
inline constexpr LineEnds kCrLfBare{.terminator = "\r\n", .last_is_bare = true};

/// Every text of exactly `line_count` lines, each of them one of `contents`, under each of the line
/// ends: no text twice. One that ends in an empty line without terminator has a line less, and is
/// not among them.
[[nodiscard]] std::vector<std::string> texts_of(std::size_t line_count,
                                                std::span<const std::string_view> contents,
                                                std::span<const LineEnds> all_ends);

/// The same of 0 to `max_line_count` lines.
[[nodiscard]] std::vector<std::string> texts_up_to(std::size_t max_line_count,
                                                   std::span<const std::string_view> contents,
                                                   std::span<const LineEnds> all_ends);

}  // namespace firn_test
