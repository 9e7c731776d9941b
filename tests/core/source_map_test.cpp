#include "firn/source_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "case.h"
#include "firn/apply.h"
#include "notation.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::MapDetail;
using firn::Patched;
using firn::SourceMapStyle;

/// A decoded segment: 0-based, in UTF-16 units; no base place when nothing is its source.
struct Segment {
  std::int64_t column = 0;
  std::optional<std::pair<std::int64_t, std::int64_t>> base;

  friend bool operator==(const Segment&, const Segment&) = default;
};
using MappedLines = std::vector<std::vector<Segment>>;

/// ECMA-426 by the letter.
std::vector<std::int64_t> numbers_in(std::string_view segment) {
  const std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<std::int64_t> numbers;
  std::int64_t number = 0;
  int shift = 0;
  for (const char character : segment) {
    const auto digit = static_cast<std::int64_t>(digits.find(character));
    number += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) != 0) continue;
    numbers.push_back((number & 1) != 0 ? -(number >> 1) : number >> 1);
    number = 0;
    shift = 0;
  }
  return numbers;
}

MappedLines decoded(std::string_view mappings) {
  MappedLines lines(1);
  std::int64_t column = 0;
  std::int64_t base_line = 0;
  std::int64_t base_column = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= mappings.size(); ++at) {
    const bool ends = at == mappings.size() || mappings[at] == ';' || mappings[at] == ',';
    if (!ends) continue;
    const auto numbers = numbers_in(mappings.substr(begin, at - begin));
    begin = at + 1;
    if (!numbers.empty()) {
      column += numbers[0];
      Segment segment{.column = column, .base = std::nullopt};
      if (numbers.size() == 4) {
        base_line += numbers[2];
        base_column += numbers[3];
        segment.base = {base_line, base_column};
      }
      lines.back().push_back(segment);
    }
    if (at < mappings.size() && mappings[at] == ';') {
      lines.emplace_back();
      column = 0;
    }
  }
  return lines;
}

nlohmann::json map_of(const Patched& patched, const SourceMapStyle& style = {}) {
  return nlohmann::json::parse(firn::source_map(patched, style).value().view());
}

Patched patched_by(std::string_view text, std::string_view patches) {
  return firn::apply(frozen(text), batch_of(patches)).value();
}

TEST(SourceMap, NamesItsFilesAndHoldsTheBase) {
  const Patched patched = patched_by("a\n\"b\"\n", "1:=x");
  const auto map = map_of(patched, {.file = "out.js", .source = "src/in.js"});
  EXPECT_EQ(map["version"], 3);
  EXPECT_EQ(map["file"], "out.js");
  EXPECT_EQ(map["sources"], nlohmann::json::array({"src/in.js"}));
  EXPECT_EQ(map["sourcesContent"], nlohmann::json::array({"a\n\"b\"\n"}));
  EXPECT_EQ(map["names"], nlohmann::json::array());
  EXPECT_FALSE(map_of(patched, {.with_content = false}).contains("sourcesContent"));
}

TEST(SourceMap, IsWhatTheStandardSaysForSmallTexts) {
  EXPECT_EQ(map_of(patched_by("a\nb\nc\n", ""))["mappings"], "AAAA;AACA;AACA");
  EXPECT_EQ(map_of(patched_by("a\nb\nc\n", "2:-"))["mappings"], "AAAA;AAEA");
  EXPECT_EQ(map_of(patched_by("a\nb\n", "1:+x 2:=y|z"))["mappings"], "A;AAAA;A;A");
  EXPECT_EQ(map_of(patched_by("", ""))["mappings"], "");
  EXPECT_EQ(map_of(patched_by("a b\n", ""), {.detail = MapDetail::boundary})["mappings"],
            "AAAA,CAAC,CAAC");
}

TEST(SourceMap, CountsColumnsInUtf16Units) {
  // A word of two units, then the dot at unit 2; a flag is two characters of two units each.
  EXPECT_EQ(decoded(std::string(map_of(patched_by("\xF0\x9F\x8E\x89.\xC3\xA9.x\n", ""),
                                       {.detail = MapDetail::boundary})["mappings"]))
                .front(),
            (std::vector<Segment>{{.column = 0, .base = {{0, 0}}},
                                  {.column = 2, .base = {{0, 2}}},
                                  {.column = 3, .base = {{0, 3}}},
                                  {.column = 4, .base = {{0, 4}}},
                                  {.column = 5, .base = {{0, 5}}}}));
}

TEST(SourceMap, RefusesABaseThatIsNotUtf8AndNamesTheLine) {
  const auto map = firn::source_map(patched_by("a\n\xFF\n", "1:=x"), {});
  ASSERT_FALSE(map.has_value());
  EXPECT_EQ(map.error().code, firn::ErrorCode::malformed_text);
  EXPECT_EQ(map.error().line, 2);
  const auto boundaries = firn::mappings(patched_by("a\n\xFF\n", ""), MapDetail::boundary);
  ASSERT_FALSE(boundaries.has_value());
  EXPECT_EQ(boundaries.error().line, 2);
}

