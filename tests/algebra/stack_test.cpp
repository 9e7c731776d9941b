#include "firn/stack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "firn/firn.h"
#include "random_batch.h"
#include "random_text.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::Batch;
using firn::Op;
using firn::Patch;
using firn::Snapshot;
using firn::Stacked;
using Json = nlohmann::json;

Stacked stacked(const Snapshot& snapshot, const std::vector<Batch>& batches,
                const firn::StackOptions& options = {}) {
  return firn::stack(snapshot, batches, options).value();
}

Batch batch_of(std::string_view json) { return firn::read_batch(json).value(); }

/// Two patches in dispute and the lines, with batches named by what the test calls them.
using Dispute = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                           std::uint64_t, std::uint64_t>;

std::uint64_t last_line_touched(const Patch& patch) {
  return patch.op == Op::insert_lines ? patch.line : patch.end_line;
}

/// Every pair of every two batches, one by one.
std::set<Dispute> disputes_by_hand(const Snapshot& snapshot, const std::vector<Batch>& batches) {
  std::set<Dispute> disputes;
  for (std::uint64_t a = 0; a < batches.size(); ++a) {
    for (std::uint64_t b = a + 1; b < batches.size(); ++b) {
      if (!firn::check(snapshot, batches[a]).value().violations.empty()) continue;
      if (!firn::check(snapshot, batches[b]).value().violations.empty()) continue;
      for (std::uint64_t i = 0; i < batches[a].patches().size(); ++i) {
        for (std::uint64_t j = 0; j < batches[b].patches().size(); ++j) {
          const Patch& x = batches[a].patches()[i];
          const Patch& y = batches[b].patches()[j];
          const std::uint64_t from = std::max(x.line, y.line);
          const std::uint64_t to = std::min(last_line_touched(x), last_line_touched(y));
          if (from <= to) disputes.insert({a, i, b, j, from, to});
        }
      }
    }
  }
  return disputes;
}

/// `names[i]` is what the test calls the batch at place i.
std::set<Dispute> disputes_of(const Stacked& stacked, const std::vector<std::uint64_t>& names) {
  std::set<Dispute> disputes;
  for (const firn::Collision& collision : stacked.collisions) {
    std::pair first{names[collision.first.batch_index], collision.first.patch.index};
    std::pair second{names[collision.second.batch_index], collision.second.patch.index};
    if (second < first) std::swap(first, second);
    disputes.insert({first.first, first.second, second.first, second.second, collision.lines.from,
                     collision.lines.to});
  }
  return disputes;
}

TEST(Stack, ListsExactlyThePairsThatCollideWhateverTheOrder) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  std::uint64_t lawful = 0;
  for (std::uint64_t round = 0; round < rounds(5'000); ++round) {
    const Snapshot snapshot = frozen(random.wild(30));
    std::vector<Batch> batches;
    std::vector<std::uint64_t> names;
    for (std::uint64_t i = random.below(5); i > 0; --i) {
      names.push_back(batches.size());
      batches.push_back(random_batch(random, snapshot, 3));
    }
    const std::set<Dispute> disputes = disputes_by_hand(snapshot, batches);
    const Stacked straight = stacked(snapshot, batches);
    ASSERT_EQ(disputes_of(straight, names), disputes);
    ASSERT_EQ(straight.collision_count, disputes.size());
    ASSERT_EQ(straight.collisions.size(), disputes.size());

    std::vector<Batch> shuffled;
    for (std::size_t i = names.size(); i > 1; --i) std::swap(names[i - 1], names[random.below(i)]);
    for (const std::uint64_t name : names) shuffled.push_back(batches[name]);
    const Stacked other = stacked(snapshot, shuffled);
    ASSERT_EQ(disputes_of(other, names), disputes);
    ASSERT_EQ(other.refused.size(), straight.refused.size());
    ASSERT_EQ(other.batch.has_value(), straight.batch.has_value());
    ASSERT_EQ(straight.batch.has_value(), disputes.empty() && straight.refused.empty());
    if (!straight.batch) continue;
    ++lawful;
    ASSERT_EQ(shown(*other.batch), shown(*straight.batch));
  }
  EXPECT_GT(lawful, rounds(500));
}

