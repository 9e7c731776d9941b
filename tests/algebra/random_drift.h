#pragma once

#include <cstdint>
#include <string>

#include "random_text.h"

namespace firn_test {

/// A diff between two versions of a text, and a third version to put it on.
struct Drift {
  std::string old_text;
  std::string new_text;
  std::string target;
  std::uint64_t context = 0;    ///< Lines of it around each change.
  std::uint64_t lines_off = 0;  ///< How much too high the line numbers of its headers are.
  bool reverse = false;         ///< It is to be taken back.
  bool ignore_blanks = false;   ///< The target has other blanks.
};

/// Texts with blocks that repeat; the target is edited, has moved, or has some of the diff already.
[[nodiscard]] Drift random_drift(RandomText& random);

/// `diff`, with the lines of each header `lines_off` too high.
[[nodiscard]] std::string with_lines_off(const std::string& diff, std::uint64_t lines_off);

}  // namespace firn_test
