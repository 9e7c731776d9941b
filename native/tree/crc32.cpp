#include "crc32.h"

#include <array>
#include <cstddef>

namespace firn::tree {

namespace {

constexpr std::uint32_t kPolynomial = 0xEDB88320;
constexpr std::size_t kSlices = 8;

using Table = std::array<std::uint32_t, 256>;

/// Table k is the checksum of a byte that k zero bytes follow.
constexpr std::array<Table, kSlices> make_tables() {
  std::array<Table, kSlices> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? kPolynomial : 0);
    tables[0][byte] = crc;
  }
  for (std::size_t slice = 1; slice < kSlices; ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[slice - 1][byte];
      tables[slice][byte] = (before >> 8U) ^ tables[0][before & 0xFFU];
    }
  }
  return tables;
}

constexpr std::array<Table, kSlices> kTables = make_tables();

constexpr std::uint32_t byte_at(std::string_view bytes, std::size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) noexcept {
  std::uint32_t crc = 0xFFFFFFFF;
  while (bytes.size() >= kSlices) {
    crc ^= byte_at(bytes, 0) | (byte_at(bytes, 1) << 8U) | (byte_at(bytes, 2) << 16U) |
           (byte_at(bytes, 3) << 24U);
    crc = kTables[7][crc & 0xFFU] ^ kTables[6][(crc >> 8U) & 0xFFU] ^
          kTables[5][(crc >> 16U) & 0xFFU] ^ kTables[4][crc >> 24U] ^
          kTables[3][byte_at(bytes, 4)] ^ kTables[2][byte_at(bytes, 5)] ^
          kTables[1][byte_at(bytes, 6)] ^ kTables[0][byte_at(bytes, 7)];
    bytes.remove_prefix(kSlices);
  }
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    crc = (crc >> 8U) ^ kTables[0][(crc ^ byte_at(bytes, index)) & 0xFFU];
  }
  return ~crc;
}

}  // namespace firn::tree
