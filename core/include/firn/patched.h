#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "firn/analysis.h"
#include "firn/bytes.h"
#include "firn/line_range.h"
#include "firn/plan.h"

namespace firn {

/// What one patch did, in the lines of both texts.
struct Change {
  std::uint64_t patch_index = 0;
  LineRange base{};
  LineRange patched{};
};

/// Where a line of the patched text comes from: a line of the base, or a patch.
struct Origin {
  std::optional<std::uint64_t> base_line{};    ///< 1-based; given when the line is the base's own.
  std::optional<std::uint64_t> patch_index{};  ///< 0-based; given when a patch wrote the line.
};

/// Layer 3: a plan over its snapshot, seen as the text that results. A piece table: nothing is
/// copied until bytes are asked for, and every view is a walk of the same edits, so none can
/// disagree with another.
///
/// Lifetime: holds its plan; copies are O(1); views live as long as any copy. Threads: immutable.
/// Below, k is the number of edits and "lines" are those asked for.
class Patched {
 public:
  /// The result of `plan`, all of whose batch is applied; at revision 0. O(1).
  explicit Patched(Plan plan);

  [[nodiscard]] const Plan& plan() const noexcept { return plan_; }
  [[nodiscard]] const Snapshot& snapshot() const noexcept { return plan_.snapshot(); }
  [[nodiscard]] const Batch& batch() const noexcept { return plan_.batch(); }

  [[nodiscard]] std::uint64_t byte_size() const noexcept { return plan_.output_bytes(); }
  [[nodiscard]] std::uint64_t line_count() const noexcept { return plan_.output_lines(); }

  /// The revision the text is at now: one more than before if a patch was applied (law 6).
  [[nodiscard]] std::uint64_t revision() const noexcept { return revision_; }

  /// Patches that best_effort left out, with the reasons, in batch order.
  [[nodiscard]] std::span<const Error> failed() const noexcept;
  [[nodiscard]] std::uint64_t applied_count() const noexcept;

  /// What apply() spent on proving and lowering the batch.
  [[nodiscard]] double normalize_microseconds() const noexcept { return normalize_microseconds_; }

  /// The whole text. Errors: limit_exceeded without memory. O(k + output), one pass.
  [[nodiscard]] Result<Bytes> bytes() const;

  /// The same into memory of the caller's: filled from its end, the last edit first.
  /// REQUIRES out.size() == byte_size().
  void write_to(std::span<char> out) const noexcept;

  /// Of the patched bytes, which are not materialised. O(output).
  [[nodiscard]] Fingerprint fingerprint() const noexcept;

  /// Line `line` without its terminator. REQUIRES 1 <= line <= line_count(). O(log k).
  [[nodiscard]] std::string_view line(std::uint64_t line) const noexcept;

  /// Line `line` with the terminator it has in the result ("\n", "\r\n" or "") as a second view.
  /// REQUIRES as line(). O(log k).
  struct LineParts {
    std::string_view content;
    std::string_view terminator;
  };
  [[nodiscard]] LineParts line_parts(std::uint64_t line) const noexcept;

  /// Lines of `range`, each ended by LF whatever its terminator: a viewport's worth of content
  /// that splits without ambiguity. REQUIRES 1 <= from, from <= to + 1, to <= line_count().
  /// Errors: limit_exceeded without memory. O(log k + lines).
  [[nodiscard]] Result<Bytes> lines(LineRange range) const;

  /// One per patch that has an effect on lines, ascending. O(k).
  [[nodiscard]] std::vector<Change> changes() const;

  /// Where each line of `range` comes from. REQUIRES as lines(). O(log k + lines).
  [[nodiscard]] std::vector<Origin> provenance(LineRange range) const;

  /// The line of the result that is line `base_line` of the base, untouched; nothing when a patch
  /// took it. REQUIRES 1 <= base_line <= snapshot().line_count(). O(log k).
  [[nodiscard]] std::optional<std::uint64_t> map_line(std::uint64_t base_line) const noexcept;

  /// The reverse: nothing when a patch wrote the line. REQUIRES as line(). O(log k).
  [[nodiscard]] std::optional<std::uint64_t> unmap_line(std::uint64_t line) const noexcept;

 private:
  friend std::expected<Patched, Violations> apply(const Snapshot& snapshot, const Batch& batch,
                                                  const ApplyOptions& options,
                                                  Workspace& workspace);
  friend class History;
  Patched(Plan plan, std::uint64_t revision, std::vector<Error> failed,
          double normalize_microseconds);

  Plan plan_;
  std::shared_ptr<const std::vector<Error>> failed_;  ///< Null: none.
  std::uint64_t revision_;
  double normalize_microseconds_;
};

/// One of Patched::changes(), for who allocates nothing: plan().edits() has them descending. O(1).
[[nodiscard]] Change change_of(const Edit& edit) noexcept;

/// Lines of a snapshot, cut as Patched::lines() cuts them. REQUIRES, errors and cost as there.
[[nodiscard]] Result<Bytes> lines_of(const Snapshot& snapshot, LineRange range);

}  // namespace firn
