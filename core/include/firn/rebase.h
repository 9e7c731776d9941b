#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/line_range.h"
#include "firn/patched.h"
#include "firn/snapshot.h"

namespace firn {

/// What became of a patch when the text under it changed.
enum class Carried : std::uint8_t {
  clean,     ///< Its lines are where they were.
  moved,     ///< Its lines are the same, further up or down.
  upstream,  ///< The new text has the change already; nothing is left to do.
  conflict,  ///< The new text changed the same lines in another way.
};

[[nodiscard]] std::string_view name_of(Carried carried) noexcept;

/// One patch that was applied.
struct CarriedPatch {
  std::uint64_t patch_index = 0;
  Carried carried{};
  LineRange from{};  ///< Its lines in the old text; an insert's is empty, before its line.
  LineRange to{};    ///< The same in the new text; upstream what it would write, for a
                     ///< conflict all lines in dispute.
  /// For a conflict, the three sides: the old text, what the patch makes of it, the new text.
  /// Else empty.
  std::string base{};
  std::string ours{};
  std::string theirs{};
};

struct Rebased {
  Batch batch;  ///< Over the new text: what is clean or moved, with fresh expect and base.
  std::vector<CarriedPatch> patches;  ///< In batch order.
};

/// The conflicts of one rebase hold at most so many bytes, or as many as the old text, the patched
/// and the new have together, if that is more. Each holds its three sides whole, and all patches
/// may lie in one stretch that the new text rewrote.
inline constexpr std::uint64_t kMaxDisputedBytes = 256ULL << 20U;

/// Carries the batch of `patched` over to `new_text`, another version of its snapshot. One conflict
/// stops none of the other patches; those that best_effort left out are left out here. Onto the
/// same text it is the identity, but for base and expect. Patches are upstream where they and the
/// new text make the same lines of a stretch of the old, wherever in it a diff finds the change;
/// and where the new text made the change at the edge of a larger one.
/// Errors: limit_exceeded, where there is no memory or conflicts are too large to be told one by
/// one. O(diff of the texts + lines of the texts + k log k + bytes of the conflicts).
[[nodiscard]] Result<Rebased> rebase(const Patched& patched, const Snapshot& new_text);

}  // namespace firn
