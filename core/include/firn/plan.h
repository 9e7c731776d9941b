#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/line_index.h"
#include "firn/options.h"
#include "firn/snapshot.h"

namespace firn {

/// One replacement of base bytes: [begin, end) becomes `text`, already with the terminators that
/// the output gets. Line counts say the same in lines.
///
/// Only at the end of a text without final newline do bytes and lines part ways: an edit there
/// may begin a terminator earlier than its lines (what is left must lose its newline), or its
/// text may begin with the terminator that the line before it lacks (`lead_bytes`).
struct Edit {
  std::uint64_t begin = 0;  ///< 0-based byte offset in the snapshot.
  std::uint64_t end = 0;    ///< Exclusive.
  std::string_view text{};
  std::uint64_t base_line = 0;  ///< 1-based first line taken away, or inserted before.
  std::uint64_t base_line_count = 0;
  std::uint64_t text_line_count = 0;
  std::uint64_t patched_line = 0;  ///< 1-based line of the result at which the text begins.
  /// 0-based line of its store, which text_line() reads, at which `text` begins.
  std::uint64_t first_text_line = 0;
  std::uint32_t patch_index = 0;  ///< 0-based patch of the batch.
  std::uint8_t lead_bytes = 0;    ///< Bytes of `text` that end the base line before it.
  bool rewritten = false;         ///< `text` is the plan's own, not the batch's.
};

/// Layer 2: a batch as byte edits, every law proved. Trusted: nobody checks it again.
///
/// For edits x before y in edits(): y.end <= x.begin (law 2). So applying them in this order
/// never moves a byte that a later one names.
///
/// Lifetime: holds its snapshot and batch; copies share one storage, O(1). Threads: immutable.
class Plan {
 public:
  /// The plan that changes nothing.
  explicit Plan(Snapshot snapshot);

  [[nodiscard]] const Snapshot& snapshot() const noexcept;
  [[nodiscard]] const Batch& batch() const noexcept;

  /// Strictly descending: the last of the file comes first.
  [[nodiscard]] std::span<const Edit> edits() const noexcept;

  /// Size of the patched text, known before a byte moves.
  [[nodiscard]] std::uint64_t output_bytes() const noexcept;
  [[nodiscard]] std::uint64_t output_lines() const noexcept;

  /// What changes at the end of a file without final newline, though no patch names the line:
  /// the base line that loses its terminator because it ends the result now (0: none), and the
  /// terminator that the last line of the base is given because it ends it no more ("": none).
  [[nodiscard]] std::uint64_t unterminated_line() const noexcept;
  [[nodiscard]] std::string_view last_line_terminator() const noexcept;

  /// What it holds beside its snapshot and batch: edits, and texts whose line ends are its own.
  [[nodiscard]] std::uint64_t memory_bytes() const noexcept;

  /// 0-based line `index` of the text of `edit`, terminator included if it has one.
  /// REQUIRES index < edit.text_line_count. O(1).
  [[nodiscard]] std::string_view text_line(const Edit& edit, std::uint64_t index) const noexcept;

 private:
  friend class PlanBuilder;
  struct Storage;
  explicit Plan(std::shared_ptr<const Storage> storage) noexcept;

  std::shared_ptr<const Storage> storage_;
};

/// A plan, and what best_effort left out of it.
struct Normalized {
  Plan plan;
  std::vector<Error> failed{};  ///< Empty but under best_effort; in batch order.
};

/// Proves the laws for `batch` over `snapshot` and lowers it to byte edits.
///
/// Errors, in batch order: snapshot_mismatch, stale_revision (of the batch as a whole, under
/// every policy); line_out_of_range, insert_out_of_bounds, expectation_failed, overlap.
/// O(k) for patches in ascending or descending order, else O(k log k); O(text) more where the
/// snapshot does not use LF.
[[nodiscard]] std::expected<Normalized, Violations> normalize(const Snapshot& snapshot,
                                                              const Batch& batch,
                                                              const ApplyOptions& options = {});

class Workspace;

/// The same in memory that is kept. REQUIRES that no other call uses `workspace` meanwhile.
[[nodiscard]] std::expected<Normalized, Violations> normalize(const Snapshot& snapshot,
                                                              const Batch& batch,
                                                              const ApplyOptions& options,
                                                              Workspace& workspace);

}  // namespace firn
