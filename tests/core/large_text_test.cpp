#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <vector>

#include "firn/firn.h"
#include "notation.h"
#include "thorough.h"

/// Past 4 GiB an offset takes 8 bytes. The text here is that large, but its memory is not: all of
/// it but a few lines is a run of fresh pages that nobody writes to.
namespace firn_test {
namespace {

using firn::Bytes;
using firn::LineIndex;
using firn::Snapshot;
using namespace std::string_view_literals;

constexpr std::uint64_t k4GiB = 1ULL << 32U;
constexpr std::string_view kHead = "first\nsecond\r\n";
constexpr std::string_view kTail = "x\nalpha\nbeta\r\ngamma\ndelta";

constexpr std::string_view kNotTested =
    "unoptimised, sanitized, or no room for a text of 4 GiB: the 64-bit line index is not tested";

/// kHead, then whatever the memory holds, then kTail, so that its "x" is the last byte before the
/// 32-bit offsets end; nothing when the machine has no room, or too little time.
std::optional<Bytes> large_text() {
  if constexpr (kThorough && sizeof(std::size_t) > 4) {
    auto bytes = Bytes::allocate(k4GiB - 1 + kTail.size());
    if (!bytes) return std::nullopt;
    std::memcpy(bytes->data(), kHead.data(), kHead.size());
    std::memcpy(bytes->data() + k4GiB - 1, kTail.data(), kTail.size());
    return bytes;
  }
  return std::nullopt;
}

/// Where lines begin, as the C library sees it.
std::vector<std::uint64_t> starts_of(std::string_view text) {
  std::vector<std::uint64_t> starts = {0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    starts.push_back(at + 1);
  }
  if (starts.back() != text.size()) starts.push_back(text.size());
  return starts;
}

void expect_lines_where_they_are(const Snapshot& snapshot) {
  const std::vector<std::uint64_t> starts = starts_of(snapshot.bytes());
  ASSERT_EQ(snapshot.line_count(), starts.size() - 1);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    ASSERT_EQ(snapshot.byte_offset_of(i + 1), starts[i]) << i;
  }
  const std::uint64_t last = snapshot.line_count();
  EXPECT_EQ(snapshot.line(1), "first");
  EXPECT_EQ(snapshot.line(last - 2), "beta");
  EXPECT_EQ(snapshot.terminator(last - 2), "\r\n");
  EXPECT_EQ(snapshot.lines(last - 1, last), "gamma\ndelta");
  EXPECT_GT(snapshot.byte_offset_of(last), std::numeric_limits<std::uint32_t>::max());
}

void expect_patches_at_both_ends(const Snapshot& snapshot) {
  const std::uint64_t last = snapshot.line_count();
  const firn::Batch batch = batch_of("1:=FIRST|more " + std::to_string(last - 2) + ":=BETA " +
                                     std::to_string(last + 1) + ":+epsilon");
  const auto patched = firn::apply(snapshot, batch).value();
  EXPECT_EQ(patched.byte_size(), snapshot.byte_size() + "more\n"sv.size() + "\nepsilon"sv.size());
  EXPECT_EQ(patched.line_count(), last + 2);
  EXPECT_EQ(patched.line(2), "more");
  EXPECT_EQ(patched.lines({last - 1, last + 2}).value().view(), "BETA\ngamma\ndelta\nepsilon\n");
  EXPECT_EQ(patched.map_line(last), last + 1);
  EXPECT_EQ(patched.unmap_line(last), last - 1);
  EXPECT_EQ(patched.plan().edits().front().begin, snapshot.byte_size());

  const auto diff = firn::unified_diff(patched, {.context_lines = 0}).value();
  EXPECT_TRUE(diff.view().starts_with("--- a\n+++ b\n@@ -1 +1,2 @@\n-first\n+FIRST\n+more\n@@ -"));
  EXPECT_TRUE(diff.view().ends_with("\n+delta\n+epsilon\n\\ No newline at end of file\n"));
}

TEST(LargeText, HasItsLinesAndItsPatchesPast4GiB) {
  auto bytes = large_text();
  if (!bytes) GTEST_SKIP() << kNotTested;
  const Snapshot snapshot = firn::freeze(*std::move(bytes)).value();
  ASSERT_NO_FATAL_FAILURE(expect_lines_where_they_are(snapshot));
  expect_patches_at_both_ends(snapshot);
}

TEST(LargeText, TakesFourBytesALineUpTo4GiBAndEightPastIt) {
  auto bytes = large_text();
  if (!bytes) GTEST_SKIP() << kNotTested;
  const LineIndex narrow = LineIndex::build(bytes->view().substr(0, k4GiB - 1)).value();
  EXPECT_EQ(narrow.memory_bytes(), 4 * (narrow.line_count() + 1));
  EXPECT_EQ(narrow.begin_of(narrow.line_count()), k4GiB - 1);
  const LineIndex wide = LineIndex::build(bytes->view().substr(0, k4GiB)).value();
  EXPECT_EQ(wide.memory_bytes(), 8 * (wide.line_count() + 1));
  EXPECT_EQ(wide.begin_of(wide.line_count()), k4GiB);
}

}  // namespace
}  // namespace firn_test
