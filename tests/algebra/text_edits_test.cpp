#include "firn/text_edits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "random_text.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::ErrorCode;
using firn::Snapshot;
using firn::TextEdit;

std::string edited(std::string_view text, const std::vector<TextEdit>& edits) {
  const Snapshot snapshot = frozen(text);
  return applied(snapshot, firn::batch_of_text_edits(snapshot, edits).value());
}

firn::Error refusal(std::string_view text, const std::vector<TextEdit>& edits) {
  const auto batch = firn::batch_of_text_edits(frozen(text), edits);
  if (batch) throw std::runtime_error("not refused");
  return batch.error();
}

TEST(TextEdits, ColumnsCountUtf16Units) {
  EXPECT_EQ(edited("a\xF0\x9F\x98\x80z\n", {{{0, 3}, {0, 4}, "!"}}), "a\xF0\x9F\x98\x80!\n");
}

TEST(TextEdits, APlaceInsideASurrogatePairIsRefused) {
  EXPECT_EQ(refusal("\xF0\x9F\x98\x80\n", {{{0, 1}, {0, 1}, "x"}}).code,
            ErrorCode::line_out_of_range);
}

TEST(TextEdits, NothingIsClamped) {
  EXPECT_EQ(refusal("ab\n", {{{0, 3}, {0, 3}, "x"}}).code, ErrorCode::line_out_of_range);
  EXPECT_EQ(refusal("ab\n", {{{2, 0}, {2, 0}, "x"}}).code, ErrorCode::line_out_of_range);
  EXPECT_EQ(refusal("ab\n", {{{2, 0}, {2, 0}, "x"}}).line, 3U);
  // Which line that is, counted from 1, no number says.
  EXPECT_EQ(refusal("ab\n", {{{UINT64_MAX, 0}, {UINT64_MAX, 0}, "x"}}).line, std::nullopt);
  EXPECT_EQ(refusal("ab\n", {{{0, 1}, {0, 0}, "x"}}).code, ErrorCode::invalid_argument);
}

TEST(TextEdits, InsertsAtOnePlaceComeOutAsTheyStand) {
  EXPECT_EQ(edited("ab\n", {{{0, 1}, {0, 1}, "1"}, {{0, 1}, {0, 1}, "2"}}), "a12b\n");
}

TEST(TextEdits, AReplacementMayFollowInsertsAtItsStartButNotComeBeforeThem) {
  EXPECT_EQ(edited("ab\n", {{{0, 0}, {0, 0}, "1"}, {{0, 0}, {0, 1}, "A"}}), "1Ab\n");
  EXPECT_EQ(refusal("ab\n", {{{0, 0}, {0, 1}, "A"}, {{0, 0}, {0, 0}, "1"}}).code,
            ErrorCode::overlap);
}

TEST(TextEdits, AnOverlapNamesBothEdits) {
  const firn::Error error =
      refusal("abcd\n", {{{0, 2}, {0, 4}, ""}, {{0, 0}, {0, 1}, ""}, {{0, 1}, {0, 3}, ""}});
  EXPECT_EQ(error.code, ErrorCode::overlap);
  EXPECT_EQ(error.patch->index, 2U);
  EXPECT_EQ(error.other->index, 0U);
}

TEST(TextEdits, TheLineBehindTheLastIsTheEndOfTheText) {
  EXPECT_EQ(edited("a\n", {{{1, 0}, {1, 0}, "b"}}), "a\nb");
  EXPECT_EQ(edited("", {{{0, 0}, {0, 0}, "b"}}), "b");
}

TEST(TextEdits, LinesThatStayTheSameAreNotInThePatch) {
  const Snapshot snapshot = frozen("a\nb\nc\n");
  const std::vector<TextEdit> edits = {{{0, 1}, {0, 1}, "\nnew"}};
  const auto batch = firn::batch_of_text_edits(snapshot, edits).value();
  ASSERT_EQ(batch.patches().size(), 1U);
  EXPECT_EQ(batch.patches()[0].op, firn::Op::insert_lines);
  EXPECT_EQ(batch.patches()[0].line, 2U);
  EXPECT_EQ(batch.patches()[0].text, "new\n");
}

