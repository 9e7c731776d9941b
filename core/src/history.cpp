#include "firn/history.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "change_set.h"
#include "concat.h"
#include "firn/algebra.h"
#include "firn/apply.h"
#include "firn/diff.h"
#include "rebase_over.h"
#include "sole_owner.h"

namespace firn {

/// One revision. With `depth` as the number of batches below it, and > for "jumps to":
///
///     depth    1 > 0    2 > 1    3 > 0    4 > 3    5 > 4    6 > 3    7 > 0    8 > 7
///
/// A jump is as long as the two before it and one more where those two are equally long, else 1.
struct History::Node {
  std::shared_ptr<const Node> parent;  ///< Null: the root.
  const Node* jump = nullptr;          ///< An ancestor, which the parents hold; null: the root.
  std::uint64_t depth = 0;
  Batch batch;
  AppendOptions options;
  Fingerprint fingerprint;
  std::uint64_t line_count = 0;
  std::shared_ptr<const ChangeSet> changes;       ///< From the parent to here.
  std::shared_ptr<const ChangeSet> jump_changes;  ///< From the jump's target to here.

  Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  /// Not by recursion: a chain may be longer than the stack is deep.
  ~Node() {
    std::shared_ptr<const Node> up = std::move(parent);
    while (up && is_sole_owner(up)) {
      up = std::move(const_cast<Node&>(*up).parent);
    }
  }

  [[nodiscard]] static std::uint64_t depth_of(const Node* node) { return node ? node->depth : 0; }

  /// What leads from the revision at `from_depth` to `to`, which is above it.
  [[nodiscard]] static Result<ChangeSet> between(std::uint64_t from_depth, const Node* to);

