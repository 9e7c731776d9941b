#include "firn/history.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "firn/firn.h"
#include "random_batch.h"
#include "random_text.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::Batch;
using firn::Carried;
using firn::ErrorCode;
using firn::History;
using firn::Snapshot;

constexpr firn::AppendOptions kWhatIsLawful = {.policy = firn::Policy::best_effort};

std::string text_at(const History& history, std::uint64_t revision) {
  const auto patched = history.at(revision);
  if (!patched) throw std::runtime_error(patched.error().message);
  return std::string(patched->bytes().value().view());
}

History appended(const History& history, std::string_view json) {
  return history.append(firn::read_batch(json).value()).value().history;
}

/// A history with its texts written down, as whoever replays it would have them.
struct Chronicle {
  explicit Chronicle(std::string_view root) : history(frozen(root)), texts{std::string(root)} {}

  void append_some(RandomText& random) {
    const Batch batch = random_batch(random, history.text());
    const auto next = history.append(batch, kWhatIsLawful).value();
    if (next.history.revision() == history.revision()) return;
    history = next.history;
    texts.emplace_back(next.patched.bytes().value().view());
  }

  History history;
  std::vector<std::string> texts;
};

TEST(History, EveryRevisionIsWhatReplayingMakes) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(300); ++round) {
    Chronicle chronicle(random.wild(12));
    for (std::uint64_t i = random.below(40); i > 0; --i) chronicle.append_some(random);
    const History& history = chronicle.history;
    ASSERT_EQ(history.revision() + 1, chronicle.texts.size());
    ASSERT_EQ(history.text().bytes(), chronicle.texts.back());
    for (std::uint64_t revision = 0; revision < chronicle.texts.size(); ++revision) {
      const auto patched = history.at(revision).value();
      ASSERT_EQ(patched.bytes().value().view(), chronicle.texts[revision]);
      ASSERT_EQ(patched.revision(), revision);
      ASSERT_TRUE(patched.snapshot() == history.root());
      ASSERT_EQ(patched.fingerprint(), history.fingerprint_of(revision).value());
    }
  }
}

TEST(History, UndoingTheLastIsItsInverse) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(2'000); ++round) {
    Chronicle chronicle(random.wild(12));
    for (std::uint64_t i = 1 + random.below(6); i > 0; --i) chronicle.append_some(random);
    const std::uint64_t last = chronicle.history.revision();
    if (last == 0) continue;
    const auto undone = chronicle.history.undo(last).value();
    ASSERT_FALSE(undone.has_conflict());
    ASSERT_EQ(undone.history.text().bytes(), chronicle.texts[last - 1]);
    ASSERT_EQ(text_at(undone.history, last), chronicle.texts[last]);
    ASSERT_EQ(applied(chronicle.history.text(), undone.inverse), chronicle.texts[last - 1]);
  }
}

TEST(History, WhatIsUndoneInTheMiddleIsUndoneOnlyOnceAndComesBackWhenTheUndoIsUndone) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  std::uint64_t undone_in_the_middle = 0;
  for (std::uint64_t round = 0; round < rounds(3'000); ++round) {
    Chronicle chronicle(random.wild(40));
    for (std::uint64_t i = 2 + random.below(4); i > 0; --i) chronicle.append_some(random);
    const History& history = chronicle.history;
    if (history.revision() < 2) continue;
    const std::uint64_t revision = 1 + random.below(history.revision() - 1);
    const auto undone = history.undo(revision).value();
    if (undone.has_conflict()) {
      ASSERT_EQ(undone.history.revision(), history.revision());
      ASSERT_EQ(undone.history.text().bytes(), chronicle.texts.back());
      continue;
    }
    if (undone.history.revision() == history.revision()) continue;
    ++undone_in_the_middle;
    const auto redone = undone.history.undo(undone.history.revision()).value();
    ASSERT_EQ(redone.history.text().bytes(), chronicle.texts.back());
  }
  EXPECT_GT(undone_in_the_middle, rounds(300));
}

/// One patch at each of several places that do not touch; a line is kept between any two.
struct Independent {
  struct Place {
    std::uint64_t line = 0;  ///< Of the root.
    std::uint64_t count = 0;
    std::vector<std::string> text;
  };

  explicit Independent(RandomText& random) {
    std::uint64_t line = 1;
    for (std::uint64_t i = 2 + random.below(5); i > 0; --i) {
      line += 1 + random.below(3);
      Place place{.line = line, .count = random.below(3), .text = {}};
      for (std::uint64_t k = random.below(3); k > 0; --k) {
        place.text.push_back("new " + std::to_string(random.below(4)));
      }
      if (place.count == 0 && place.text.empty()) place.text.emplace_back("inserted");
      line += place.count + 1;
      places.push_back(place);
    }
    const std::uint64_t behind = 1 + random.below(3);
    for (std::uint64_t i = 1; i < line + behind; ++i) root += random.one_in(2) ? "x\n" : "y\n";
    if (random.one_in(3)) root.pop_back();
  }

