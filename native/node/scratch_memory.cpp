#include "scratch_memory.h"

#include <cstddef>
#include <memory>

namespace firn::node {

std::span<char> scratch_memory() {
  constexpr std::size_t kSize = std::size_t{1} << 20U;
  thread_local const auto memory = std::make_unique_for_overwrite<char[]>(kSize);
  return {memory.get(), kSize};
}

}  // namespace firn::node