TEST(Stack, IsTheSameAsOneBatchOfAllPatches) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(5'000); ++round) {
    const Snapshot snapshot = frozen(random.wild(30));
    std::vector<Batch> batches;
    firn::BatchBuilder all;
    for (std::uint64_t i = random.below(4); i > 0; --i) {
      batches.push_back(random_batch(random, snapshot, 2));
      for (const Patch& patch : batches.back().patches()) {
        ASSERT_TRUE(all.add_copy(patch, patch.id));
      }
    }
    const auto together = firn::apply(snapshot, all.build().value());
    const Stacked stack = stacked(snapshot, batches);
    ASSERT_EQ(stack.batch.has_value(), together.has_value());
    if (!stack.batch) continue;
    ASSERT_EQ(applied(snapshot, *stack.batch), together->bytes().value().view());
    ASSERT_EQ(stack.sources.size(), stack.batch->patches().size());
    for (std::size_t i = 0; i < stack.sources.size(); ++i) {
      const firn::StackSource source = stack.sources[i];
      const Patch& asked = batches[source.batch_index].patches()[source.patch_index];
      const Patch& got = stack.batch->patches()[i];
      ASSERT_EQ(got.text, asked.text);
      ASSERT_EQ(got.line, asked.line);
      ASSERT_EQ(got.written_with_crlf, asked.written_with_crlf);
    }
  }
}

TEST(Stack, BatchesThatAreUnlawfulAloneAreRefusedAndCollideWithNobody) {
  const Snapshot snapshot = frozen("a\nb\nc\n");
  const std::vector<Batch> batches = {
      batch_of(R"({"id": "good", "revision": 3, "patches": [{"op": "delete", "line": 2}]})"),
      batch_of(R"({"id": "elsewhere", "base": {"lineCount": 9}, "patches":
                  [{"op": "delete", "line": 2}]})"),
      batch_of(R"({"id": "stale", "revision": 2, "patches": []})"),
      batch_of(R"([{"op": "delete", "line": 2}, {"op": "delete", "line": 4},
                   {"op": "delete", "line": 1, "expect": "z"}])"),
      batch_of(R"([{"op": "delete", "line": 1}, {"op": "insert", "line": 1, "text": ""}])"),
  };
  const Stacked stack = stacked(snapshot, batches);
  EXPECT_FALSE(stack.batch.has_value());
  EXPECT_TRUE(stack.sources.empty());
  EXPECT_EQ(stack.collision_count, 0U);
  std::string refused;
  for (const firn::RefusedBatch& batch : stack.refused) {
    refused += std::to_string(batch.batch_index) + " " + batch.batch_id + ":";
    for (const firn::Error& error : batch.violations) {
      refused += " " + std::string(name_of(error.code));
    }
    refused += "\n";
  }
  EXPECT_EQ(refused,
            "1 elsewhere: snapshot_mismatch\n"
            "2 stale: stale_revision\n"
            "3 : line_out_of_range expectation_failed\n"
            "4 : overlap\n");
}

TEST(Stack, WhatRefusedBatchesQuoteIsBoundedAsInOneReport) {
  const std::string long_line(5'000, 'x');
  std::string text;
  Json patches = Json::array();
  for (int line = 1; line <= 200; ++line) {
    text += long_line + "\n";
    patches.push_back({{"op", "delete"}, {"line", line}, {"expect", std::string(5'000, 'y')}});
  }
  const Batch batch = batch_of(patches.dump());
  const Stacked stack = stacked(frozen(text), {batch, batch, batch});
  ASSERT_EQ(stack.refused.size(), 3U);
  std::size_t quoted_bytes = 0;
  for (const firn::RefusedBatch& refused : stack.refused) {
    EXPECT_EQ(refused.violations.size(), 200U);
    for (const firn::Error& error : refused.violations) {
      EXPECT_TRUE(error.expected.value().starts_with("yyyy"));
      EXPECT_TRUE(error.found.value().starts_with("xxxx"));
      quoted_bytes += error.expected->size() + error.found->size();
    }
  }
  // Each of those behind still quotes some words of either text.
  constexpr std::size_t kMostBytesOfWords = 120'000;
  EXPECT_LT(quoted_bytes,
            firn::kMaxQuotedBytesOfReport + 2 * firn::kMaxQuotedBytes + kMostBytesOfWords);
  EXPECT_GT(quoted_bytes, firn::kMaxQuotedBytesOfReport);
}

TEST(Stack, TheTextIsAtTheRevisionSaidOrElseAtTheLatestOneNamed) {
  const Snapshot snapshot = frozen("a\nb\n");
  const std::vector<Batch> batches = {
      batch_of(R"([{"op": "delete", "line": 1}])"),
      batch_of(R"({"revision": 4, "patches": [{"op": "delete", "line": 2}]})")};
  EXPECT_EQ(stacked(snapshot, batches).batch->revision(), 4U);
  const Stacked moved_on = stacked(snapshot, batches, {.revision = 5});
  ASSERT_EQ(moved_on.refused.size(), 1U);
  EXPECT_EQ(moved_on.refused[0].batch_index, 1U);
  EXPECT_FALSE(stacked(snapshot, {}).batch->revision().has_value());
}

TEST(Stack, TheResultIsBoundToTheSnapshot) {
  const Snapshot snapshot = frozen("a\nb\n");
  const Stacked stack = stacked(snapshot, {batch_of(R"([{"op": "delete", "line": 1}])")});
  EXPECT_EQ(stack.batch->base().fingerprint, snapshot.fingerprint());
  EXPECT_EQ(stack.batch->base().line_count, 2U);
}

TEST(Stack, IdsNameTheBatchAndThePatchAndNeverTwoPatches) {
  const Snapshot snapshot = frozen("1\n2\n3\n4\n5\n6\n");
  const std::string long_id(firn::kMaxIdBytes, 'x');
  const Stacked stack = stacked(
      snapshot, {batch_of(R"({"id": "s1", "file": "f", "patches": [
                      {"op": "delete", "line": 1, "id": "p"}, {"op": "delete", "line": 2}]})"),
                 batch_of(R"({"id": "s2", "patches": [{"op": "delete", "line": 3, "id": "p"}]})"),
                 batch_of(R"([{"op": "delete", "line": 4, "id": "q"}])"),
                 batch_of(R"([{"op": "delete", "line": 5, "id": "s1/p"}])"),
                 batch_of(R"({"id": "s3", "patches": [{"op": "delete", "line": 6, "id": ")" +
                          long_id + "\"}]}")});
  ASSERT_TRUE(stack.batch.has_value());
  std::vector<std::string> ids;
  for (const Patch& patch : stack.batch->patches()) ids.emplace_back(patch.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"", "", "s2/p", "q", "", ""}));
  EXPECT_EQ(stack.batch->file(), "f");
}

