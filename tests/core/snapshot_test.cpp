#include "firn/snapshot.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "case.h"
#include "invariants.h"
#include "naive_text.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::Bytes;
using firn::ErrorCode;
using firn::Snapshot;
using namespace std::string_literals;

/// The frozen bytes, for someone who means harm.
char* memory_of(const Snapshot& snapshot) { return const_cast<char*>(snapshot.bytes().data()); }

std::vector<std::string> lines_of(const Snapshot& snapshot) {
  std::vector<std::string> lines;
  for (std::uint64_t line = 1; line <= snapshot.line_count(); ++line) {
    lines.emplace_back(snapshot.line(line));
  }
  return lines;
}

TEST(Snapshot, HasTheLinesThatItsBytesHave) {
  struct Row {
    std::string text;
    std::vector<std::string> lines;
  };
  const std::vector<Row> rows = {
      {"", {}},
      {"a", {"a"}},
      {"a\n", {"a"}},
      {"\n", {""}},
      {"\n\n", {"", ""}},
      {"a\n\nb", {"a", "", "b"}},
      {"a\r\nb\r\n", {"a", "b"}},
      {"a\rb", {"a\rb"}},
      {"a\r", {"a\r"}},
      {"a\r\r\n", {"a\r"}},
      {"\xEF\xBB\xBFx\n", {"\xEF\xBB\xBFx"}},
      {"a\0b\n\0"s, {"a\0b"s, "\0"s}},
      {"\xFF\xC3\n", {"\xFF\xC3"}},
      {"a\xE2\x80\xA8\x62\x0C\x0B\xC2\x85", {"a\xE2\x80\xA8\x62\x0C\x0B\xC2\x85"}},
  };
  for (const Row& row : rows) {
    const Snapshot snapshot = frozen(row.text);
    EXPECT_EQ(lines_of(snapshot), row.lines) << literal(row.text);
    EXPECT_EQ(check_invariants(snapshot), "") << literal(row.text);
  }
}

TEST(Snapshot, KeepsItsInvariantsOnHostileTexts) {
  Dice dice(seed_from_environment());
  for (std::uint64_t round = 0; round < rounds(2'000); ++round) {
    const std::string text = random_text(dice);
    const Snapshot snapshot = frozen(text);
    ASSERT_EQ(check_invariants(snapshot), "") << literal(text);
    ASSERT_EQ(snapshot.bytes(), text);
  }
}

TEST(Snapshot, SaysWhatMostLinesEndWith) {
  struct Row {
    std::string text;
    std::string majority;
    bool uses_only_lf;
    bool ends_with_terminator;
  };
  const std::vector<Row> rows = {
      {"", "\n", true, true},
      {"a", "\n", true, false},
      {"a\r\n", "\r\n", false, true},
      {"a\r\nb\n", "\n", false, true},
      {"a\r\nb\nc", "\n", false, false},
      {"a\r\nb\r\nc\n", "\r\n", false, true},
      {"a\r", "\n", true, false},
  };
  for (const Row& row : rows) {
    const Snapshot snapshot = frozen(row.text);
    EXPECT_EQ(snapshot.majority_terminator(), row.majority) << literal(row.text);
    EXPECT_EQ(snapshot.uses_only_lf(), row.uses_only_lf) << literal(row.text);
    EXPECT_EQ(snapshot.ends_with_terminator(), row.ends_with_terminator) << literal(row.text);
  }
}

TEST(Snapshot, HasItsLinesCutAsThoseOfAResultAre) {
  const Snapshot snapshot = frozen("a\r\nb\nc");
  EXPECT_EQ(firn::lines_of(snapshot, {.from = 1, .to = 3})->view(), "a\nb\nc\n");
  EXPECT_EQ(firn::lines_of(snapshot, {.from = 2, .to = 1})->view(), "");
}

TEST(Snapshot, GivesRangesOfLinesWithTheirTerminators) {
  const Snapshot snapshot = frozen("a\r\nb\nc");
  EXPECT_EQ(snapshot.lines(1, 3), "a\r\nb\nc");
  EXPECT_EQ(snapshot.lines(1, 1), "a\r\n");
  EXPECT_EQ(snapshot.lines(2, 3), "b\nc");
  EXPECT_EQ(snapshot.lines(1, 0), "");
  EXPECT_EQ(snapshot.lines(3, 2), "");
  EXPECT_EQ(snapshot.lines(4, 3), "");
  EXPECT_EQ(snapshot.byte_offset_of(4), 6U);
}

TEST(Snapshot, OfNothingIsTheEmptyText) {
  const Snapshot snapshot;
  EXPECT_EQ(snapshot, frozen(""));
  EXPECT_EQ(snapshot.fingerprint(), firn::fingerprint_of(""));
  EXPECT_EQ(check_invariants(snapshot), "");
  EXPECT_EQ(check_invariants(firn::freeze(Bytes()).value()), "");
}

TEST(Snapshot, TakesBytesOverWithoutACopy) {
  Bytes bytes = Bytes::copy_of("a\nb").value();
  const char* const memory = bytes.data();
  const Snapshot snapshot = firn::freeze(std::move(bytes)).value();
  EXPECT_EQ(snapshot.bytes().data(), memory);
  EXPECT_EQ(check_invariants(snapshot), "");
}

TEST(Snapshot, CopiesBytesThatStayTheCallers) {
  std::string text = "a\nb";
  const Snapshot snapshot = firn::freeze(text).value();
  text = "???";
  EXPECT_EQ(snapshot.bytes(), "a\nb");
  EXPECT_TRUE(snapshot.verify().has_value());
}

TEST(Snapshot, LivesAsLongAsAnyCopyOfIt) {
  auto first = std::make_unique<Snapshot>(frozen("a\nb"));
  const std::string_view line = first->line(2);
  const Snapshot copy = *first;
  EXPECT_EQ(copy.bytes().data(), first->bytes().data());
  first.reset();
  EXPECT_EQ(line, "b");
  EXPECT_EQ(check_invariants(copy), "");
}

TEST(Snapshot, IsEqualWhenTheBytesAre) {
  EXPECT_EQ(frozen("a\nb"), frozen("a\nb"));
  EXPECT_FALSE(frozen("a\nb") == frozen("a\nb\n"));
  EXPECT_FALSE(frozen("a\nb") == frozen("a\nc"));
}

TEST(Snapshot, NoticesEveryByteThatChanges) {
  const std::string text = "one\ntwo\r\n\nthree";
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Snapshot snapshot = frozen(text);
    const auto other = static_cast<char>(text[at] ^ 0x40);
    memory_of(snapshot)[at] = other;
    const auto verified = snapshot.verify();
    ASSERT_FALSE(verified.has_value()) << at;
    const bool line_went = text[at] == '\n';
    EXPECT_EQ(verified.error().code,
              line_went ? ErrorCode::snapshot_size_changed : ErrorCode::snapshot_mutated)
        << at;
    EXPECT_NE(verified.error().expected, verified.error().found);
  }
}

