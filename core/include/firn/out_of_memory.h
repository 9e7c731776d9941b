#pragma once

#include <cstdint>
#include <string_view>

#include "firn/error.h"

namespace firn {

/// limit_exceeded for memory that is not there: `what` was to be made of `byte_count` bytes. For
/// bindings too: whoever allocates a text says it in the same words.
[[nodiscard]] Error out_of_memory(std::string_view what, std::uint64_t byte_count);

/// The same where nobody knows what was to be made: std::bad_alloc has gone through core, or a call
/// of WebAssembly was ended.
[[nodiscard]] Error out_of_memory();

}  // namespace firn
