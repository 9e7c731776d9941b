#include "utf8.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "naive_text.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::ill_formed_utf8_size;
using firn::valid_utf8_prefix;
using namespace std::string_literals;

/// How RFC 3629 writes a character.
std::string encoded(std::uint32_t code) {
  const auto tail = [&](unsigned shift) {
    return static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xC0U | (code >> 6U)), tail(0)};
  if (code < 0x10000) return {static_cast<char>(0xE0U | (code >> 12U)), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | (code >> 18U)), tail(12), tail(6), tail(0)};
}

bool is_scalar_value(std::uint32_t code) {
  return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

/// Reads characters by value, and holds each against how it is written: no table of ranges.
std::size_t naive_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (at + size > text.size()) return at;
    std::uint32_t code = size == 1 ? lead : lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
      code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    if (!is_scalar_value(code) || encoded(code) != text.substr(at, size)) return at;
    at += size;
  }
  return at;
}

std::size_t prefix_of(std::string_view text) { return valid_utf8_prefix(ExactCopy(text).view()); }

TEST(Utf8, AcceptsEveryCharacterThereIs) {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (!is_scalar_value(code)) continue;
    const std::string character = encoded(code);
    ASSERT_EQ(valid_utf8_prefix(character), character.size()) << code;
  }
}

TEST(Utf8, StopsBeforeWhatIsNoCharacter) {
  struct Row {
    std::string text;
    std::size_t prefix;
  };
  const std::vector<Row> rows = {
      {"", 0},
      {"abc", 3},
      {"\0a\0"s, 3},
      {"\xEF\xBB\xBF", 3},
      {"a\x80", 1},                  // A tail without a lead.
      {"a\xC3", 1},                  // A lead without its tail.
      {"a\xC3\xC3\xA9", 1},          //
      {"\xC0\x80", 0},               // Overlong NUL.
      {"\xC1\xBF", 0},               //
      {"\xE0\x9F\xBF", 0},           // Overlong, three bytes.
      {"\xF0\x8F\xBF\xBF", 0},       // Overlong, four bytes.
      {"\xED\xA0\x80", 0},           // The first surrogate.
      {"\xED\xBF\xBF", 0},           // The last one.
      {"\xED\x9F\xBF", 3},           // The character before them.
      {"\xF4\x8F\xBF\xBF", 4},       // U+10FFFF
      {"\xF4\x90\x80\x80", 0},       // One past it.
      {"\xF5\x80\x80\x80", 0},       //
      {"\xFF", 0},                   //
      {"\xE2\x82", 0},               // Cut.
      {"\xF0\x9F\x98", 0},           //
      {"12345678\xC3\xA9\xFF", 10},  // After a whole word of ASCII.
      {"1234567\xFF", 7},
  };
  for (const Row& row : rows) EXPECT_EQ(prefix_of(row.text), row.prefix) << literal(row.text);
}

TEST(Utf8, AgreesWithANaiveReaderOnEveryPairOfBytes) {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      ASSERT_EQ(valid_utf8_prefix(text), naive_prefix(text)) << literal(text);
    }
  }
}

TEST(Utf8, AgreesWithANaiveReaderOnBytesNearEveryBound) {
  const std::string bounds =
      "\x00\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xED\xEE\xF0\xF4\xF5"s;
  for (const char a : bounds) {
    for (const char b : bounds) {
      for (const char c : bounds) {
        for (const char d : bounds) {
          const std::string text = {a, b, c, d};
          ASSERT_EQ(valid_utf8_prefix(text), naive_prefix(text)) << literal(text);
        }
      }
    }
  }
}

TEST(Utf8, AgreesWithANaiveReaderWhereverTheFaultStands) {
  Dice dice(seed_from_environment());
  const std::vector<std::string> pieces = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
                                           "12345678"};
  for (std::uint64_t round = 0; round < rounds(20'000); ++round) {
    std::string text;
    for (std::uint64_t count = dice.roll(12); count > 0; --count) text += dice.pick(pieces);
    if (!text.empty()) text[dice.roll(text.size())] = static_cast<char>(dice.roll(256));
    ASSERT_EQ(prefix_of(text), naive_prefix(text)) << literal(text);
  }
}

/// Every way to begin a character of more than two bytes without ending it.
std::set<std::string> unfinished_characters() {
  std::set<std::string> beginnings;
  // Characters that differ in their last six bits differ in their last byte only.
  for (std::uint32_t code = 0x800; code <= 0x10FFFF; code += 0x40) {
    if (!is_scalar_value(code)) continue;
    const std::string character = encoded(code);
    for (std::size_t size = 2; size < character.size(); ++size) {
      beginnings.insert(character.substr(0, size));
    }
  }
  return beginnings;
}

TEST(Utf8, TakesTheLongestBeginningOfACharacterForOneFault) {
  const std::set<std::string> beginnings = unfinished_characters();
  const std::string bounds = "a\x80\x8F\x90\x9F\xA0\xBF\xC0\xC2\xDF\xE0\xE2\xED\xF0\xF1\xF4\xF5"s;
  std::vector<std::string> texts;
  for (const char a : bounds) {
    for (const char b : bounds) {
      for (const char c : bounds) {
        for (const char d : bounds)
          texts.insert(texts.end(), {{a}, {a, b}, {a, b, c}, {a, b, c, d}});
      }
    }
  }
  for (const std::string& text : texts) {
    if (naive_prefix(text) > 0) continue;
    std::size_t expected = 1;
    for (std::size_t size = 2; size <= text.size(); ++size) {
      if (beginnings.contains(text.substr(0, size))) expected = size;
    }
    ASSERT_EQ(ill_formed_utf8_size(ExactCopy(text).view()), expected) << literal(text);
  }
}

}  // namespace
}  // namespace firn_test
