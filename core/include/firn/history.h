#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <vector>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/options.h"
#include "firn/patched.h"
#include "firn/rebase.h"
#include "firn/snapshot.h"

namespace firn {

struct Appended;
struct Undone;

/// How a batch is taken into a history; the revision is the history's own (law 6).
struct AppendOptions {
  Policy policy = Policy::fail_fast;
  Ties ties = Ties::reject;
};

/// An append-only chain of revisions over one frozen text, the root. Each batch means the text of
/// the revision before it and makes the next; any revision can be read as one change of the root.
///
///     const History empty(root);                 // revision 0
///     const auto appended = empty.append(batch);  // ->history is at revision 1, empty still at 0
///     const auto undone = appended->history.undo(1);  // revision 2, the same text as 0
///
/// Nothing is replayed: beside its batch each revision holds the composition of a run of batches
/// that ends with it, the runs being those of a skew binary counter (E. W. Myers, "An applicative
/// random-access stack", 1983), so that few of them lead from the root to any revision.
///
/// Lifetime: holds the root, the last text and the batches; copies share them, O(1). Histories
/// that were appended to the same one share what they have in common. Threads: immutable.
/// Below, n is the size of a text, r the number of revisions and c the lines that the batches up
/// to the revision changed, with their texts.
class History {
 public:
  /// The root alone, at `revision`. REQUIRES revision <= kMaxCount.
  explicit History(const Snapshot& root, std::uint64_t revision = 0);

  [[nodiscard]] const Snapshot& root() const noexcept { return root_; }
  /// The text of the last revision.
  [[nodiscard]] const Snapshot& text() const noexcept { return text_; }

  [[nodiscard]] std::uint64_t first_revision() const noexcept { return first_revision_; }
  [[nodiscard]] std::uint64_t revision() const noexcept;

  /// This history and one batch more, which means text(). With no patch applied the revision stays
  /// and nothing is appended. Errors: as apply(). O(n + c), amortised O(n + batch * log r).
  [[nodiscard]] std::expected<Appended, Violations> append(const Batch& batch,
                                                           const AppendOptions& options = {}) const;

  /// The text of `revision` as a change of the root. Its batch is all batches composed: bound to
  /// the root, one verbatim patch for each run of lines that differs.
  /// Errors: invalid_argument for a revision that is not in the history; limit_exceeded without
  /// memory. O(c log r).
  [[nodiscard]] Result<Patched> at(std::uint64_t revision) const;

  /// The batch that made `revision`, with the patches that were not applied. Errors:
  /// invalid_argument for the first revision and for one that is not in the history. O(log r).
  [[nodiscard]] Result<Batch> batch_of(std::uint64_t revision) const;

  /// The identity of the text of `revision`. Errors: as at(). O(log r).
  [[nodiscard]] Result<Fingerprint> fingerprint_of(std::uint64_t revision) const;

  /// One revision, as a list shows it.
  struct Entry {
    std::uint64_t revision = 0;
    Fingerprint fingerprint{};
    std::uint64_t line_count = 0;
    std::optional<Batch> batch{};  ///< What made it; nothing for the first.
  };

  /// Every revision, ascending. O(r).
  [[nodiscard]] std::vector<Entry> entries() const;

  /// The one of `revision`. Allocates nothing.
  /// REQUIRES first_revision() <= revision <= this->revision(). O(log r).
  [[nodiscard]] Entry entry(std::uint64_t revision) const noexcept;

  /// Takes back the batch that made `revision` and keeps those behind it: its inverse, carried
  /// over what they changed, becomes a revision of its own. Where they changed the same lines
  /// nothing is undone, and the conflict is told. An undo can be undone.
  /// Errors: as batch_of(); limit_exceeded as rebase(). O(n + c log r).
  [[nodiscard]] Result<Undone> undo(std::uint64_t revision) const;

 private:
  struct Node;
  History(Snapshot root, std::uint64_t first_revision, Snapshot text,
          std::shared_ptr<const Node> last);

  [[nodiscard]] const Node* node_of(std::uint64_t revision) const noexcept;
  [[nodiscard]] Entry entry_of(const Node* node) const noexcept;
  [[nodiscard]] Result<const Node*> made_by_batch(std::uint64_t revision) const;
  [[nodiscard]] Result<Patched> inverse_of(std::uint64_t revision) const;

  Snapshot root_;
  std::uint64_t first_revision_ = 0;
  Snapshot text_;
  std::shared_ptr<const Node> last_;  ///< Null: the root alone.
};

struct Appended {
  History history;
  Patched patched;  ///< The batch over the text before it, with what best_effort left out.
};

struct Undone {
  /// With one revision more, or as it was: when there is a conflict, or nothing left to undo.
  History history;
  Batch inverse;  ///< Of the batch alone, over the text that it made.
  /// Its patches, one for each run of lines that the batch changed; `batch` is what was appended,
  /// provided there is no conflict.
  Rebased rebased;

  [[nodiscard]] bool has_conflict() const noexcept;
};

}  // namespace firn