  /// The batches in an order of their own, each meaning the text behind those before it.
  [[nodiscard]] History history_of(const std::vector<std::size_t>& order) const {
    History history(frozen(root));
    std::vector<std::size_t> done;
    for (const std::size_t at : order) {
      const Place& place = places[at];
      std::uint64_t line = place.line;
      for (const std::size_t earlier : done) {
        if (earlier < at) line += places[earlier].text.size() - places[earlier].count;
      }
      const std::vector<std::string_view> text(place.text.begin(), place.text.end());
      firn::PatchSpec spec{.line = line};
      spec.op = place.count == 0 ? firn::Op::insert_lines
                : text.empty()   ? firn::Op::delete_lines
                                 : firn::Op::replace_lines;
      if (place.count > 0) spec.end_line = line + place.count - 1;
      if (!text.empty()) spec.lines = text;
      firn::BatchBuilder builder;
      if (auto added = builder.add(spec); !added) throw std::runtime_error(added.error().message);
      history = history.append(builder.build().value()).value().history;
      done.push_back(at);
    }
    return history;
  }

  std::string root;
  std::vector<Place> places;
};

TEST(History, UndoingOneOfIndependentBatchesGivesTheHistoryWithoutIt) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t round = 0; round < rounds(3'000); ++round) {
    const Independent independent(random);
    std::vector<std::size_t> order(independent.places.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      order[i] = i;
      std::swap(order[i], order[random.below(i + 1)]);
    }
    const std::size_t at = random.below(order.size());
    const auto undone = independent.history_of(order).undo(at + 1).value();
    ASSERT_FALSE(undone.has_conflict()) << independent.root;
    order.erase(order.begin() + static_cast<std::ptrdiff_t>(at));
    ASSERT_EQ(undone.history.text().bytes(), independent.history_of(order).text().bytes());
  }
}

TEST(History, AnUndoThatMeetsALaterChangeIsAConflictWithItsSides) {
  const History root(frozen("a\nb\nc\n"), 10);
  const History first = appended(root, R"([{"op": "replace", "line": 2, "text": "B"}])");
  const History second = appended(first, R"([{"op": "replace", "line": 2, "text": "C"}])");
  const auto undone = second.undo(11).value();
  EXPECT_TRUE(undone.has_conflict());
  EXPECT_EQ(undone.history.revision(), 12U);
  ASSERT_EQ(undone.rebased.patches.size(), 1U);
  EXPECT_EQ(undone.rebased.patches[0].base, "B\n");
  EXPECT_EQ(undone.rebased.patches[0].ours, "b\n");
  EXPECT_EQ(undone.rebased.patches[0].theirs, "C\n");
}

TEST(History, WhatLaterBatchesTookBackAlreadyIsNotUndoneAgain) {
  const History root(frozen("a\nb\nc\n"));
  const History first = appended(root, R"([{"op": "replace", "line": 2, "text": "B"}])");
  const History back = appended(first, R"([{"op": "replace", "line": 2, "text": "b"}])");
  const auto undone = back.undo(1).value();
  EXPECT_FALSE(undone.has_conflict());
  EXPECT_EQ(undone.history.revision(), 2U);
  EXPECT_EQ(undone.rebased.patches[0].carried, Carried::upstream);
}

TEST(History, ALaterBatchThatRewroteLinesAsTheyWereIsNotInTheWay) {
  const History root(frozen("a\nb\nc\nd\n"));
  const History first = appended(root, R"([{"op": "replace", "line": 1, "text": "A"}])");
  const History second =
      appended(first, R"([{"op": "replace", "line": 1, "endLine": 4, "text": "A\nb\nc\nD"}])");
  EXPECT_EQ(second.undo(1).value().history.text().bytes(), "a\nb\nc\nD\n");
}

TEST(History, AppendingLeavesTheOlderValueAsItWas) {
  const History root(frozen("a\n"));
  const History one = appended(root, R"([{"op": "delete", "line": 1}])");
  const History other = appended(root, R"([{"op": "insert", "line": 1, "text": "b"}])");
  EXPECT_EQ(root.revision(), 0U);
  EXPECT_EQ(root.text().bytes(), "a\n");
  EXPECT_EQ(text_at(one, 1), "");
  EXPECT_EQ(text_at(other, 1), "b\na\n");
}

