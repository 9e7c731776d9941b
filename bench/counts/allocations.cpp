// Stands in front of the C library's heap, through which new and delete go as well. This process
// has one thread.

#include "allocations.h"

#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>

// How glibc names its own, for whoever stands in front of them.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void __libc_free(void* block);
}

namespace firn_bench {

namespace {

HeapUse use;

void* gained(void* block) {
  if (block == nullptr) return nullptr;
  ++use.allocations;
  use.live_bytes += malloc_usable_size(block);
  use.peak_bytes = std::max(use.peak_bytes, use.live_bytes);
  return block;
}

void lost(void* block) {
  if (block != nullptr) use.live_bytes -= malloc_usable_size(block);
}

}  // namespace

HeapUse heap_use() { return use; }

void forget_peak() { use.peak_bytes = use.live_bytes; }

}  // namespace firn_bench

extern "C" {

void* malloc(std::size_t size) { return firn_bench::gained(__libc_malloc(size)); }

void* calloc(std::size_t count, std::size_t size) {
  return firn_bench::gained(__libc_calloc(count, size));
}

void* realloc(void* block, std::size_t size) {
  firn_bench::lost(block);
  return firn_bench::gained(__libc_realloc(block, size));
}

void free(void* block) {
  firn_bench::lost(block);
  __libc_free(block);
}
}
