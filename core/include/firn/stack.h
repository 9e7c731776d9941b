#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/line_range.h"
#include "firn/snapshot.h"

namespace firn {

struct StackOptions {
  /// The revision the text is at. Not given: the latest that any of the batches was made for.
  std::optional<std::uint64_t> revision{};
  /// How many collisions are listed; all are counted. A million batches that all want one line
  /// collide in half a billion pairs of patches.
  std::uint64_t max_collisions = 1000;
};

/// A patch of one of several batches; both 0-based, in the orders given.
struct StackSource {
  std::uint64_t batch_index = 0;
  std::uint64_t patch_index = 0;

  friend auto operator<=>(const StackSource&, const StackSource&) = default;
};

/// The same as people read it.
struct StackPatch {
  std::uint64_t batch_index = 0;
  std::string batch_id{};  ///< Empty: none.
  PatchRef patch{};
};

/// Two patches of different batches that touch the same lines (law 5).
struct Collision {
  StackPatch first;  ///< Of the batch with the smaller index.
  StackPatch second;
  LineRange lines{};  ///< Those that both touch; an insert touches the line it names.
  std::string message{};
};

/// A batch that is not lawful even alone: made for another text (law 1) or revision (law 6), out
/// of bounds, with an expectation that fails, or with overlaps of its own.
struct RefusedBatch {
  std::uint64_t batch_index = 0;
  std::string batch_id{};
  Violations violations{};
};

struct Stacked {
  /// Given when nothing was refused and nothing collides: all patches, ascending by line, bound to
  /// the snapshot. Independent patches do not say who comes first, so the order of the batches
  /// makes no difference to it.
  std::optional<Batch> batch{};
  std::vector<StackSource> sources{};  ///< Where each patch of `batch` comes from.

  std::vector<Collision> collisions{};  ///< Ascending by the first line in dispute.
  std::uint64_t collision_count = 0;    ///< Of all, listed or not.
  std::vector<RefusedBatch> refused{};  ///< Ascending; they collide with nobody.
};

/// Many batches over one snapshot as one, or exactly what is in the way: no policy picks winners,
/// since that would depend on the order. Each batch keeps law 5 by itself (Ties::reject).
///
/// Patches keep texts and expectations. Their ids become "batchId/patchId" where both are there,
/// else the patch's own; one that then is not unique, or is longer than kMaxIdBytes, is left out.
/// The batch names a file when all batches that name one agree.
/// Errors: limit_exceeded without memory. O(k log k + text + collisions listed), k patches in all.
[[nodiscard]] Result<Stacked> stack(const Snapshot& snapshot, std::span<const Batch> batches,
                                    const StackOptions& options = {});

}  // namespace firn
