#include "new_pages.h"

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#endif

namespace firn::node {

#ifdef __linux__

namespace {

/// From here on the memory is a mapping of its own, and most of it whole huge pages.
constexpr std::size_t kWorthHugePages = std::size_t{4} << 20U;

}  // namespace

void expect_writes(std::span<char> memory) noexcept {
  if (memory.size() < kWorthHugePages) return;
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
  const std::uintptr_t begin = (address + page - 1) / page * page;
  const std::uintptr_t end = (address + memory.size()) / page * page;
  auto* const pages = memory.data() + (begin - address);
  (void)madvise(pages, end - begin, MADV_HUGEPAGE);
}

#else

void expect_writes(std::span<char>) noexcept {}

#endif

}  // namespace firn::node