TEST(SourceMap, TellsTheLinesOfABaseThatIsNotUtf8AndThatItDoesNotHold) {
  const Patched patched = patched_by("a\n\xFF\n", "1:=x");
  EXPECT_EQ(map_of(patched, {.with_content = false})["mappings"], "A;AACA");
  EXPECT_EQ(firn::mappings(patched).value().view(), "A;AACA");
}

TEST(SourceMap, HoldsEveryCharacterOfItsBase) {
  std::string text;
  for (int code = 0; code < 0x80; ++code) {
    // Each in every place of eight bytes that are looked at together, beside others like it.
    text.append(static_cast<std::size_t>(code % 9), static_cast<char>(code ^ 1));
    text += static_cast<char>(code);
  }
  text += "\xC3\xA9\xF0\x9F\x8E\x89";
  EXPECT_EQ(map_of(patched_by(text, ""))["sourcesContent"], nlohmann::json::array({text}));
}

TEST(SourceMap, TellsTheEndOfRunsOfAnyLength) {
  for (const std::size_t units : {1, 15, 16, 17, 63, 64, 65, 511, 512, 20'000}) {
    const auto map =
        map_of(patched_by(std::string(units, 'w') + ";\n", ""), {.detail = MapDetail::boundary});
    const auto column = static_cast<std::int64_t>(units);
    EXPECT_EQ(decoded(std::string(map["mappings"])).front(),
              (std::vector<Segment>{{.column = 0, .base = {{0, 0}}},
                                    {.column = column, .base = {{0, column}}}}));
  }
}

/// The place in the base that `column` of a mapped line comes from, as every consumer finds it.
std::optional<std::pair<std::int64_t, std::int64_t>> trace(const std::vector<Segment>& line,
                                                           std::int64_t column) {
  std::optional<std::pair<std::int64_t, std::int64_t>> base;
  for (const Segment& segment : line) {
    if (segment.column <= column) base = segment.base;
  }
  return base;
}

bool is_word(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_' || byte == '$';
}

/// Every line must come from where provenance says, and with boundaries every place between two
/// ASCII characters of which not both are of one word or blank.
std::string difference(const Patched& patched, MapDetail detail) {
  const std::string mappings = map_of(patched, {.detail = detail})["mappings"];
  const MappedLines lines = decoded(mappings);
  const auto origins = patched.provenance({.from = 1, .to = patched.line_count()});
  if (mappings != firn::mappings(patched, detail).value().view()) return "not the map's mappings";
  if (lines.size() != std::max<std::size_t>(origins.size(), 1)) return "other lines: " + mappings;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    const std::string where = "line " + std::to_string(i + 1) + " of " + mappings;
    if (!origins[i].base_line) {
      if (trace(lines[i], 0) || trace(lines[i], 1'000)) return where + " comes from a patch";
      continue;
    }
    const auto base_line = static_cast<std::int64_t>(*origins[i].base_line) - 1;
    if (trace(lines[i], 0) != std::pair{base_line, std::int64_t{0}}) return where + " is another";
    if (detail == MapDetail::line) continue;
    const std::string_view content = patched.line(i + 1);
    std::int64_t column = 0;
    for (std::size_t at = 0; at < content.size(); ++at) {
      const auto byte = static_cast<unsigned char>(content[at]);
      if (byte >= 0x80) break;
      const bool in_a_run = at > 0 && ((is_word(content[at]) && is_word(content[at - 1])) ||
                                       (content[at] == ' ' && content[at - 1] == ' '));
      if (!in_a_run && content[at] != '\t' && content[at] != '\r' &&
          trace(lines[i], column) != std::pair{base_line, column}) {
        return where + ", column " + std::to_string(column);
      }
      ++column;
    }
  }
  return "";
}

TEST(SourceMap, LeadsEveryLineAndBoundaryBackToItsOwn) {
  const std::uint64_t seed = seed_from_environment();
  Dice dice(seed);
  std::uint64_t mapped = 0;
  for (std::uint64_t round = 0; round < rounds(20'000); ++round) {
    const Case given = random_case(dice);
    const auto patched = firn::apply(frozen(given.text), build(given), given.options);
    if (!patched || !firn::source_map(*patched)) continue;
    ++mapped;
    for (const MapDetail detail : {MapDetail::line, MapDetail::boundary}) {
      ASSERT_EQ(difference(*patched, detail), "")
          << "FIRN_SEED=" << seed << ", round " << round << "\n"
          << code_of(given);
    }
  }
  EXPECT_GT(mapped, rounds(20'000) / 10);
}

}  // namespace
}  // namespace firn_test
