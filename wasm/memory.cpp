#include "memory.h"

#include <cstddef>
#include <cstdint>
#include <new>

extern "C" {

// The allocator's own; the linker gives every other caller those below (--wrap).
void* __real_malloc(std::size_t byte_count);  // NOLINT(bugprone-reserved-identifier)
void __real_free(void* storage);              // NOLINT(bugprone-reserved-identifier)

/// Ends the call: JavaScript throws through it, and gives its stack back.
[[noreturn, clang::import_module("firn"), clang::import_name("out_of_memory")]] void
firn_out_of_memory();
}

namespace firn::wasm {

namespace {

/// In front of every block. The blocks of the call that runs are in a ring.
struct Header {
  Header* before = nullptr;  ///< Null: settled.
  Header* behind = nullptr;
  void* allocated = nullptr;  ///< What the allocator gave.
  std::uint32_t unused = 0;   ///< Blocks lie as the allocator's do.
};
static_assert(sizeof(Header) == 16);

Header ring{.before = &ring, .behind = &ring};

Header* header_of(void* storage) { return static_cast<Header*>(storage) - 1; }

void link(Header& header) {
  header.before = ring.before;
  header.behind = &ring;
  ring.before->behind = &header;
  ring.before = &header;
}

void unlink(Header& header) {
  if (header.before == nullptr) return;
  header.before->behind = header.behind;
  header.behind->before = header.before;
}

/// The allocator adds a size to an address to see whether it fits, and takes what wraps for little:
/// a block past the end of all memory was given away as if it were there. In 3 GiB of memory no
/// block of 1 GiB wraps.
constexpr std::size_t kLargestBlock = std::size_t{1} << 30U;

void* allocate(std::size_t alignment, std::size_t byte_count) {
  if (byte_count > kLargestBlock - sizeof(Header) - alignment) return nullptr;
  void* const allocated = __real_malloc(byte_count + sizeof(Header) + alignment);
  if (allocated == nullptr) return nullptr;
  const auto first = reinterpret_cast<std::uintptr_t>(allocated) + sizeof(Header);
  const auto aligned = alignment == 0 ? first : (first + alignment - 1) / alignment * alignment;
  auto* const header = new (reinterpret_cast<Header*>(aligned) - 1) Header{.allocated = allocated};
  link(*header);
  return header + 1;
}

/// Empties the ring.
template <typename Use>
void each_of_this_call(Use use) {
  Header* header = ring.behind;
  ring.before = ring.behind = &ring;
  while (header != &ring) {
    Header* const behind = header->behind;
    use(*header);
    header = behind;
  }
}

}  // namespace

void settle() noexcept {
  each_of_this_call([](Header& header) { header.before = header.behind = nullptr; });
}

void adopt(void* storage) noexcept {
  if (storage != nullptr) link(*header_of(storage));
}

extern "C" {

/// For a call that was ended before it made its value.
void give_back() {
  each_of_this_call([](Header& header) { __real_free(header.allocated); });
}

void* __wrap_malloc(std::size_t byte_count) {  // NOLINT(bugprone-reserved-identifier)
  return allocate(0, byte_count);
}

// NOLINTNEXTLINE(bugprone-reserved-identifier)
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t byte_count) {
  return allocate(alignment, byte_count);
}

void __wrap_free(void* storage) {  // NOLINT(bugprone-reserved-identifier)
  if (storage == nullptr) return;
  Header* const header = header_of(storage);
  unlink(*header);
  __real_free(header->allocated);
}
}

}  // namespace firn::wasm

// Core asks for large pieces by malloc, and says it when there are none. Of small ones nobody knows
// before: where they fail the call ends, and the module lives on.
void* operator new(std::size_t byte_count) {
  void* const storage = firn::wasm::__wrap_malloc(byte_count);
  if (storage == nullptr) firn_out_of_memory();
  return storage;
}

void operator delete(void* storage) noexcept { firn::wasm::__wrap_free(storage); }
void operator delete(void* storage, std::size_t /*byte_count*/) noexcept {
  firn::wasm::__wrap_free(storage);
}
