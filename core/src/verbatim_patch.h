#pragma once

#include <cstdint>
#include <string_view>

#include "firn/batch.h"

namespace firn {

/// For batches that are made of values already in memory.
[[nodiscard]] BatchBuilder unlimited_builder();

/// What puts `now` in place of `count` lines at `line`, which must hold `was`.
[[nodiscard]] PatchSpec change_of_lines(std::uint64_t line, std::uint64_t count,
                                        std::string_view was, std::string_view now);

/// Adds the patch that puts `now`, byte for byte, in place of `count` lines at `line`, which must
/// hold `was`.
[[nodiscard]] Result<void> add_verbatim(BatchBuilder& builder, std::uint64_t line,
                                        std::uint64_t count, std::string_view was,
                                        std::string_view now);

}  // namespace firn
