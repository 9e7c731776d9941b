#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace firn {

/// Every way in which Firn says no. One table for every target: bindings translate it, nothing
/// else. Names and laws are in error.cpp; the numbers are part of the C ABI and never change.
enum class ErrorCode : std::uint8_t {
  malformed_json = 1,     ///< The batch is not JSON.
  malformed_batch = 2,    ///< JSON, but not a batch.
  malformed_diff = 3,     ///< Not a unified diff.
  malformed_text = 4,     ///< Text that has no faithful UTF-8 form, or bytes that are not UTF-8.
  invalid_argument = 5,   ///< A call that breaks the function's own contract.
  snapshot_mismatch = 6,  ///< Law 1: the batch was made for another text.
  line_out_of_range = 7,  ///< Law 1: a line the snapshot does not have.
  order_violation = 8,    ///< Law 2: edits that are not strictly descending.
  snapshot_mutated = 9,   ///< Law 3: the frozen bytes changed.
  insert_out_of_bounds = 10,   ///< Law 4: an insert past line_count + 1.
  overlap = 11,                ///< Law 5: two patches touch one line.
  stale_revision = 12,         ///< Law 6: the batch was made for another revision.
  snapshot_size_changed = 13,  ///< Law 7: the snapshot's lines or bytes are not as many as before.
  expectation_failed = 14,     ///< The lines do not hold what the patch expects.
  hunk_failed = 15,            ///< A hunk fits nowhere.
  ambiguous_placement = 16,    ///< A hunk fits two places equally well.
  unsafe_path = 17,            ///< A file name that leaves the root.
  binary_patch = 18,           ///< A patch of bytes that are not lines.
  limit_exceeded = 19,         ///< A stated limit, or the memory, was not enough.
  merge_conflict = 20,         ///< Two sides changed the same lines.
  disposed = 21,               ///< The handle was disposed.
};

/// The stable name, such as "line_out_of_range".
[[nodiscard]] std::string_view name_of(ErrorCode code) noexcept;

/// The law (1 to 7) that an error of this code reports, or 0.
[[nodiscard]] int law_of(ErrorCode code) noexcept;

/// Which patch of a batch: its 0-based place in the order given, and its id (empty: none).
struct PatchRef {
  std::uint64_t index = 0;
  std::string id{};

  friend bool operator==(const PatchRef&, const PatchRef&) = default;
};

/// Which hunk of a file's diff, and where it begins in the diff.
struct HunkRef {
  std::uint64_t index = 0;      ///< 0-based, in the order of the diff.
  std::uint64_t diff_line = 0;  ///< From 1.

  friend bool operator==(const HunkRef&, const HunkRef&) = default;
};

/// A place in untrusted input (JSON or a diff). The offset is 0-based; line and column count
/// from 1, the column in bytes.
struct InputPosition {
  std::uint64_t byte_offset = 0;
  std::uint64_t line = 0;
  std::uint64_t byte_column = 0;
};

/// The place of `byte_offset` in `input`. O(byte_offset).
[[nodiscard]] InputPosition position_in(std::string_view input, std::uint64_t byte_offset) noexcept;

/// One refusal as data: what, where, and the bound. Fields that do not apply are empty.
struct Error {
  ErrorCode code{};
  std::string message{};            ///< One sentence; for people, and the same everywhere.
  std::optional<PatchRef> patch{};  ///< The patch refused.
  /// overlap: the earlier patch that holds the line; see kMaxQuotedBytesOfReport of its id.
  std::optional<PatchRef> other{};
  std::optional<std::uint64_t> line{};   ///< 1-based line of the snapshot.
  std::optional<std::uint64_t> limit{};  ///< The bound that was passed.
  std::optional<HunkRef> hunk{};         ///< The hunk that was not placed.
  /// ambiguous_placement: the other line at which the hunk fits, as well as at `line`.
  std::optional<std::uint64_t> other_line{};
  bool already_applied = false;             ///< hunk_failed: what it would write is there already.
  std::optional<std::string> expected{};    ///< What was asked for; cut at kMaxQuotedBytes.
  std::optional<std::string> found{};       ///< What is there; cut at kMaxQuotedBytes.
  std::optional<InputPosition> position{};  ///< malformed_*: where in the input.

  [[nodiscard]] int law() const noexcept { return law_of(code); }
};

/// `expected` and `found` quote at most this many bytes of a text, so that an error about a
/// gigabyte is not a gigabyte.
inline constexpr std::size_t kMaxQuotedBytes = 4096;

/// The errors of one report quote so much in all; those behind quote a line's worth each.
/// Of the ids of patches that hold lines it is as much; those behind have the index for a name.
inline constexpr std::size_t kMaxQuotedBytesOfReport = 1U << 20U;

template <typename T>
using Result = std::expected<T, Error>;

/// Why a batch was refused: never empty; in batch order.
using Violations = std::vector<Error>;

}  // namespace firn
