#include "firn/error.h"

#include <algorithm>
#include <array>

namespace firn {

namespace {

struct Row {
  ErrorCode code{};
  std::string_view name;
  int law = 0;
};

constexpr std::array kTable = {
    Row{ErrorCode::malformed_json, "malformed_json", 0},
    Row{ErrorCode::malformed_batch, "malformed_batch", 0},
    Row{ErrorCode::malformed_diff, "malformed_diff", 0},
    Row{ErrorCode::malformed_text, "malformed_text", 0},
    Row{ErrorCode::invalid_argument, "invalid_argument", 0},
    Row{ErrorCode::snapshot_mismatch, "snapshot_mismatch", 1},
    Row{ErrorCode::line_out_of_range, "line_out_of_range", 1},
    Row{ErrorCode::order_violation, "order_violation", 2},
    Row{ErrorCode::snapshot_mutated, "snapshot_mutated", 3},
    Row{ErrorCode::insert_out_of_bounds, "insert_out_of_bounds", 4},
    Row{ErrorCode::overlap, "overlap", 5},
    Row{ErrorCode::stale_revision, "stale_revision", 6},
    Row{ErrorCode::snapshot_size_changed, "snapshot_size_changed", 7},
    Row{ErrorCode::expectation_failed, "expectation_failed", 0},
    Row{ErrorCode::hunk_failed, "hunk_failed", 0},
    Row{ErrorCode::ambiguous_placement, "ambiguous_placement", 0},
    Row{ErrorCode::unsafe_path, "unsafe_path", 0},
    Row{ErrorCode::binary_patch, "binary_patch", 0},
    Row{ErrorCode::limit_exceeded, "limit_exceeded", 0},
    Row{ErrorCode::merge_conflict, "merge_conflict", 0},
    Row{ErrorCode::disposed, "disposed", 0},
};

consteval bool rows_stand_at_their_number() {
  for (std::size_t row = 0; row < kTable.size(); ++row) {
    if (static_cast<std::size_t>(kTable[row].code) != row + 1) return false;
  }
  return true;
}
static_assert(rows_stand_at_their_number());

const Row& row_of(ErrorCode code) {
  static constexpr Row none{};  // An Error that nobody has filled in.
  const auto number = static_cast<std::size_t>(code);
  return number >= 1 && number <= kTable.size() ? kTable[number - 1] : none;
}

}  // namespace

std::string_view name_of(ErrorCode code) noexcept { return row_of(code).name; }

int law_of(ErrorCode code) noexcept { return row_of(code).law; }

InputPosition position_in(std::string_view input, std::uint64_t byte_offset) noexcept {
  const auto before = input.substr(0, static_cast<std::size_t>(byte_offset));
  const auto line_breaks = static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
  const auto last_break = before.rfind('\n');
  const auto line_begin = last_break == std::string_view::npos ? 0 : last_break + 1;
  return {.byte_offset = byte_offset,
          .line = line_breaks + 1,
          .byte_column = before.size() - line_begin + 1};
}

}  // namespace firn
