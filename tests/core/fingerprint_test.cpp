#include "firn/fingerprint.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "naive_text.h"

namespace firn_test {
namespace {

using firn::Fingerprint;
using firn::fingerprint_from_hex;
using firn::fingerprint_of;
using firn::to_hex;

/// Bytes 7, 138, 13, ...: byte i is (131 i + 7) mod 256.
std::string sample(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 131 + 7);
  return bytes;
}

TEST(Fingerprint, IsWhatXxh128sumPrints) {
  struct Row {
    std::size_t size;
    std::string hex;
  };
  // xxHash has a way of its own for each of these sizes. From `xxh128sum` 0.8.1.
  const std::vector<Row> rows = {
      {0, "99aa06d3014798d86001c324468d497f"},    {1, "495b62073ef70ca44c5cca45d0f4811f"},
      {3, "390cdc5b4a895dd76e3e2670e61106ac"},    {4, "aa6e2f274640a3f43d668af6f2a44d77"},
      {8, "6a86a3bda6af4e3d61ddbe7f31a6100d"},    {9, "664c7ca18afd62558c7b67fd458a936b"},
      {16, "7f9a218b0425449ae2ce54a7c19c730d"},   {17, "66fc23f6439dbd778d96ef110fcdebb4"},
      {32, "49a11ee743d6d342fd357cf6cb2dda18"},   {128, "aec730751478556cff361dec1385710a"},
      {129, "98cd36ccbb5579264545b3a09738e31a"},  {240, "5293e17bf553903d3f2c53e72293711f"},
      {241, "b53840fe3fedf161956cae592c67279e"},  {1024, "f69630613f24324d70bd377d9574f4bb"},
      {1025, "621af7b8277effa466c4487c41e127a7"}, {100000, "e9e46da59b77e42314ce8d6fc2c4868b"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(to_hex(fingerprint_of(ExactCopy(sample(row.size)).view())), row.hex) << row.size;
  }
  EXPECT_EQ(to_hex(fingerprint_of("abc")), "06b05ab6733a618578af5f94892f3950");
  EXPECT_EQ(to_hex(fingerprint_of("one\ntwo\n")), "c796d15e493d134d5d953b5446c61440");
}

TEST(Fingerprint, WritesTheHighHalfFirst) {
  EXPECT_EQ(to_hex({.high = 0x0123456789abcdef, .low = 1}), "0123456789abcdef0000000000000001");
}

TEST(Fingerprint, IsTheSameInPieces) {
  // Pieces around the hash's own block sizes, 64, 256 and 1,024.
  for (const std::size_t piece : {1, 3, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025, 5000}) {
    const std::string bytes = sample(5000);
    firn::FingerprintStream stream;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      stream.add(ExactCopy(std::string_view(bytes).substr(at, piece)).view());
      stream.add("");
    }
    EXPECT_EQ(stream.finish(), fingerprint_of(bytes)) << piece;
  }
  EXPECT_EQ(firn::FingerprintStream().finish(), fingerprint_of(""));
}

TEST(Fingerprint, ReadsBackWhatItWrites) {
  for (std::size_t size = 0; size < 100; ++size) {
    const Fingerprint fingerprint = fingerprint_of(sample(size));
    EXPECT_EQ(fingerprint_from_hex(to_hex(fingerprint)), fingerprint);
  }
}

TEST(Fingerprint, ReadsEitherCase) {
  const Fingerprint expected{.high = 0xabcdef0000000000, .low = 0xfedcba};
  EXPECT_EQ(fingerprint_from_hex("abcdef00000000000000000000fedcba"), expected);
  EXPECT_EQ(fingerprint_from_hex("ABCDEF00000000000000000000FEDCBA"), expected);
  EXPECT_EQ(fingerprint_from_hex("aBcDeF00000000000000000000fEdCbA"), expected);
}

TEST(Fingerprint, ReadsNothingElse) {
  const std::string hex = to_hex(fingerprint_of("abc"));
  for (const std::string& other :
       {std::string(), hex.substr(1), hex + "0", " " + hex.substr(1), "0x" + hex.substr(2)}) {
    EXPECT_EQ(fingerprint_from_hex(ExactCopy(other).view()), std::nullopt) << other;
  }
  for (const char digit : std::string("/:@G`g\x7F\xFF\0-", 10)) {
    std::string other = hex;
    other[20] = digit;
    EXPECT_EQ(fingerprint_from_hex(other), std::nullopt) << literal(other);
  }
}

}  // namespace
}  // namespace firn_test