TEST(History, ABatchIsOfOneRevisionAndOneText) {
  const History root(frozen("a\nb\n"), 3);
  const History next =
      appended(root, R"({"revision": 3, "patches": [{"op": "delete", "line": 1}]})");
  EXPECT_EQ(next.revision(), 4U);
  const Batch stale =
      firn::read_batch(R"({"revision": 3, "patches": [{"op": "delete", "line": 1}]})").value();
  const auto refused = next.append(stale);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().code, ErrorCode::stale_revision);
  const auto out_of_range =
      next.append(firn::read_batch(R"([{"op": "delete", "line": 2}])").value());
  ASSERT_FALSE(out_of_range.has_value());
  EXPECT_EQ(out_of_range.error().front().code, ErrorCode::line_out_of_range);
}

TEST(History, ABatchOfWhichNothingIsAppliedMakesNoRevision) {
  const History root(frozen("a\n"));
  EXPECT_EQ(appended(root, "[]").revision(), 0U);
  const Batch hopeless = firn::read_batch(R"([{"op": "delete", "line": 9}])").value();
  const auto same = root.append(hopeless, kWhatIsLawful).value();
  EXPECT_EQ(same.history.revision(), 0U);
  EXPECT_EQ(same.patched.failed().size(), 1U);
}

TEST(History, RevisionsThatItDoesNotHaveAreRefused) {
  const History history = appended(History(frozen("a\n"), 5), R"([{"op": "delete", "line": 1}])");
  for (const std::uint64_t revision : {0ULL, 4ULL, 7ULL}) {
    EXPECT_EQ(history.at(revision).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(history.undo(revision).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(history.fingerprint_of(revision).error().code, ErrorCode::invalid_argument);
  }
  EXPECT_EQ(history.at(7).error().message, "revision 7 is not in the history, which has 5 to 6");
  EXPECT_EQ(history.undo(5).error().message,
            "revision 5 is the first of the history; no batch made it");
  EXPECT_EQ(history.batch_of(6).value().patches().size(), 1U);
  EXPECT_FALSE(history.batch_of(5).has_value());
  EXPECT_TRUE(history.fingerprint_of(5).has_value());
}

TEST(History, ListsItsRevisionsAndShowsThemAndAnUndoAsJson) {
  const History root(frozen("a\nb\n"), 2);
  const History next = appended(root, R"({"id": "x", "patches": [{"op": "delete", "line": 1}]})");
  const auto undone = next.undo(3).value();
  const auto hex = [](const Snapshot& text) { return to_hex(text.fingerprint()); };
  EXPECT_EQ(to_json(undone.history),
            R"({"firstRevision":2,"revision":4,"revisions":[{"revision":2,"fingerprint":")" +
                hex(root.text()) + R"(","lineCount":2},{"revision":3,"fingerprint":")" +
                hex(next.text()) +
                R"(","lineCount":1,"patches":1,"batchId":"x"},{"revision":4,"fingerprint":")" +
                hex(root.text()) + R"(","lineCount":2,"patches":1}]})");
  EXPECT_EQ(to_json(undone),
            R"({"revision":4,"conflict":false,"patches":[{"patch":{"index":0},"carried":"clean",)"
            R"("from":{"from":1,"to":0},"to":{"from":1,"to":0}}]})");
}

TEST(History, ALongChainIsReadAnywhereAndLetGoOf) {
  RandomText random(seed_of_run());
  std::string text;
  for (int i = 0; i < 100; ++i) text += std::to_string(i) + "\n";
  History history(frozen(text));
  constexpr std::uint64_t kRevisions = 50'000;
  for (std::uint64_t i = 0; i < kRevisions; ++i) {
    history =
        appended(history, R"([{"op": "replace", "line": )" + std::to_string(1 + random.below(100)) +
                              R"(, "text": ")" + std::to_string(i) + "\"}]");
  }
  EXPECT_EQ(text_at(history, kRevisions), history.text().bytes());
  EXPECT_EQ(text_at(history, 0), text);
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t revision = random.below(kRevisions);
    EXPECT_EQ(history.at(revision)->fingerprint(), history.fingerprint_of(revision).value());
  }
}

TEST(History, IsReadAndAppendedToByManyThreads) {
  RandomText random(7);
  Chronicle chronicle(random.wild(12));
  while (chronicle.texts.size() < 20) chronicle.append_some(random);
  std::vector<std::thread> threads;
  std::vector<int> failures(4);
  for (std::size_t i = 0; i < failures.size(); ++i) {
    threads.emplace_back([&, i, mine = chronicle.history]() mutable {
      for (std::uint64_t revision = 0; revision < chronicle.texts.size(); ++revision) {
        if (text_at(mine, revision) != chronicle.texts[revision]) ++failures[i];
        const History longer = appended(mine, R"([{"op": "insert", "line": 1, "text": "t"}])");
        if (longer.text().bytes() == mine.text().bytes()) ++failures[i];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, std::vector<int>(failures.size()));
}

}  // namespace
}  // namespace firn_test
