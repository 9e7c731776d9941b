#pragma once

#include <cstdint>
#include <string_view>

#include "firn/unified_diff.h"
#include "numbers.h"

namespace firn::js {

/// How a unified diff is written, as it crosses; -1 for what is not given.
struct DiffStyleNumbers {
  double context_lines = 3;
  double function_names = 0;  ///< One more than core has: by the file's name.
  double git_kind = -1;       ///< Not given: no git header.
  double old_mode = -1;
  double new_mode = -1;
  double similarity_percent = -1;
};

/// The paths of a git header are the names of a diff without.
struct DiffStyleTexts {
  std::string_view old_name{};
  std::string_view new_name{};
  std::string_view old_blob{};
  std::string_view new_blob{};
};

[[nodiscard]] inline Result<std::optional<std::uint32_t>> small_in(double number,
                                                                   std::uint32_t largest) {
  const auto given = optional_in(number);
  if (!given || given->value_or(0) > largest) return out_of_bounds();
  if (!*given) return std::optional<std::uint32_t>{};
  return static_cast<std::uint32_t>(**given);
}

[[nodiscard]] inline Result<std::optional<GitHeader>> git_header_in(const DiffStyleNumbers& numbers,
                                                                    const DiffStyleTexts& texts) {
  if (numbers.git_kind == kNotGiven) return std::optional<GitHeader>{};
  const auto kind = enum_in(numbers.git_kind, FileDiff::Kind::copy);
  const auto old_mode = small_in(numbers.old_mode, kMaxFileMode);
  const auto new_mode = small_in(numbers.new_mode, kMaxFileMode);
  const auto similarity = small_in(numbers.similarity_percent, 100);
  if (!kind || !old_mode || !new_mode || !similarity) return out_of_bounds();
  return GitHeader{.kind = *kind,
                   .old_path = texts.old_name,
                   .new_path = texts.new_name,
                   .old_mode = *old_mode,
                   .new_mode = *new_mode,
                   .similarity_percent = *similarity,
                   .old_blob = texts.old_blob,
                   .new_blob = texts.new_blob};
}

/// `file` is the name that the batch gives the file.
[[nodiscard]] inline Result<DiffStyle> diff_style_in(const DiffStyleNumbers& numbers,
                                                     const DiffStyleTexts& texts,
                                                     std::string_view file) {
  constexpr double kByFileName = static_cast<double>(FunctionNames::css) + 1;
  const auto context_lines = count_in(numbers.context_lines);
  const auto git = git_header_in(numbers, texts);
  const bool by_name = numbers.function_names == kByFileName;
  const auto function_names = by_name ? function_names_of(!texts.new_name.empty()   ? texts.new_name
                                                          : !texts.old_name.empty() ? texts.old_name
                                                                                    : file)
                                      : enum_in(numbers.function_names, FunctionNames::css);
  if (!context_lines || !git || !function_names) return out_of_bounds();
  return DiffStyle{.context_lines = *context_lines,
                   .old_name = texts.old_name,
                   .new_name = texts.new_name,
                   .function_names = *function_names,
                   .git = *git};
}

}  // namespace firn::js
