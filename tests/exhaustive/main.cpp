/// firn_exhaustive <batches | diffs | merges> <part | whole>: tries a small world and prints what
/// it tried.

#include <array>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

#include "worlds.h"

namespace {

using firn_test::Extent;
using firn_test::Findings;

using World = Findings (*)(Extent);
constexpr std::array kWorlds = {
    std::pair<std::string_view, World>{"batches", firn_test::try_batches},
    std::pair<std::string_view, World>{"diffs", firn_test::try_diffs},
    std::pair<std::string_view, World>{"merges", firn_test::try_merges},
};

int report(std::string_view world, const Findings& findings) {
  if (!findings.fault.empty()) {
    std::cout << world << ": " << findings.fault << '\n';
    return EXIT_FAILURE;
  }
  std::cout << "exhaustive (" << world << "):";
  std::string_view separator = " ";
  for (const auto& [what, count] : findings.counts) {
    std::cout << std::exchange(separator, ", ") << count << ' ' << what;
    if (count > 0) continue;
    std::cout << ": a world in which nothing was tried\n";
    return EXIT_FAILURE;
  }
  std::cout << '\n';
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view name = argc == 3 ? argv[1] : "";
  const std::string_view extent = argc == 3 ? argv[2] : "";
  try {
    for (const auto& [world, try_world] : kWorlds) {
      if (world != name || (extent != "part" && extent != "whole")) continue;
      return report(world, try_world(extent == "whole" ? Extent::whole : Extent::part));
    }
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << '\n';
    return EXIT_FAILURE;
  }
  std::cerr << "usage: " << argv[0] << " <batches | diffs | merges> <part | whole>\n";
  return 2;
}
