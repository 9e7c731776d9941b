#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace firn_bench {

/// A published file and the next published version of it.
struct Versions {
  std::string name;
  std::string older;
  std::string newer;
};

/// Reads what "name=path=path" says. Prints why not and ends the process where a file is missing.
[[nodiscard]] Versions read_versions(std::string_view argument);

/// `text` with one line in `every` rewritten, as someone who works on it would: the third text of a
/// merge. The same text gives the same one.
[[nodiscard]] std::string with_own_changes(std::string_view text, std::uint32_t every);

}  // namespace firn_bench
