#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "firn/batch.h"
#include "firn/diff.h"
#include "firn/error.h"
#include "firn/file_diff.h"
#include "firn/history.h"
#include "firn/line_range.h"
#include "firn/merge.h"
#include "firn/options.h"
#include "firn/place.h"
#include "firn/source_map.h"
#include "firn/stack.h"

/// JavaScript's numbers as core takes them, for both bindings (native/node, wasm). js/engine has
/// checked them before and says it better; here any double is either what core REQUIRES or
/// invalid_argument.
namespace firn::js {

/// A whole number from 0 to 2^53 - 1.
[[nodiscard]] inline bool is_count(double number) noexcept {
  // Not a number compares as false, so only what fits is converted.
  return number >= 0 && number <= static_cast<double>(kMaxCount) &&
         static_cast<double>(static_cast<std::int64_t>(number)) == number;
}

[[nodiscard]] inline std::unexpected<Error> out_of_bounds() {
  return std::unexpected(
      Error{.code = ErrorCode::invalid_argument, .message = "a number is out of its bounds"});
}

[[nodiscard]] inline Result<std::uint64_t> count_in(double number) {
  if (!is_count(number)) return out_of_bounds();
  return static_cast<std::uint64_t>(number);
}

/// Crosses in the place of a number that there is not: NOT_GIVEN in js/engine's binding.ts.
inline constexpr double kNotGiven = -1;

[[nodiscard]] inline Result<std::optional<std::uint64_t>> optional_in(double number) {
  if (number == kNotGiven) return std::optional<std::uint64_t>{};
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

/// Numbers that the first one counts, itself included: those behind it.
[[nodiscard]] inline std::span<const double> counted(std::span<const double> numbers) noexcept {
  if (numbers.empty() || !is_count(numbers[0]) || numbers[0] < 1 ||
      numbers[0] > static_cast<double>(numbers.size())) {
    return {};
  }
  return numbers.subspan(1, static_cast<std::size_t>(numbers[0]) - 1);
}

/// The enumerator at place `number`, or nothing behind `last`.
template <typename Enum>
[[nodiscard]] inline std::optional<Enum> enum_in(double number, Enum last) noexcept {
  if (!is_count(number) || number > static_cast<double>(last)) return std::nullopt;
  return static_cast<Enum>(number);
}

[[nodiscard]] inline Result<ApplyOptions> options_in(double policy, double ties, double revision) {
  const auto given_policy = enum_in(policy, Policy::best_effort);
  const auto given_ties = enum_in(ties, Ties::keep_order);
  const auto given_revision = optional_in(revision);
  if (!given_policy || !given_ties || !given_revision) return out_of_bounds();
  return ApplyOptions{.policy = *given_policy, .ties = *given_ties, .revision = *given_revision};
}

[[nodiscard]] inline Result<DiffOptions> diff_options_in(double algorithm, double slide) {
  const auto given_algorithm = enum_in(algorithm, DiffAlgorithm::minimal);
  const auto given_slide = enum_in(slide, Slide::indent);
  if (!given_algorithm || !given_slide) return out_of_bounds();
  return DiffOptions{.algorithm = *given_algorithm, .slide = *given_slide};
}

/// All but the labels.
[[nodiscard]] inline Result<MergeOptions> merge_options_in(double style, double favor,
                                                           double marker_size) {
  const auto given_style = enum_in(style, ConflictStyle::zdiff3);
  const auto given_favor = enum_in(favor, Favor::both);
  if (!given_style || !given_favor || !is_count(marker_size) || marker_size < 1 ||
      marker_size > kMaxMarkerSize) {
    return out_of_bounds();
  }
  MergeOptions options;
  options.style = *given_style;
  options.favor = *given_favor;
  options.marker_size = static_cast<std::uint32_t>(marker_size);
  return options;
}

[[nodiscard]] inline Result<PlaceOptions> place_options_in(double placement, double max_fuzz,
                                                           double white_space,
                                                           bool ignore_line_ends, bool reverse,
                                                           double policy) {
  const auto given_placement = enum_in(placement, Placement::fuzzy);
  const auto given_fuzz = count_in(max_fuzz);
  const auto given_white_space = enum_in(white_space, WhiteSpace::ignore_amount);
  const auto given_policy = enum_in(policy, Policy::best_effort);
  if (!given_placement || !given_fuzz || !given_white_space || !given_policy) {
    return out_of_bounds();
  }
  return PlaceOptions{.placement = *given_placement,
                      .max_fuzz = *given_fuzz,
                      .white_space = *given_white_space,
                      .ignore_line_ends = ignore_line_ends,
                      .reverse = reverse,
                      .policy = *given_policy};
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

[[nodiscard]] inline Result<StackOptions> stack_options_in(double revision, double max_collisions) {
  const auto given_revision = optional_in(revision);
  const auto given_collisions = count_in(max_collisions);
  if (!given_revision || !given_collisions) return out_of_bounds();
  return StackOptions{.revision = *given_revision, .max_collisions = *given_collisions};
}

[[nodiscard]] inline Result<AppendOptions> append_options_in(double policy, double ties) {
  const auto given_policy = enum_in(policy, Policy::best_effort);
  const auto given_ties = enum_in(ties, Ties::keep_order);
  if (!given_policy || !given_ties) return out_of_bounds();
  return AppendOptions{.policy = *given_policy, .ties = *given_ties};
}

[[nodiscard]] inline Result<MapDetail> map_detail_in(double detail) {
  const auto given_detail = enum_in(detail, MapDetail::boundary);
  if (!given_detail) return out_of_bounds();
  return *given_detail;
}

/// The file at 0-based `index` of a diff.
[[nodiscard]] inline Result<const FileDiff*> file_in(const Diff& diff, double index) {
  if (!is_count(index) || index >= static_cast<double>(diff.files().size())) return out_of_bounds();
  return &diff.files()[static_cast<std::size_t>(index)];
}

}  // namespace firn::js
