#include "json_escape.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace firn_test {
namespace {

using namespace std::string_literals;

/// RFC 8259, 7, byte by byte.
std::string naive_escaped(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string escaped;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '"' || byte == '\\') {
      escaped += {'\\', byte};
    } else if (byte == '\n') {
      escaped += "\\n";
    } else if (code < 0x20) {
      escaped += "\\u00"s + hex[code >> 4U] + hex[code & 0xFU];
    } else {
      escaped += byte;
    }
  }
  return escaped;
}

/// In memory that ends where it must, so that a sanitizer sees what is read or written past it.
std::string escaped(std::string_view text) {
  const std::vector<char> exact(text.begin(), text.end());
  const std::string_view given(exact.data(), exact.size());
  std::vector<char> out(firn::max_escaped_size(given));
  const char* const end = firn::write_escaped(given, out.data());
  return {out.data(), static_cast<std::size_t>(end - out.data())};
}

TEST(JsonEscape, EveryByteIsEscapedAsJsonAsks) {
  for (unsigned code = 0; code < 256; ++code) {
    const std::string text(1, static_cast<char>(code));
    EXPECT_EQ(escaped(text), naive_escaped(text)) << "byte " << code;
    const std::string many(300, static_cast<char>(code));
    EXPECT_EQ(escaped(many), naive_escaped(many)) << "300 times byte " << code;
  }
}

TEST(JsonEscape, AnEscapeMayStandAnywhereInATextOfAnySize) {
  constexpr std::size_t kMostBytes = 200;  // More than three blocks.
  for (std::size_t size = 0; size <= kMostBytes; ++size) {
    const std::string plain(size, 'a');
    ASSERT_EQ(escaped(plain), plain);
    for (std::size_t at = 0; at < size; ++at) {
      std::string text = plain;
      text[at] = '\n';
      if (at + 64 < size) text[at + 64] = '\x1f';
      ASSERT_EQ(escaped(text), naive_escaped(text)) << size << " bytes, the first at " << at;
    }
  }
}

TEST(JsonEscape, AnEmptyTextStaysEmpty) { EXPECT_EQ(escaped(""), ""); }

}  // namespace
}  // namespace firn_test
