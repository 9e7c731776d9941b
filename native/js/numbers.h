#pragma once

#include <cstdint>
#include <optional>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/options.h"
#include "firn/patched.h"

/// JavaScript's numbers as core takes them, for both bindings (native/node, wasm). js/engine has
/// checked them before and says it better; here any double is either what core REQUIRES or
/// invalid_argument.
namespace firn::js {

/// A whole number from 0 to 2^53 - 1.
[[nodiscard]] inline bool is_count(double number) noexcept {
  // Not a number compares as false, so only what fits is converted.
  return number >= 0 && number <= static_cast<double>(kMaxCount) &&
         static_cast<double>(static_cast<std::uint64_t>(number)) == number;
}

[[nodiscard]] inline std::unexpected<Error> out_of_bounds() {
  return std::unexpected(
      Error{.code = ErrorCode::invalid_argument, .message = "a number is out of its bounds"});
}

[[nodiscard]] inline Result<std::uint64_t> count_in(double number) {
  if (!is_count(number)) return out_of_bounds();
  return static_cast<std::uint64_t>(number);
}

/// Numbers that are not given cross as -1.
[[nodiscard]] inline Result<std::optional<std::uint64_t>> optional_in(double number) {
  if (number == -1) return std::optional<std::uint64_t>{};
  return count_in(number);
}

/// Line `line` of a text of `line_count` lines; nothing when there is no such line.
[[nodiscard]] inline std::optional<std::uint64_t> line_in(double line,
                                                          std::uint64_t line_count) noexcept {
  if (!is_count(line) || line < 1 || line > static_cast<double>(line_count)) return std::nullopt;
  return static_cast<std::uint64_t>(line);
}

/// Lines of a text of `line_count` lines; `to` = `from` - 1 is none of them.
[[nodiscard]] inline Result<LineRange> range_in(double from, double to, std::uint64_t line_count) {
  if (!is_count(from) || !is_count(to) || from < 1 || from - 1 > to ||
      to > static_cast<double>(line_count)) {
    return out_of_bounds();
  }
  return LineRange{.from = static_cast<std::uint64_t>(from), .to = static_cast<std::uint64_t>(to)};
}

[[nodiscard]] inline Result<ApplyOptions> options_in(double policy, double ties, double revision) {
  const auto given = optional_in(revision);
  if (!given || !is_count(policy) || policy > static_cast<double>(Policy::best_effort) ||
      !is_count(ties) || ties > static_cast<double>(Ties::keep_order)) {
    return out_of_bounds();
  }
  return ApplyOptions{
      .policy = static_cast<Policy>(policy), .ties = static_cast<Ties>(ties), .revision = *given};
}

[[nodiscard]] inline Result<Limits> limits_in(double batch_bytes, double patches, double text_lines,
                                              double nesting) {
  const auto given_bytes = optional_in(batch_bytes);
  const auto given_patches = optional_in(patches);
  const auto given_lines = optional_in(text_lines);
  const auto given_nesting = optional_in(nesting);
  if (!given_bytes || !given_patches || !given_lines || !given_nesting) return out_of_bounds();
  Limits limits;
  limits.batch_bytes = given_bytes->value_or(limits.batch_bytes);
  limits.patches = given_patches->value_or(limits.patches);
  limits.text_lines = given_lines->value_or(limits.text_lines);
  limits.nesting = given_nesting->value_or(limits.nesting);
  return limits;
}

}  // namespace firn::js
