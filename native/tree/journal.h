#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "file.h"
#include "patched_file.h"
#include "plain_diff.h"

namespace firn::tree {

/// One file to be replaced, as the journal tells of it.
struct WriteStep {
  const PlainFile* file;
  const PatchedFile* patched;
  std::string staged;  ///< Name of the new file in the same folder, until it is put in its place.
};

/// The journal of an apply under way, in the format that js/cli/src/tree/journal-format.ts defines:
/// whoever finds it in the root can finish the apply or take it back.
///
/// Made exclusively: where there is one already, someone else is at work, or was.
class Journal {
 public:
  /// In the folder `root`, which outlives it.
  explicit Journal(int root) noexcept : root_(root) {}

  /// Writes down what is about to be done. `owner` is the JSON of who does it. Nothing is left of
  /// it when that fails.
  [[nodiscard]] SystemError begin(std::span<const WriteStep> steps, std::string_view owner);

  /// All new files lie ready: from here on steps are taken. With `flush` that is on the disk.
  [[nodiscard]] SystemError ready(bool flush) noexcept;

  /// Nothing is left to be done or taken back.
  [[nodiscard]] SystemError end() noexcept;

 private:
  int root_;
  Descriptor file_;
};

}  // namespace firn::tree
