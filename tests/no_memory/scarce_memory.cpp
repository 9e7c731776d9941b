#include "scarce_memory.h"

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <new>

// NOLINTBEGIN(bugprone-reserved-identifier): how the linker names what it wraps.
extern "C" {
void* __real_malloc(std::size_t byte_count);
void* __real_calloc(std::size_t count, std::size_t byte_count);
void* __real_realloc(void* block, std::size_t byte_count);
void* __real_aligned_alloc(std::size_t alignment, std::size_t byte_count);
int __real_posix_memalign(void** block, std::size_t alignment, std::size_t byte_count);
void __real_free(void* block);
}

namespace firn_test {

namespace {

std::atomic<bool> is_scarce = false;
std::atomic<bool> is_lasting = false;
std::atomic<bool> is_met = false;
std::atomic<std::int64_t> left = 0;  ///< Below 0: the one that was refused, and those behind it.
std::atomic<std::int64_t> live_blocks = 0;

bool is_refused() {
  if (!is_scarce) return false;
  const std::int64_t after = --left;
  if (after >= 0 || (after < -1 && !is_lasting)) return false;
  is_met = true;
  return true;
}

void* counted(void* block) {
  if (block != nullptr) ++live_blocks;
  return block;
}

void* allocated(std::size_t alignment, std::size_t byte_count) {
  if (is_refused()) return nullptr;
  if (alignment == 0) return counted(__real_malloc(byte_count));
  const std::size_t rounded = (byte_count + alignment - 1) / alignment * alignment;
  return counted(__real_aligned_alloc(alignment, rounded));
}

void* required(std::size_t alignment, std::size_t byte_count) {
  void* const block = allocated(alignment, byte_count == 0 ? 1 : byte_count);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void freed(void* block) {
  if (block != nullptr) --live_blocks;
  __real_free(block);
}

}  // namespace

void Scarcity::begin() const {
  is_met = false;
  is_lasting = lasts_;
  left = granted_;
  is_scarce = true;
}

void Scarcity::end() {
  is_scarce = false;
  was_met_ |= is_met;
}

std::int64_t live_block_count() { return live_blocks; }

}  // namespace firn_test

using firn_test::allocated;
using firn_test::freed;
using firn_test::required;

extern "C" {

void* __wrap_malloc(std::size_t byte_count) { return allocated(0, byte_count); }

void* __wrap_calloc(std::size_t count, std::size_t byte_count) {
  return firn_test::is_refused() ? nullptr : firn_test::counted(__real_calloc(count, byte_count));
}

void* __wrap_realloc(void* block, std::size_t byte_count) {
  if (firn_test::is_refused()) return nullptr;
  void* const moved = __real_realloc(block, byte_count);
  return block == nullptr ? firn_test::counted(moved) : moved;
}

void* __wrap_aligned_alloc(std::size_t alignment, std::size_t byte_count) {
  return allocated(alignment, byte_count);
}

int __wrap_posix_memalign(void** block, std::size_t alignment, std::size_t byte_count) {
  if (firn_test::is_refused()) return ENOMEM;
  const int error = __real_posix_memalign(block, alignment, byte_count);
  if (error == 0) firn_test::counted(*block);
  return error;
}

void __wrap_free(void* block) { freed(block); }
}
// NOLINTEND(bugprone-reserved-identifier)

// All forms, so that none of a sanitizer's own is mixed with these.
void* operator new(std::size_t size) { return required(0, size); }
void* operator new[](std::size_t size) { return required(0, size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return required(static_cast<std::size_t>(alignment), size);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return required(static_cast<std::size_t>(alignment), size);
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return allocated(0, size);
}
void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return allocated(0, size);
}
void operator delete(void* block) noexcept { freed(block); }
void operator delete[](void* block) noexcept { freed(block); }
void operator delete(void* block, std::size_t /*size*/) noexcept { freed(block); }
void operator delete[](void* block, std::size_t /*size*/) noexcept { freed(block); }
void operator delete(void* block, std::align_val_t /*alignment*/) noexcept { freed(block); }
void operator delete[](void* block, std::align_val_t /*alignment*/) noexcept { freed(block); }
void operator delete(void* block, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  freed(block);
}
void operator delete[](void* block, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  freed(block);
}
void operator delete(void* block, const std::nothrow_t& /*tag*/) noexcept { freed(block); }
void operator delete[](void* block, const std::nothrow_t& /*tag*/) noexcept { freed(block); }