TEST(Snapshot, NamesTheFingerprintsWhenBytesChangeBehindItsBack) {
  const Snapshot snapshot = frozen("a\nb\n");
  const std::string before = to_hex(snapshot.fingerprint());
  memory_of(snapshot)[0] = 'x';
  const firn::Error error = snapshot.verify().error();
  EXPECT_EQ(error.code, ErrorCode::snapshot_mutated);
  EXPECT_EQ(error.law(), 3);
  EXPECT_EQ(error.expected, before);
  EXPECT_EQ(error.found, to_hex(firn::fingerprint_of("x\nb\n")));
}

TEST(Snapshot, NamesTheLineCountsWhenALineComesOrGoes) {
  const Snapshot joined = frozen("a\nb\n");
  memory_of(joined)[1] = 'x';
  EXPECT_EQ(joined.verify().error().code, ErrorCode::snapshot_size_changed);
  EXPECT_EQ(joined.verify().error().law(), 7);
  EXPECT_EQ(joined.verify().error().expected, "2");
  EXPECT_EQ(joined.verify().error().found, "1");

  const Snapshot split = frozen("axb\n");
  memory_of(split)[1] = '\n';
  EXPECT_EQ(split.verify().error().expected, "1");
  EXPECT_EQ(split.verify().error().found, "2");
}

TEST(Snapshot, NoticesALineEndThatMoves) {
  const Snapshot snapshot = frozen("a\nbc");
  std::swap(memory_of(snapshot)[1], memory_of(snapshot)[2]);
  EXPECT_EQ(snapshot.line_count(), 2U);
  EXPECT_EQ(snapshot.verify().error().code, ErrorCode::snapshot_mutated);
}

TEST(Snapshot, IsItselfAgainWhenTheBytesAre) {
  const Snapshot snapshot = frozen("a\nb");
  memory_of(snapshot)[0] = 'x';
  EXPECT_FALSE(snapshot.verify().has_value());
  memory_of(snapshot)[0] = 'a';
  EXPECT_EQ(check_invariants(snapshot), "");
}

}  // namespace
}  // namespace firn_test
