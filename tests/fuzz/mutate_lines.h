#pragma once

#include <cstddef>
#include <cstdint>

namespace firn_test {

/// Changes `data` as people change texts, in place: a line is taken away, doubled, moved, swapped,
/// put where another text of the input has its lines, or given another end. Returns the new size,
/// at most `max_size`; `size` when there was nothing to change. The same seed does the same.
[[nodiscard]] std::size_t mutate_lines(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                       std::uint32_t seed);

}  // namespace firn_test
