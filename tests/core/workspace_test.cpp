#include "firn/workspace.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "case.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using Applied = std::expected<firn::Patched, firn::Violations>;

/// All there is to see of a result.
std::string shown(const Applied& applied) {
  if (!applied) return firn::to_json(applied.error());
  const firn::Patched& patched = *applied;
  std::string shown(patched.bytes().value().view());
  shown += firn::changes_json(patched);
  shown += firn::to_hex(patched.fingerprint()) + std::to_string(patched.line_count());
  for (const firn::Error& error : patched.failed()) shown += firn::to_json(error);
  for (std::uint64_t line = 1; line <= patched.line_count(); ++line) {
    shown.append(patched.line(line)).append("|");
  }
  return shown;
}

firn::Batch deletion(std::uint64_t line) {
  return build({.patches = {{.op = firn::Op::delete_lines, .line = line}}});
}

TEST(Workspace, GivesWhatApplyGivesWithoutOne) {
  const std::uint64_t seed = seed_from_environment();
  std::cout << "FIRN_SEED=" << seed << '\n';
  Dice dice(seed);
  firn::Workspace workspace;
  for (std::uint64_t round = 0; round < rounds(20'000); ++round) {
    const Case given = random_case(dice);
    const firn::Snapshot snapshot = frozen(given.text);
    const firn::Batch batch = build(given);
    const Applied reused = firn::apply(snapshot, batch, given.options, workspace);
    ASSERT_EQ(shown(reused), shown(firn::apply(snapshot, batch, given.options)))
        << "FIRN_SEED=" << seed << ", round " << round << "\n\n"
        << code_of(given);
  }
}

TEST(Workspace, LeavesThePlansAloneThatLiveOn) {
  firn::Workspace workspace;
  const firn::Snapshot snapshot = frozen("1\r\n2\r\n3\r\n4");
  std::vector<firn::Patched> kept;
  std::vector<std::string> before;
  for (std::uint64_t line = 1; line <= 4; ++line) {
    kept.push_back(firn::apply(snapshot, deletion(line), {}, workspace).value());
    before.push_back(shown(kept.back()));
  }
  for (std::size_t at = 0; at < kept.size(); ++at) EXPECT_EQ(shown(kept[at]), before[at]);
  const firn::Plan plan = kept.back().plan();
  kept.clear();
  EXPECT_EQ(firn::apply(snapshot, deletion(1), {}, workspace)->line(1), "2");
  EXPECT_EQ(plan.edits().front().base_line, 4U);
}

TEST(Workspace, IsAsGoodAsNewAfterARefusal) {
  firn::Workspace workspace;
  const firn::Snapshot snapshot = frozen("1\n2\n");
  EXPECT_TRUE(firn::apply(snapshot, deletion(2), {}, workspace));
  EXPECT_FALSE(firn::apply(snapshot, deletion(3), {}, workspace));
  EXPECT_EQ(firn::apply(snapshot, deletion(1), {}, workspace)->bytes()->view(), "2\n");
}

TEST(Workspace, MayEndBeforeItsPlans) {
  const firn::Snapshot snapshot = frozen("1\n2\n");
  const auto patched = [&] {
    firn::Workspace first;
    firn::Workspace moved;
    moved = firn::Workspace(std::move(first));
    return firn::apply(snapshot, deletion(1), {}, moved);
  }();
  EXPECT_EQ(patched->bytes()->view(), "2\n");
}

TEST(Workspace, TakesThePlanBackThatAnotherThreadLetsGoOf) {
  const firn::Snapshot snapshot = frozen("1\n2\n3\n");
  firn::Workspace workspace;
  for (std::uint64_t round = 0; round < 200; ++round) {
    const std::uint64_t line = 1 + (round % 3);
    auto patched = firn::apply(snapshot, deletion(line), {}, workspace);
    std::thread reader(
        [one = *std::move(patched), line] { EXPECT_EQ(one.line(1), line == 1 ? "2" : "1"); });
    EXPECT_EQ(firn::apply(snapshot, deletion(3), {}, workspace)->bytes()->view(), "1\n2\n");
    reader.join();
  }
}

}  // namespace
}  // namespace firn_test