  [[nodiscard]] Result<void> link(std::shared_ptr<const Node> to);
};

/// Where the jump goes, and what lies between.
Result<void> History::Node::link(std::shared_ptr<const Node> to) {
  parent = std::move(to);
  depth = depth_of(parent.get()) + 1;
  jump = parent.get();
  jump_changes = changes;
  if (!parent) return {};
  const Node* middle = parent->jump;
  if (!middle || parent->depth - middle->depth != middle->depth - depth_of(middle->jump)) return {};
  const auto below = ChangeSet::compose(*middle->jump_changes, *parent->jump_changes);
  if (!below) return std::unexpected(below.error());
  auto all = ChangeSet::compose(*below, *changes);
  if (!all) return std::unexpected(std::move(all.error()));
  jump = middle->jump;
  jump_changes = std::make_shared<const ChangeSet>(*std::move(all));
  return {};
}

Result<ChangeSet> History::Node::between(std::uint64_t from_depth, const Node* to) {
  std::vector<const ChangeSet*> runs;
  while (depth_of(to) > from_depth) {
    const bool is_too_far = depth_of(to->jump) < from_depth;
    runs.push_back(is_too_far ? to->changes.get() : to->jump_changes.get());
    to = is_too_far ? to->parent.get() : to->jump;
  }
  Result<ChangeSet> all;
  for (const ChangeSet* run : runs | std::views::reverse) {
    all = ChangeSet::compose(*all, *run);
    if (!all) break;
  }
  return all;
}

namespace {

Error unknown_revision(std::uint64_t revision, std::uint64_t first, std::uint64_t last) {
  return {.code = ErrorCode::invalid_argument,
          .message = concat("revision ", revision, " is not in the history, which has ", first,
                            " to ", last),
          .limit = revision < first ? first : last};
}

/// For a revision that no batch of the history has made.
Error no_batch(std::uint64_t revision, std::uint64_t first, std::uint64_t last) {
  if (revision != first) return unknown_revision(revision, first, last);
  return {
      .code = ErrorCode::invalid_argument,
      .message = concat("revision ", revision, " is the first of the history; no batch made it"),
      .limit = first};
}

/// The lines in which two texts differ, `changes` leading from one to the other: what a block does
/// not change after all is not in it.
Result<std::vector<DiffHunk>> differing_hunks(const ChangeSet& changes, const Snapshot& before) {
  std::vector<DiffHunk> hunks;
  for (std::size_t i = 0; i < changes.blocks().size(); ++i) {
    const ChangeBlock& block = changes.blocks()[i];
    const auto was = freeze(before.lines(block.base_line, block.base_end() - 1));
    if (!was) return std::unexpected(was.error());
    const auto now = freeze(changes.text_of(i));
    if (!now) return std::unexpected(now.error());
    const auto inner = diff_lines(*was, *now);
    if (!inner) return std::unexpected(inner.error());
    const auto moved = [](LineRange range, std::uint64_t line) {
      return LineRange{.from = range.from + line - 1, .to = range.to + line - 1};
    };
    for (const DiffHunk& hunk : *inner) {
      hunks.push_back({.before = moved(hunk.before, block.base_line),
                       .after = moved(hunk.after, block.patched_line)});
    }
  }
  return hunks;
}

Result<Snapshot> text_of(const Patched& patched) {
  auto bytes = patched.bytes();
  if (!bytes) return std::unexpected(std::move(bytes.error()));
  return freeze(*std::move(bytes));
}

}  // namespace

History::History(const Snapshot& root, std::uint64_t revision)
    : History(root, revision, root, nullptr) {}

History::History(Snapshot root, std::uint64_t first_revision, Snapshot text,
                 std::shared_ptr<const Node> last)
    : root_(std::move(root)),
      first_revision_(first_revision),
      text_(std::move(text)),
      last_(std::move(last)) {}

std::uint64_t History::revision() const noexcept {
  return first_revision_ + Node::depth_of(last_.get());
}

std::expected<Appended, Violations> History::append(const Batch& batch,
                                                    const AppendOptions& options) const {
  const auto refused = [](Error error) { return std::unexpected(Violations{std::move(error)}); };
  auto patched =
      apply(text_, batch, {.policy = options.policy, .ties = options.ties, .revision = revision()});
  if (!patched) return std::unexpected(std::move(patched.error()));
  if (patched->revision() == revision()) {
    return Appended{.history = *this, .patched = *std::move(patched)};
  }
  auto text = text_of(*patched);
  if (!text) return refused(std::move(text.error()));
  auto changes = ChangeSet::of(*patched);
  if (!changes) return refused(std::move(changes.error()));
  auto node = std::make_shared<Node>();
  node->batch = batch;
  node->options = options;
  node->fingerprint = text->fingerprint();
  node->line_count = text->line_count();
  node->changes = std::make_shared<const ChangeSet>(*std::move(changes));
  if (auto linked = node->link(last_); !linked) return refused(std::move(linked.error()));
  return Appended{.history = History(root_, first_revision_, *std::move(text), std::move(node)),
                  .patched = *std::move(patched)};
}

/// Null for the root. REQUIRES the revision to be in the history.
const History::Node* History::node_of(std::uint64_t revision) const noexcept {
  const std::uint64_t depth = revision - first_revision_;
  const Node* node = last_.get();
  while (Node::depth_of(node) > depth) {
    node = Node::depth_of(node->jump) >= depth ? node->jump : node->parent.get();
  }
  return node;
}

Result<const History::Node*> History::made_by_batch(std::uint64_t revision) const {
  if (revision <= first_revision_ || revision > this->revision()) {
    return std::unexpected(no_batch(revision, first_revision_, this->revision()));
  }
  return node_of(revision);
}

Result<Patched> History::at(std::uint64_t revision) const {
  if (revision < first_revision_ || revision > this->revision()) {
    return std::unexpected(unknown_revision(revision, first_revision_, this->revision()));
  }
  const Node* node = node_of(revision);
  if (!node) return Patched(Plan(root_), revision, {}, 0);
  const auto changes = Node::between(0, node);
  if (!changes) return std::unexpected(changes.error());
  const auto batch = changes->to_batch(root_, node->batch.file());
  if (!batch) return std::unexpected(batch.error());
  auto normalized = normalize(root_, *batch);
  if (!normalized) return std::unexpected(std::move(normalized.error().front()));
  return Patched(std::move(normalized->plan), revision, {}, 0);
}

Result<Batch> History::batch_of(std::uint64_t revision) const {
  const auto node = made_by_batch(revision);
  if (!node) return std::unexpected(node.error());
  return (*node)->batch;
}

Result<Fingerprint> History::fingerprint_of(std::uint64_t revision) const {
  if (revision == first_revision_) return root_.fingerprint();
  const auto node = made_by_batch(revision);
  if (!node) return std::unexpected(node.error());
  return (*node)->fingerprint;
}

std::vector<History::Entry> History::entries() const {
  std::vector<Entry> entries;
  for (const Node* node = last_.get(); node; node = node->parent.get()) {
    entries.push_back(entry_of(node));
  }
  entries.push_back(entry_of(nullptr));
  std::ranges::reverse(entries);
  return entries;
}

History::Entry History::entry(std::uint64_t revision) const noexcept {
  return entry_of(node_of(revision));
}

/// Null for the root.
History::Entry History::entry_of(const Node* node) const noexcept {
  if (node == nullptr) {
    return {.revision = first_revision_,
            .fingerprint = root_.fingerprint(),
            .line_count = root_.line_count()};
  }
  return {.revision = first_revision_ + node->depth,
          .fingerprint = node->fingerprint,
          .line_count = node->line_count,
          .batch = node->batch};
}

/// The inverse of the batch that made a revision, applied to the text that it made.
Result<Patched> History::inverse_of(std::uint64_t revision) const {
  const Node* node = node_of(revision);
  const auto patched_before = at(revision - 1);
  if (!patched_before) return std::unexpected(patched_before.error());
  const auto before = text_of(*patched_before);
  if (!before) return std::unexpected(before.error());
  const auto done =
      apply(*before, node->batch,
            {.policy = node->options.policy, .ties = node->options.ties, .revision = revision - 1});
  if (!done) return std::unexpected(done.error().front());
  const auto after = text_of(*done);
  if (!after) return std::unexpected(after.error());
  const auto inverse = invert(*done);
  if (!inverse) return std::unexpected(inverse.error());
  auto undone = apply(*after, *inverse);
  if (!undone) return std::unexpected(std::move(undone.error().front()));
  return *std::move(undone);
}

Result<Undone> History::undo(std::uint64_t revision) const {
  if (const auto node = made_by_batch(revision); !node) return std::unexpected(node.error());
  const auto inverse = inverse_of(revision);
  if (!inverse) return std::unexpected(inverse.error());
  const auto later = Node::between(revision - first_revision_, last_.get());
  if (!later) return std::unexpected(later.error());
  const auto hunks = differing_hunks(*later, inverse->snapshot());
  if (!hunks) return std::unexpected(hunks.error());
  auto rebased = rebase_over(*inverse, text_, *hunks);
  if (!rebased) return std::unexpected(std::move(rebased.error()));
  Undone undone{.history = *this, .inverse = inverse->batch(), .rebased = *std::move(rebased)};
  if (undone.has_conflict()) return undone;
  auto appended = append(undone.rebased.batch);
  if (!appended) return std::unexpected(std::move(appended.error().front()));
  undone.history = std::move(appended->history);
  return undone;
}

bool Undone::has_conflict() const noexcept {
  return std::ranges::any_of(rebased.patches, [](const CarriedPatch& patch) {
    return patch.carried == Carried::conflict;
  });
}

}  // namespace firn
