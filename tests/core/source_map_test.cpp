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
#include "naive_source_map.h"
#include "notation.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::MapDetail;
using firn::Patched;
using firn::SourceMapStyle;

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
  EXPECT_EQ(decoded_mappings(std::string(map_of(patched_by("\xF0\x9F\x8E\x89.\xC3\xA9.x\n", ""),
                                                {.detail = MapDetail::boundary})["mappings"]))
                .front(),
            (std::vector<MapSegment>{{.column = 0, .base = {{0, 0}}},
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
    EXPECT_EQ(decoded_mappings(std::string(map["mappings"])).front(),
              (std::vector<MapSegment>{{.column = 0, .base = {{0, 0}}},
                                       {.column = column, .base = {{0, column}}}}));
  }
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
      ASSERT_EQ(map_of(*patched, {.detail = detail})["mappings"],
                firn::mappings(*patched, detail).value().view());
      ASSERT_EQ(difference_from_provenance(*patched, detail), "")
          << "FIRN_SEED=" << seed << ", round " << round << "\n"
          << code_of(given);
    }
  }
  EXPECT_GT(mapped, rounds(20'000) / 10);
}

}  // namespace
}  // namespace firn_test
