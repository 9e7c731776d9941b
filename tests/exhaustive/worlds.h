#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// Worlds so small that all of them can be tried. README.md says how large each is, and where CI
/// tries a part that stands for the whole.
namespace firn_test {

/// How much of a world to try.
enum class Extent : std::uint8_t {
  part,   ///< What stands for the whole: seconds.
  whole,  ///< Every case there is: minutes.
};

/// What was tried, in words and numbers; and the first thing that went wrong, if anything did.
struct Findings {
  std::vector<std::pair<std::string, std::uint64_t>> counts{};
  std::string fault{};  ///< Empty: none. Else what is wrong, and code to paste.
};

/// Every snapshot with every batch, under both ties and each policy, against the oracle.
[[nodiscard]] Findings try_batches(Extent extent);

/// Every pair of texts under every algorithm and slide: applied it gives the second, equal lines
/// are between the hunks, and `myers` and `minimal` remove no line that need not go.
[[nodiscard]] Findings try_diffs(Extent extent);

/// Every triple of texts: the laws of a merge; as a whole, and where git is installed, also against
/// `git merge-file`.
[[nodiscard]] Findings try_merges(Extent extent);

}  // namespace firn_test
