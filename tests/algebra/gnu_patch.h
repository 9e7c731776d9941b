#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workshop.h"

namespace firn_test {

struct GnuPatchOptions {
  std::uint64_t max_fuzz = 0;
  bool reverse = false;
  bool ignore_blanks = false;
};

/// What GNU patch says of a hunk.
struct GnuHunk {
  bool is_placed = false;
  std::uint64_t line = 0;  ///< Of the result, from 1.
  std::uint64_t fuzz = 0;
  std::int64_t offset = 0;
};

struct GnuPatched {
  std::vector<GnuHunk> hunks;
  std::string text;  ///< With the hunks in it that were placed.
};

/// What `patch -f` makes of a text: nothing is asked, nothing reversed.
[[nodiscard]] GnuPatched gnu_patched(const Workshop& shop, std::string_view target,
                                     std::string_view diff, const GnuPatchOptions& options);

}  // namespace firn_test
