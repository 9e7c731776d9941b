/// libFuzzer's side: one target, FIRN_FUZZ_TARGET, in a program of its own.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mutate_lines.h"
#include "targets.h"

// The names are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  firn_test::fuzz::FIRN_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}

/// Every other time in bytes and words of the dictionary, else in lines.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
  if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, max_size);
  return firn_test::mutate_lines(data, size, max_size, seed / 2);
}
