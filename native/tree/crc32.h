#pragma once

#include <cstdint>
#include <string_view>

namespace firn::tree {

/// The checksum of zlib, gzip and PNG (ISO-HDLC, reflected polynomial 0xEDB88320). O(n), eight
/// bytes at a time: "slicing by 8", Kounavis and Berry, Intel 2006.
[[nodiscard]] std::uint32_t crc32(std::string_view bytes) noexcept;

}  // namespace firn::tree
