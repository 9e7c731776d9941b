#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "file.h"
#include "firn/file_diff.h"
#include "firn/place.h"
#include "watch.h"

namespace firn::tree {

struct ApplyDiffOptions {
  std::uint64_t strip = 0;  ///< Leading parts of the names in the diff that are not there.
  PlaceOptions placing{};
  /// New files, the journal and folders are on the disk before what relies on them: for when the
  /// power may fail.
  bool flush = false;
  /// JSON of who is at work, for the journal.
  std::string_view owner{};
};

/// What became of a diff.
struct Applied {
  enum class Kind : std::uint8_t {
    done,
    not_plain,  ///< Nothing is changed, nothing is left behind: it takes closer judgement.
    cancelled,  ///< The same, because the watch said so.
    cut_short,  ///< Some files are replaced, some not; the journal says which. See `error`, `path`.
  };

  Kind kind = Kind::not_plain;
  /// When done: of each file, in the order of the diff, where its hunks came to lie.
  std::vector<Placed> placed{};
  /// Of what cut it short.
  SystemError error = 0;
  std::string path{};
};

/// Applies a plain diff (plain_diff.h) to the files below the folder `root`, all of them or none:
/// reads and patches every file, writes down in a journal what it is about to do, writes every new
/// file beside its old one, looks whether the old ones are still what was read, and lets the two
/// change places. Whoever kills it at any moment finds every file whole, old or new, and, unless
/// none was touched, the journal.
///
/// What is not plain, what the system refuses and what somebody else changes meanwhile is not
/// judged here: before the first exchange everything is put back, and that is `not_plain`, as it is
/// where there is no memory; later that is cut short with ENOMEM. Throws nothing. Follows
/// no symbolic link below `root`. Threads: several of its own; one call for a root at a time, which
/// the journal sees to. Memory: all old and new contents.
[[nodiscard]] Applied apply_diff(int root, const Diff& diff, const ApplyDiffOptions& options,
                                 Watch& watch);

}  // namespace firn::tree