TEST(TextEdits, TheFirstOfSeveralFaultyEditsIsReported) {
  const firn::Error error =
      refusal("ab\ncd\n", {{{1, 9}, {1, 9}, ""}, {{0, 9}, {0, 9}, ""}, {{0, 1}, {0, 0}, ""}});
  EXPECT_EQ(error.patch->index, 0U);
  EXPECT_EQ(error.code, ErrorCode::line_out_of_range);
}

// A minute where each edit reads its line from the start.
TEST(TextEdits, ManyEditsOfOneLineReadItOnce) {
  constexpr std::uint64_t kEdits = 200'000;
  std::string text;
  std::string wanted;
  std::vector<TextEdit> edits;
  for (std::uint64_t i = 0; i < kEdits; ++i) {
    text += "ab";
    wanted += "Ab";
    const std::uint64_t column = 2 * (kEdits - 1 - i);
    edits.push_back({{0, column}, {0, column + 1}, "A"});
  }
  EXPECT_EQ(edited(text, edits), wanted);
}

/// Every place of a text that is UTF-8, with the byte it stands for.
struct Place {
  firn::TextPosition position;
  std::size_t byte = 0;
};

std::vector<Place> places_of(const Snapshot& text) {
  std::vector<Place> places;
  for (std::uint64_t line = 1; line <= text.line_count(); ++line) {
    std::uint64_t column = 0;
    std::size_t byte = 0;
    const std::string_view content = text.line(line);
    while (true) {
      places.push_back({{line - 1, column}, text.byte_offset_of(line) + byte});
      if (byte == content.size()) break;
      const auto lead = static_cast<unsigned char>(content[byte]);
      byte += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      column += lead >= 0xF0 ? 2 : 1;
    }
  }
  places.push_back({{text.line_count(), 0}, text.byte_size()});
  return places;
}

std::string random_unicode(RandomText& random) {
  constexpr std::string_view pieces[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
  std::string text;
  for (std::uint64_t line = random.below(5); line > 0; --line) {
    for (std::uint64_t i = random.below(4); i > 0; --i) text += pieces[random.below(4)];
    if (line == 1 && random.one_in(3)) break;
    text += random.one_in(4) ? "\r\n" : "\n";
  }
  return text;
}

TEST(TextEdits, AnyEditsGiveWhatSplicingBytesGives) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  constexpr std::string_view texts[] = {"", "x", "y\n", "\nz", "p\nq\n", "\r\n"};
  for (std::uint64_t i = 0; i < rounds(20'000); ++i) {
    const std::string text = random_unicode(random);
    const Snapshot snapshot = frozen(text);
    const std::vector<Place> places = places_of(snapshot);
    std::vector<TextEdit> edits;
    struct Splice {
      std::size_t begin, end, index;
    };
    std::vector<Splice> splices;
    for (std::uint64_t k = random.below(4); k > 0; --k) {
      Place a = places[random.below(places.size())];
      Place b = random.one_in(2) ? a : places[random.below(places.size())];
      if (b.position < a.position) std::swap(a, b);
      splices.push_back({a.byte, b.byte, edits.size()});
      edits.push_back({a.position, b.position, texts[random.below(6)]});
    }
    std::ranges::sort(splices, {},
                      [](const Splice& splice) { return std::pair(splice.begin, splice.index); });
    std::string wanted;
    std::size_t at = 0;
    bool overlaps = false;
    for (const Splice& splice : splices) {
      overlaps |= splice.begin < at;
      if (overlaps) break;
      wanted.append(text, at, splice.begin - at).append(edits[splice.index].new_text);
      at = splice.end;
    }
    if (overlaps) {
      ASSERT_EQ(refusal(text, edits).code, ErrorCode::overlap);
      continue;
    }
    wanted.append(text, at);
    ASSERT_EQ(edited(text, edits), wanted);
  }
}

}  // namespace
}  // namespace firn_test
