#pragma once

#include <vector>

#include "firn/bytes.h"
#include "firn/file_diff.h"

namespace firn {

/// Files view hunks, hunks view lines, lines view the text: nothing may move once it is linked.
struct Diff::Storage {
  Bytes text;
  std::vector<HunkLine> lines;
  std::vector<Hunk> hunks;
  std::vector<FileDiff> files;
};

}  // namespace firn
