#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "case.h"
#include "firn/firn.h"
#include "notation.h"

/// What reads and makes texts past 4 GiB. A text here is a few lines, one that is nearly all of it,
/// and a few more: of the long one nobody writes the pages, and results are let go of at once.
namespace firn_test {
namespace {

using firn::Bytes;
using firn::Patched;
using firn::Snapshot;

constexpr std::uint64_t k4GiB = 1ULL << 32U;
constexpr std::uint64_t kLongLine = 3;
constexpr std::uint64_t kBehindIt = kLongLine + 1;

/// `head`, then 4 GiB that nobody has written, then `tail`.
Bytes long_bytes(std::string_view head, std::string_view tail) {
  auto bytes = Bytes::allocate(head.size() + k4GiB + tail.size());
  if (!bytes) throw std::bad_alloc();
  std::memcpy(bytes->data(), head.data(), head.size());
  std::memcpy(bytes->data() + head.size() + k4GiB, tail.data(), tail.size());
  return *std::move(bytes);
}

Snapshot long_text(std::string_view head = "one\ntwo\n",
                   std::string_view tail = "\nfour\nfive\nsix\n") {
  return firn::freeze(long_bytes(head, tail)).value();
}

Patched applied(const Snapshot& snapshot, const firn::Batch& batch) {
  return firn::apply(snapshot, batch).value();
}

std::string line_of(const Patched& patched, std::uint64_t line) {
  return std::string(patched.line(line));
}

TEST(Large, ADiffOfTwoTextsLeadsFromOneToTheOther) {
  const Snapshot before = long_text();
  const Snapshot after = long_text("one\nTWO\n", "\nfour\nfive and a half\nsix\nseven\n");
  const firn::Batch batch = firn::diff(before, after).value();
  EXPECT_EQ(batch.patches().size(), 3U);
  const Bytes bytes = applied(before, batch).bytes().value();
  EXPECT_TRUE(bytes.view() == after.bytes());
}

TEST(Large, AMergeTakesTheChangesOfBothSides) {
  const Snapshot ours = long_text("one\nTWO\n");
  const Snapshot theirs = long_text("one\ntwo\n", "\nfour\nfive\nSIX\n");
  const firn::Merged merged = firn::merge(long_text(), ours, theirs).value();
  EXPECT_TRUE(merged.conflicts.empty());
  const std::string_view text = merged.text.view();
  EXPECT_EQ(text.size(), ours.byte_size());
  EXPECT_TRUE(text.starts_with("one\nTWO\n"));
  EXPECT_TRUE(text.ends_with("\nfour\nfive\nSIX\n"));
}

TEST(Large, ARebaseCarriesPatchesBehindTheLongLine) {
  const Patched patched = applied(long_text(), batch_of("2:=TWO 6:=SIX"));
  const auto rebased = firn::rebase(patched, long_text("zero\none\ntwo\n")).value();
  ASSERT_EQ(rebased.patches.size(), 2U);
  EXPECT_EQ(rebased.patches[1].carried, firn::Carried::moved);
  EXPECT_EQ(rebased.patches[1].to, (firn::LineRange{7, 7}));
}

TEST(Large, AnInverseLeadsBack) {
  const Snapshot snapshot = long_text();
  const Patched patched = applied(snapshot, batch_of("1:=ONE|and 5:- 7:+seven"));
  const firn::Batch inverse = firn::invert(patched).value();
  const Snapshot result = firn::freeze(patched.bytes().value()).value();
  const Patched back = applied(result, inverse);
  EXPECT_EQ(back.byte_size(), snapshot.byte_size());
  EXPECT_EQ(back.line_count(), snapshot.line_count());
  EXPECT_EQ(line_of(back, 1), "one");
  EXPECT_EQ(line_of(back, 5), "five");
}

TEST(Large, ATextEditBehindTheLongLineLiesWhereItSays) {
  const Snapshot snapshot = long_text();
  const firn::TextEdit edit{{kBehindIt, 1}, {kBehindIt, 3}, "IV"};
  const Patched patched =
      applied(snapshot, firn::batch_of_text_edits(snapshot, {&edit, 1}).value());
  EXPECT_EQ(line_of(patched, kBehindIt + 1), "fIVe");
}

TEST(Large, AHunkBehindTheLongLineIsFoundWhereItHasMovedTo) {
  constexpr std::string_view kDiff =
      "--- a/x\n+++ b/x\n@@ -4,3 +4,3 @@\n four\n-five\n+FIVE\n six\n";
  const firn::Diff diff = firn::read_diff(kDiff).value();
  const Snapshot moved = long_text("zero\none\ntwo\n");
  const auto placed =
      firn::place(moved, diff.files()[0], {.placement = firn::Placement::search}).value();
  EXPECT_EQ(line_of(applied(moved, placed.batch), 6), "FIVE");
}

TEST(Large, ADiffThatAddsALinePast4GiBIsReadAndApplied) {
  const Bytes text = long_bytes("--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n a\n+", "!\n");
  const firn::Diff diff = firn::read_diff(text.view()).value();
  const Snapshot snapshot = frozen("a\n");
  const auto placed = firn::place(snapshot, diff.files()[0]).value();
  const Patched patched = applied(snapshot, placed.batch);
  EXPECT_EQ(patched.byte_size(), k4GiB + std::string_view("a\n!\n").size());
  EXPECT_EQ(patched.line(2).size(), k4GiB + 1);
  EXPECT_TRUE(patched.line(2).ends_with('!'));
}

TEST(Large, ABatchOfJsonPastItsBoundIsRefusedUnread) {
  const Bytes json = long_bytes("[", "]");
  const auto refused = [&](std::uint64_t bound) {
    return firn::read_batch(json.view(), {.batch_bytes = bound}).error();
  };
  EXPECT_EQ(refused(firn::Limits{}.batch_bytes).limit, firn::Limits{}.batch_bytes);
  EXPECT_EQ(refused(UINT64_MAX).code, firn::ErrorCode::limit_exceeded);
  EXPECT_EQ(refused(UINT64_MAX).limit, k4GiB - 64);
  EXPECT_EQ(refused(UINT64_MAX).message,
            "the batch has 4294967298 bytes of JSON, the limit is 4294967232");
}

}  // namespace
}  // namespace firn_test
