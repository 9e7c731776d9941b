#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firn/bytes.h"
#include "firn/error.h"
#include "firn/line_range.h"
#include "firn/snapshot.h"

namespace firn {

/// How a conflict is written into the text.
enum class ConflictStyle : std::uint8_t {
  merge,   ///< Ours and theirs, cut down to the lines in which they differ.
  diff3,   ///< Ours, base and theirs, whole.
  zdiff3,  ///< The same, without the lines that ours and theirs share at both ends.
};

/// Who wins where both sides changed the same lines.
enum class Favor : std::uint8_t {
  nobody,
  ours,
  theirs,
  both,  ///< Ours, then theirs; `git merge-file --union`.
};

/// Of the characters that a conflict marker may have.
inline constexpr std::uint32_t kMaxMarkerSize = 1024;

struct MergeOptions {
  ConflictStyle style = ConflictStyle::merge;
  Favor favor = Favor::nobody;
  /// Behind the markers; empty: none. One line.
  std::string_view ours_label = "ours";
  std::string_view base_label = "base";
  std::string_view theirs_label = "theirs";
  std::uint32_t marker_size = 7;  ///< 1 to kMaxMarkerSize.
};

/// Lines that both sides changed, each in its own way: the conflict as data.
struct Conflict {
  LineRange base;    ///< In the base; the same for parts of what was one conflict.
  LineRange ours;    ///< In ours.
  LineRange theirs;  ///< In theirs.
  LineRange merged;  ///< In the merged text, markers included.
};

struct Merged {
  Bytes text;
  std::vector<Conflict> conflicts;  ///< Ascending; empty: the merge is clean.
};

/// Three-way merge: what changed from `base` to `ours` and from `base` to `theirs`, in one text.
/// Equal to `git merge-file` (xdiff/xmerge.c at its "zealous, alphanumeric" level): changes that
/// touch are a conflict unless they are the same; conflicts shrink to what differs, and two with
/// at most three lines, or no letter and digit, between them become one.
/// Errors: limit_exceeded; invalid_argument for a marker size out of bounds or a label with a line
/// break. O(n + nd), as diff_lines.
[[nodiscard]] Result<Merged> merge(const Snapshot& base, const Snapshot& ours,
                                   const Snapshot& theirs, const MergeOptions& options = {});

}  // namespace firn
