#include "lcs_band.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace firn_test {
namespace {

using firn::kBandSteps;
using Tokens = std::vector<std::uint32_t>;
using Places = std::vector<std::int32_t>;

Tokens random_tokens(std::mt19937& rng, std::size_t size, std::uint32_t kinds) {
  Tokens tokens(size);
  for (std::uint32_t& token : tokens) token = static_cast<std::uint32_t>(rng() % kinds);
  return tokens;
}

/// Myers' walk as it is defined, step by step; nothing if it comes to an edge.
std::optional<Places> walk_plainly(const Tokens& before, const Tokens& after) {
  const auto before_size = static_cast<std::int32_t>(before.size());
  const auto after_size = static_cast<std::int32_t>(after.size());
  const auto slot = [](std::int32_t diagonal) {
    return static_cast<std::size_t>(std::int64_t{diagonal} + kBandSteps + 1);
  };
  const auto is_equal = [&](std::int32_t x, std::int32_t y) {
    return before[static_cast<std::size_t>(x)] == after[static_cast<std::size_t>(y)];
  };
  Places furthest(2 * std::size_t{kBandSteps} + 3, -1);
  for (std::int32_t step = 0; step <= kBandSteps; ++step) {
    for (std::int32_t diagonal = -step; diagonal <= step; diagonal += 2) {
      std::int32_t x =
          step == 0 ? 0 : std::max(furthest[slot(diagonal - 1)] + 1, furthest[slot(diagonal + 1)]);
      while (x < before_size && x - diagonal < after_size && is_equal(x, x - diagonal)) ++x;
      if (x >= before_size || x - diagonal >= after_size) return std::nullopt;
      furthest[slot(diagonal)] = x;
    }
  }
  Places reached;
  for (std::int32_t diagonal = -kBandSteps; diagonal <= kBandSteps; diagonal += 2)
    reached.push_back(furthest[slot(diagonal)]);
  return reached;
}

std::optional<Places> walk_by_table(const Tokens& before, const Tokens& after,
                                    std::int32_t most_lines) {
  const firn::SearchBox box{.before = before.data(),
                            .after = after.data(),
                            .before_begin = 0,
                            .before_end = static_cast<std::int32_t>(before.size()),
                            .after_begin = 0,
                            .after_end = static_cast<std::int32_t>(after.size())};
  std::vector<std::uint64_t> memory;
  Places reached;
  if (!firn::walk_by_table(box, most_lines, memory, reached)) return std::nullopt;
  return reached;
}

TEST(LcsBand, StandsWhereAWalkStands) {
  constexpr std::uint32_t kSeed = 20261122;
  std::mt19937 rng(kSeed);
  for (const std::uint32_t kinds : {3U, 5U, 9U, 20U, 100U, 10'000U}) {
    const Tokens before = random_tokens(rng, 2000, kinds);
    const Tokens after = random_tokens(rng, 2000, kinds);
    const auto walked = walk_plainly(before, after);
    ASSERT_TRUE(walked) << kinds;
    EXPECT_EQ(walk_by_table(before, after, 2000), walked) << kinds << " kinds of seed " << kSeed;
  }
}

TEST(LcsBand, TellsWhenAWalkComesTooFarOrToAnEdge) {
  constexpr std::uint32_t kSeed = 1;
  std::mt19937 rng(kSeed);
  const Tokens before = random_tokens(rng, 2000, 5);
  const Tokens after = random_tokens(rng, 2000, 5);
  EXPECT_FALSE(walk_by_table(before, after, 256));
  EXPECT_FALSE(walk_by_table(before, before, 2000));
  for (const std::size_t size : {1, 63, 64, 256, 257, 300}) {
    const Tokens few(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(walk_by_table(few, after, 2000)) << size;
    EXPECT_FALSE(walk_by_table(before, few, 2000)) << size;
  }
}

}  // namespace
}  // namespace firn_test
