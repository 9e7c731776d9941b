#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "case.h"
#include "firn/firn.h"
#include "invariants.h"
#include "naive_text.h"
#include "notation.h"

namespace firn_test {
namespace {

constexpr int kThreads = 8;
constexpr int kRounds = 20;

/// Runs `work` on many threads that start at once, and returns how often it said no.
template <typename Work>
int failures_on_many_threads(Work work) {
  std::atomic<int> failures = 0;
  std::atomic<bool> go = false;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      go.wait(false);
      for (int round = 0; round < kRounds; ++round) {
        if (!work()) ++failures;
      }
    });
  }
  go = true;
  go.notify_all();
  threads.clear();
  return failures;
}

TEST(Threads, ReadOneSnapshotAtOnce) {
  const firn::Snapshot snapshot = frozen(numbered_lines(500));
  EXPECT_EQ(failures_on_many_threads([&] { return check_invariants(snapshot).empty(); }), 0);
}

TEST(Threads, ApplyOneBatchToOneSnapshotAndGetTheSame) {
  const firn::Snapshot snapshot = frozen(numbered_lines(300));
  const firn::Batch batch = batch_of("1:- 17:=x|y 40-60:- 200:+z 301:+w");
  const auto apply_once = [&] {
    const auto patched = firn::apply(snapshot, batch).value();
    return std::string(patched.bytes().value().view()) + changes_json(patched);
  };
  const std::string expected = apply_once();
  EXPECT_EQ(failures_on_many_threads([&] { return apply_once() == expected; }), 0);
  EXPECT_TRUE(snapshot.verify().has_value());
}

TEST(Threads, LookAtOneResultAtOnce) {
  const auto patched =
      firn::apply(frozen(numbered_lines(60) + "end"), batch_of("1:- 17:=x|y 62:+w")).value();
  EXPECT_EQ(failures_on_many_threads([&] { return check_invariants(patched).empty(); }), 0);
}

TEST(Threads, CopyAndDropHandlesAtOnce) {
  const firn::Snapshot snapshot = frozen("a\nb\n");
  const auto patched = firn::apply(snapshot, batch_of("1:=x")).value();
  EXPECT_EQ(failures_on_many_threads([&] {
              const firn::Snapshot snapshot_copy = snapshot;
              const firn::Batch batch_copy = patched.batch();
              const firn::Patched patched_copy = patched;
              return snapshot_copy.line(2) == "b" && patched_copy.line(1) == "x" &&
                     batch_copy.patches().size() == 1;
            }),
            0);
}

/// Everything that is made of one text and others, as one string; nothing of it may depend on who
/// else is at work.
std::string everything_of(const firn::Snapshot& base, const firn::Snapshot& ours,
                          const firn::Snapshot& theirs, const firn::Diff& drift) {
  std::string made;
  const auto add = [&](std::string_view part) { made.append(part).append("\n"); };
  const firn::Patched patched = firn::apply(base, firn::diff(base, ours).value()).value();
  const firn::Batch inverse = firn::invert(patched).value();
  const firn::Patched back = firn::apply(ours, inverse).value();
  add(json_of(inverse));
  add(json_of(firn::compose(patched, back).value()));
  add(json_of(firn::rebase(patched, theirs).value().batch));
  add(firn::merge(base, ours, theirs).value().text.view());
  add(firn::unified_diff(patched).value().view());
  add(firn::source_map(patched, {.detail = firn::MapDetail::boundary}).value().view());
  const auto placed = firn::place(theirs, drift.files()[0], {.placement = firn::Placement::fuzzy});
  add(placed ? json_of(placed->batch) : to_json(placed.error()));
  const std::vector<firn::Batch> batches = {patched.batch(), firn::diff(base, theirs).value()};
  add(to_json(firn::stack(base, batches).value()));
  const firn::History history = firn::History(base).append(patched.batch()).value().history;
  add(history.undo(1).value().history.text().bytes());
  return made;
}

TEST(Threads, DoEverythingWithTheSameValuesAtOnce) {
  std::string our_text = numbered_lines(90);
  our_text.insert(our_text.find("line 30"), "new\n");
  const firn::Snapshot base = frozen(numbered_lines(90));
  const firn::Snapshot ours = frozen(our_text);
  const firn::Snapshot theirs = frozen("first\n" + numbered_lines(80));
  const auto patched = firn::apply(base, firn::diff(base, ours).value()).value();
  const auto drift = firn::read_diff(firn::unified_diff(patched).value().view()).value();
  const std::string expected = everything_of(base, ours, theirs, drift);
  EXPECT_EQ(failures_on_many_threads(
                [&] { return everything_of(base, ours, theirs, drift) == expected; }),
            0);
}

TEST(Threads, ReadOneJsonAtOnce) {
  const std::string json = json_of(batch_of("1:=x|y 3-5:-?a|b|c#id"));
  EXPECT_EQ(failures_on_many_threads([&] { return json_of(*firn::read_batch(json)) == json; }), 0);
}

}  // namespace
}  // namespace firn_test
