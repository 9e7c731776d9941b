#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <vector>

#include "invariants.h"
#include "random_case.h"
#include "thorough.h"
#include "versus_oracle.h"

namespace firn_test {
namespace {

/// Calls `difference` with random cases until it returns one; then shows the smallest such case.
void for_random_cases(std::uint64_t round_count,
                      const std::function<std::string(const Case&)>& difference) {
  const std::uint64_t seed = seed_from_environment();
  std::cout << "FIRN_SEED=" << seed << '\n';
  Dice dice(seed);
  for (std::uint64_t round = 0; round < round_count; ++round) {
    const Case given = random_case(dice);
    if (difference(given).empty()) continue;
    const Case smallest =
        shrunk(given, [&](const Case& tried) { return !difference(tried).empty(); });
    FAIL() << "FIRN_SEED=" << seed << ", round " << round << ": " << difference(smallest) << "\n\n"
           << code_of(smallest);
  }
}

/// The patches in any other order; those that name one line first stay in theirs.
std::vector<std::size_t> shuffled(const std::vector<PatchCase>& patches, Dice& dice) {
  std::vector<std::size_t> order(patches.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (std::size_t i = 1; i < order.size(); ++i) std::swap(order[i], order[dice.roll(i + 1)]);
  std::vector<std::size_t> taken;
  for (std::size_t& place : order) {
    const std::uint64_t line = patches[place].line;
    for (std::size_t i = 0; i < patches.size(); ++i) {
      if (patches[i].line != line || std::ranges::count(taken, i) > 0) continue;
      place = i;
      break;
    }
    taken.push_back(place);
  }
  return order;
}

std::string bytes_of(const Case& given) {
  const auto patched = firn::apply(frozen(given.text), build(given), given.options);
  return patched ? std::string(patched->bytes().value().view()) : "refused";
}

TEST(RandomBatches, DoWhatTheOracleDoes) {
  for_random_cases(rounds(100'000),
                   [](const Case& given) { return difference_from_oracle(given); });
}

TEST(RandomBatches, GiveTheSameBytesInAnyOrderWhenLawful) {
  Dice dice(seed_from_environment());
  for_random_cases(rounds(10'000), [&](Case given) -> std::string {
    given.options.policy = firn::Policy::fail_fast;
    const std::string bytes = bytes_of(given);
    Case other = given;
    other.patches.clear();
    for (const std::size_t index : shuffled(given.patches, dice)) {
      other.patches.push_back(given.patches[index]);
    }
    const std::string other_bytes = bytes_of(other);
    if (bytes == "refused" || bytes == other_bytes) return "";
    return "in another order: " + code_of(other);
  });
}

TEST(RandomBatches, ApplyUnderBestEffortWhatIsLeftWithoutTheRefusedPatches) {
  for_random_cases(rounds(10'000), [](Case given) -> std::string {
    given.options.policy = firn::Policy::best_effort;
    const auto patched = firn::apply(frozen(given.text), build(given), given.options);
    if (!patched) return "";
    Case lawful = given;
    for (std::size_t i = patched->failed().size(); i-- > 0;) {
      const auto refused = static_cast<std::ptrdiff_t>(patched->failed()[i].patch->index);
      lawful.patches.erase(lawful.patches.begin() + refused);
    }
    lawful.options.policy = firn::Policy::fail_fast;
    return bytes_of(lawful) == bytes_of(given) ? "" : "other bytes without the refused patches";
  });
}

TEST(RandomBatches, LeaveTheTextAndRevisionAsTheyAreWhenEmpty) {
  for_random_cases(rounds(10'000), [](Case given) -> std::string {
    given.patches.clear();
    given.base = {};
    given.options.revision = given.revision = 5;
    const firn::Snapshot snapshot = frozen(given.text);
    const auto patched = firn::apply(snapshot, build(given), given.options).value();
    if (patched.bytes().value().view() != given.text) return "other bytes";
    if (patched.fingerprint() != snapshot.fingerprint()) return "another fingerprint";
    if (patched.revision() != 5 || !patched.changes().empty()) return "something was applied";
    return check_invariants(patched);
  });
}

TEST(RandomBatches, ReportUnderFailFastTheFirstThatAtomicReports) {
  for_random_cases(rounds(10'000), [](Case given) -> std::string {
    const firn::Snapshot snapshot = frozen(given.text);
    const firn::Batch batch = build(given);
    given.options.policy = firn::Policy::fail_fast;
    const auto first = firn::apply(snapshot, batch, given.options);
    given.options.policy = firn::Policy::atomic;
    const auto all = firn::apply(snapshot, batch, given.options);
    if (first.has_value() != all.has_value()) return "one policy applies, the other does not";
    if (first) return "";
    const bool same = first.error().size() == 1 &&
                      first.error()[0].message == all.error()[0].message &&
                      first.error()[0].code == all.error()[0].code;
    return same ? "" : "another first violation";
  });
}

}  // namespace
}  // namespace firn_test
