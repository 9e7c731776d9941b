#pragma once

#include <cstddef>
#include <string_view>

namespace firn {

/// How many leading bytes of `text` are whole, valid UTF-8 characters (RFC 3629: no surrogates,
/// no overlong forms). O(n).
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text) noexcept;

/// Bytes at the front of `text` that one U+FFFD stands for, as in browsers (Unicode 15, section
/// 3.9, "maximal subparts"). REQUIRES text not empty and ill-formed at its front. O(1).
[[nodiscard]] std::size_t ill_formed_utf8_size(std::string_view text) noexcept;

}  // namespace firn
