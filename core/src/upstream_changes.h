#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firn/diff.h"
#include "firn/patched.h"

namespace firn {

/// A patch whose change the new text has, and where.
struct UpstreamPatch {
  std::uint64_t patch_index = 0;
  LineRange new_lines{};  ///< What it wrote; empty, before its line, where it only deleted.
};

/// Which changes two descendants of one text have in common.
struct UpstreamChanges {
  std::vector<UpstreamPatch> patches;  ///< By place in the text, in no order that counts.
  /// Patches that are not upstream, but come in front of what is at the same line.
  std::vector<std::uint64_t> patches_in_front;
  /// The hunks given. One that is a patch's change and another beside it is cut in two.
  std::vector<DiffHunk> hunks;
  std::vector<std::uint8_t> is_upstream;  ///< For each of `hunks`: patches have made it too.
};

/// Where the patches and the hunks of a stretch of old lines make the same lines of it, these are
/// upstream, wherever in the stretch and in how many pieces each side has put the change.
/// `hunks`: from the snapshot of `patched` to `new_text`, ascending, no two of which touch.
/// O(lines of the three texts + k log k).
[[nodiscard]] UpstreamChanges find_upstream_changes(const Patched& patched,
                                                    const Snapshot& new_text,
                                                    std::span<const DiffHunk> hunks);

}  // namespace firn
