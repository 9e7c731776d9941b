#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace firn {

/// True for a number as RFC 8259 spells it.
[[nodiscard]] bool is_json_number(std::string_view token) noexcept;

struct JsonFault {
  std::size_t byte_offset = 0;
  std::string_view reason;
};

/// The first place where `json` stops being JSON (RFC 8259): the token that cannot stand there, or
/// the end of input that comes too soon; nothing when it is JSON.
///
/// simdjson says that a text is no JSON fast, but not where, and its kernels notice different
/// things first; an error must be the same on every target. So the place is looked for here, once
/// it is known that there is one. O(n), and a byte of memory for each level of nesting.
[[nodiscard]] std::optional<JsonFault> find_json_fault(std::string_view json);

}  // namespace firn
