// Convention 9 of firn.h: where memory ends, whatever for, a call is refused, and everything is as
// it was.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "trial.h"

namespace firn_test {
namespace {

std::set<std::string> functions_that_can_fail() {
  std::set<std::string> functions;
  const std::regex declaration(R"(firn_code (firn_[a-z_]+)\([^;]*firn_error\*\* )");
  for (const auto& entry : std::filesystem::directory_iterator(FIRN_HEADERS)) {
    std::ostringstream header;
    header << std::ifstream(entry.path()).rdbuf();
    const std::string text = header.str();
    for (std::sregex_iterator found(text.begin(), text.end(), declaration), end; found != end;
         ++found) {
      functions.insert((*found)[1]);
    }
  }
  return functions;
}

std::vector<Trial> all_trials() {
  std::vector<Trial> all = trials_of_patching();
  std::ranges::move(trials_of_algebra(), std::back_inserter(all));
  return all;
}

/// The call with memory that ends after `granted` allocations is as the one with enough, or
/// refused. False when it had enough.
bool holds_without_memory(const Trial& trial, const Outcome& expected, std::int64_t granted,
                          bool lasts) {
  const std::int64_t live_before = live_block_count();
  bool was_met = false;
  {
    Scarcity scarcity(granted, lasts);
    const Outcome outcome = trial.run(scarcity);
    was_met = scarcity.was_met();
    if (outcome.code == FIRN_ERROR_LIMIT_EXCEEDED && was_met) {
      EXPECT_TRUE(outcome.is_cleared) << "a result of a refused call is not cleared";
      EXPECT_TRUE(outcome.result.empty() ||
                  outcome.result.starts_with("there is not enough memory"))
          << outcome.result;
    } else {
      EXPECT_EQ(outcome.code, expected.code);
      // There may be none for the error.
      EXPECT_TRUE(outcome.result == expected.result || (outcome.code != FIRN_OK && was_met))
          << outcome.result << "\ninstead of\n"
          << expected.result;
    }
  }
  EXPECT_EQ(live_block_count(), live_before) << "memory is lost";
  return was_met;
}

TEST(NoMemory, EveryFunctionThatCanFailIsTried) {
  std::set<std::string> tried;
  for (const Trial& trial : all_trials()) tried.insert(trial.function);
  EXPECT_EQ(tried, functions_that_can_fail());
}

TEST(NoMemory, EveryCallIsRefusedOrRightWhereverMemoryEndsAndKeepsNone) {
  constexpr std::int64_t kMany = 100'000;
  std::int64_t ends = 0;
  std::set<std::string> refused;
  for (const Trial& trial : all_trials()) {
    SCOPED_TRACE(trial.function + " " + trial.what);
    Scarcity none = Scarcity::none();
    const Outcome expected = trial.run(none);
    for (const bool lasts : {false, true}) {
      std::int64_t granted = 0;
      while (granted < kMany && holds_without_memory(trial, expected, granted, lasts)) {
        ++granted;
        refused.insert(trial.function);
        ASSERT_FALSE(HasFailure()) << "at allocation " << granted << (lasts ? " and after" : "");
      }
      ASSERT_LT(granted, kMany);
      ends += granted;
    }
    Scarcity again = Scarcity::none();
    EXPECT_EQ(trial.run(again).result, expected.result) << "what was left is not what it was";
  }
  // Most functions allocate; that these did says that memory ended where it was to.
  EXPECT_GT(refused.size(), 45U);
  RecordProperty("ends", std::to_string(ends));
}

}  // namespace
}  // namespace firn_test