TEST(Stack, TheFileIsNamedOnlyWhereAllAgree) {
  const Snapshot snapshot = frozen("1\n2\n");
  const Batch f = batch_of(R"({"file": "f", "patches": [{"op": "delete", "line": 1}]})");
  const Batch g = batch_of(R"({"file": "g", "patches": [{"op": "delete", "line": 2}]})");
  EXPECT_EQ(stacked(snapshot, {f}).batch->file(), "f");
  EXPECT_EQ(stacked(snapshot, {f, g}).batch->file(), "");
  const Batch f_too = batch_of(R"({"file": "f", "patches": [{"op": "delete", "line": 2}]})");
  EXPECT_EQ(stacked(snapshot, {f, f_too}).batch->file(), "f");
}

TEST(Stack, CollisionsAreAllCountedThoughNotAllListed) {
  const Snapshot snapshot = frozen("a\nb\nc\n");
  const std::vector<Batch> batches(100'000, batch_of(R"([{"op": "delete", "line": 2}])"));
  const Stacked stack = stacked(snapshot, batches, {.max_collisions = 7});
  EXPECT_EQ(stack.collision_count, 100'000ULL * 99'999 / 2);
  EXPECT_EQ(stack.collisions.size(), 7U);
  EXPECT_TRUE(stacked(snapshot, batches, {.max_collisions = 0}).collisions.empty());
}

TEST(Stack, ShowsItsFindingsAsJson) {
  const Snapshot snapshot = frozen("a\nb\nc\n");
  const Batch one = batch_of(R"({"id": "s1", "patches": [
      {"op": "replace", "line": 1, "endLine": 2, "text": "", "id": "p"}]})");
  const Batch two = batch_of(R"([{"op": "delete", "line": 3},
                                 {"op": "insert", "line": 2, "text": ""}])");
  const Json json = Json::parse(to_json(stacked(snapshot, {one, two})));
  EXPECT_EQ(json, Json::parse(R"({"sources": [], "collisionCount": 1, "refused": [],
      "collisions": [{"first": {"batch": 0, "batchId": "s1", "patch": {"index": 0, "id": "p"}},
                      "second": {"batch": 1, "patch": {"index": 1}},
                      "lines": {"from": 2, "to": 2},
                      "message": ")"
                              R"(patches[0] (\"p\") of batches[0] (\"s1\") replaces lines 1-2, )"
                              R"(and patches[1] of batches[1] inserts before line 2"}]})"));
  const Batch three = batch_of(R"([{"op": "delete", "line": 3}])");
  EXPECT_EQ(Json::parse(to_json(stacked(snapshot, {three, one})))["sources"],
            Json::parse(R"([{"batch": 1, "patch": 0}, {"batch": 0, "patch": 0}])"));
}

}  // namespace
}  // namespace firn_test
