#include "crc32.h"

#include <gtest/gtest.h>

#include <string>

namespace firn::tree {
namespace {

/// Bit by bit, as the polynomial says.
std::uint32_t crc32_by_bits(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) * 0xEDB88320U);
  }
  return ~crc;
}

TEST(Crc32, IsTheCatalogueS) {
  EXPECT_EQ(crc32("123456789"), 0xCBF43926U);
  EXPECT_EQ(crc32(""), 0U);
}

TEST(Crc32, IsTheSameBitByBitForEveryLengthAroundASlice) {
  std::string text;
  for (int length = 0; length < 70; ++length) {
    EXPECT_EQ(crc32(text), crc32_by_bits(text)) << length;
    text += static_cast<char>(length * 37);
  }
}

}  // namespace
}  // namespace firn::tree
