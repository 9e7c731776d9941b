#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "firn/batch.h"
#include "firn/bytes.h"
#include "firn/error.h"
#include "firn/file_diff.h"
#include "firn/options.h"
#include "firn/snapshot.h"

namespace firn {

/// How far a hunk may be from where it says it is.
enum class Placement : std::uint8_t {
  exact,   ///< At its own line, all context equal.
  search,  ///< GNU patch's search with fuzz 0: offsets 0, +1, -1, +2, -2 ... over the whole file.
  fuzzy,   ///< The same, then again with up to `max_fuzz` outer lines of context not compared.
};

/// What of a line's white space is not compared.
enum class WhiteSpace : std::uint8_t {
  compare,
  ignore_trailing,  ///< Blanks before the line end, and whether a last line without CR has its LF.
  ignore_amount,    ///< The same, and how many blanks there are in any other run of them.
};

struct PlaceOptions {
  Placement placement = Placement::exact;
  std::uint64_t max_fuzz = 2;  ///< Any number: no hunk is trimmed by more than its context.
  WhiteSpace white_space = WhiteSpace::compare;
  /// Compare lines without their terminators, and give new lines those of the file.
  bool ignore_line_ends = false;
  /// Take the diff back: added lines are removed, removed lines added.
  bool reverse = false;
  /// fail_fast and atomic: all hunks or none; best_effort: those that fit.
  Policy policy = Policy::fail_fast;
};

/// Where a hunk came to lie.
struct PlacedHunk {
  std::uint64_t hunk_index = 0;  ///< 0-based, in the order of the diff.
  std::uint64_t line = 0;        ///< 1-based line of the snapshot at which its old side begins.
  std::int64_t offset = 0;       ///< From where it says it is.
  std::uint64_t fuzz = 0;
  bool ignored_white_space = false;  ///< Only equal because white space was not compared.
  bool ignored_line_ends = false;    ///< Only equal because line ends were not compared.
};

/// A hunk that found no place.
struct RejectedHunk {
  std::uint64_t hunk_index = 0;
  Error error;
  bool already_applied = false;  ///< What it would write is there already.
};

struct Placed {
  /// What the placed hunks do; apply it with Ties::reject. Its file is the one that comes out,
  /// without git's "a/" or "b/"; it has none where that name is unsafe or not UTF-8.
  Batch batch;
  std::vector<PlacedHunk> hunks;       ///< Ascending by line.
  std::vector<RejectedHunk> rejected;  ///< Empty but under best_effort.
};

/// Finds the place of each hunk of `file` in `snapshot`, as GNU patch 2.7 does (src/patch.c,
/// locate_hunk): a found offset carries over to the next hunk; removed lines are always compared;
/// a hunk with less context before than after that says it is at line 1 must be at the start, one
/// with less after than before at the end; hunks stay in order.
///
/// Unlike GNU patch, two places at the same fuzz and the same distance are ambiguous_placement, an
/// applied hunk is said to be applied and not taken back, a file that is there is not made again,
/// and hunks are taken in ascending order whatever order the diff has them in.
/// Errors: hunk_failed, ambiguous_placement; limit_exceeded when the hunks have been compared with
/// 100 million places of the file. O(diff) where every hunk lies at the carried offset; else
/// O(n) more, once, and for each hunk searched for O(places that hold its rarest line).
[[nodiscard]] std::expected<Placed, Violations> place(const Snapshot& snapshot,
                                                      const FileDiff& file,
                                                      const PlaceOptions& options = {});

/// The rejected hunks as a diff of their own, in the order and the direction of `file`: what was
/// placed in reverse is rejected as it stands, and put in reverse again. Empty when there are none.
/// O(k log k + lines written) for k of them.
[[nodiscard]] std::string rejects_of(const FileDiff& file, const Placed& placed);

}  // namespace firn
