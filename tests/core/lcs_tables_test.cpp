#include "lcs_tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "thorough.h"

namespace firn_test {
namespace {

using firn::Region;
using Tokens = std::vector<std::uint32_t>;
using Distances = std::vector<std::vector<std::size_t>>;

Tokens part_of(const Tokens& tokens, std::size_t begin, std::size_t end) {
  return {tokens.begin() + static_cast<std::ptrdiff_t>(begin),
          tokens.begin() + static_cast<std::ptrdiff_t>(end)};
}

/// How many lines differ in front of every two places.
Distances distances(const Tokens& before, const Tokens& after) {
  Distances all(before.size() + 1, std::vector<std::size_t>(after.size() + 1));
  for (std::size_t x = 0; x <= before.size(); ++x) {
    for (std::size_t y = 0; y <= after.size(); ++y) {
      if (x == 0 || y == 0) {
        all[x][y] = x + y;
      } else if (before[x - 1] == after[y - 1]) {
        all[x][y] = all[x - 1][y - 1];
      } else {
        all[x][y] = 1 + std::min(all[x - 1][y], all[x][y - 1]);
      }
    }
  }
  return all;
}

/// The same behind every two places.
Distances distances_to_end(Tokens before, Tokens after) {
  std::ranges::reverse(before);
  std::ranges::reverse(after);
  Distances all = distances(before, after);
  for (auto& row : all) std::ranges::reverse(row);
  std::ranges::reverse(all);
  return all;
}

/// Where the walks of a Myers search meet: on the highest diagonal that has a place halfway, at the
/// last such place if the walk from the top took the last step, else at the first.
std::pair<std::size_t, std::size_t> meeting(const Tokens& before, const Tokens& after) {
  const Distances from_top = distances(before, after);
  const Distances to_end = distances_to_end(before, after);
  const std::size_t all = from_top.back().back();
  const std::size_t steps = (all + 1) / 2;
  for (std::size_t diagonal = before.size() + after.size() + 1; diagonal-- > 0;) {
    std::vector<std::pair<std::size_t, std::size_t>> halfway;
    for (std::size_t x = 0; x <= before.size(); ++x) {
      const std::size_t y = x + after.size() - diagonal;
      if (x + after.size() < diagonal || y > after.size()) continue;
      if (from_top[x][y] == steps && to_end[x][y] == all - steps) halfway.emplace_back(x, y);
    }
    if (!halfway.empty()) return all % 2 != 0 ? halfway.back() : halfway.front();
  }
  return {};
}

/// The linear-space search as it is defined. `x` and `y` are where the sequences begin.
void split_plainly(const Tokens& before, const Tokens& after, std::size_t x, std::size_t y,
                   std::vector<Region>& differing) {
  const auto top =
      static_cast<std::size_t>(std::ranges::mismatch(before, after).in1 - before.begin());
  std::size_t bottom = 0;
  while (bottom + top < std::min(before.size(), after.size()) &&
         before.rbegin()[static_cast<std::ptrdiff_t>(bottom)] ==
             after.rbegin()[static_cast<std::ptrdiff_t>(bottom)]) {
    ++bottom;
  }
  if (top + bottom > 0) {
    split_plainly(part_of(before, top, before.size() - bottom),
                  part_of(after, top, after.size() - bottom), x + top, y + top, differing);
    return;
  }
  const std::size_t all = distances(before, after).back().back();
  if (all == 0) return;
  if (all == before.size() + after.size()) {
    const auto place = [](std::size_t at) { return static_cast<std::uint32_t>(at); };
    differing.push_back({place(x), place(x + before.size()), place(y), place(y + after.size())});
    return;
  }
  const auto [cut_x, cut_y] = meeting(before, after);
  split_plainly(part_of(before, 0, cut_x), part_of(after, 0, cut_y), x, y, differing);
  split_plainly(part_of(before, cut_x, before.size()), part_of(after, cut_y, after.size()),
                x + cut_x, y + cut_y, differing);
}

std::string shown(std::span<const Region> regions) {
  std::string text;
  for (const Region& region : regions) {
    text += "[" + std::to_string(region.before_begin) + ", " + std::to_string(region.before_end) +
            ") for [" + std::to_string(region.after_begin) + ", " +
            std::to_string(region.after_end) + ") ";
  }
  return text;
}

/// `before` and `after` as tables take them: padded by tokens that stand in both.
std::string solved_by_tables(const Tokens& before, const Tokens& after,
                             firn::TablesMemory& memory) {
  Tokens padded = after;
  Tokens padded_from_end(after.rbegin(), after.rend());
  for (Tokens* const tokens : {&padded, &padded_from_end})
    tokens->resize(after.size() + firn::kTablePadding, before.front());
  return shown(solve_by_tables({.before = before.data(),
                                .after = padded.data(),
                                .after_from_end = padded_from_end.data(),
                                .before_size = static_cast<std::int32_t>(before.size()),
                                .after_size = static_cast<std::int32_t>(after.size())},
                               memory));
}

std::string solved_plainly(const Tokens& before, const Tokens& after) {
  std::vector<Region> differing;
  split_plainly(before, after, 0, 0, differing);
  return shown(differing);
}

/// Two sequences whose first tokens differ, and whose last.
class RandomTokens {
 public:
  explicit RandomTokens(std::uint32_t seed) : rng_(seed) {}

  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(rng_() % bound); }

  Tokens of(std::size_t size, std::uint32_t kinds) {
    Tokens tokens(size);
    for (std::uint32_t& token : tokens) token = below(kinds);
    return tokens;
  }

  std::pair<Tokens, Tokens> two(std::size_t before_size, std::size_t after_size,
                                std::uint32_t kinds) {
    Tokens before = of(before_size, kinds);
    Tokens after = of(after_size, kinds);
    after.front() = (before.front() + 1) % kinds;
    if (after.size() == 1) before.back() = (after.back() + 1) % kinds;
    if (before.size() == 1) before.front() = kinds;
    if (before.back() == after.back()) after.back() = kinds + 1;
    return {before, after};
  }

 private:
  std::mt19937 rng_;
};

TEST(LcsTables, CutWhereAMyersSearchMeets) {
  constexpr std::uint32_t kSeed = 20261122;
  RandomTokens random(kSeed);
  firn::TablesMemory memory;
  for (std::uint64_t round = 0; round < rounds(4000); ++round) {
    const std::uint32_t most = round % 40 == 0 ? 150 : 12;
    const auto [before, after] =
        random.two(1 + random.below(most), 1 + random.below(most), 2 + random.below(most));
    ASSERT_EQ(solved_by_tables(before, after, memory), solved_plainly(before, after))
        << "round " << round << " of seed " << kSeed;
  }
}

/// A row of bits is as many words as it needs, and the last one may be full.
TEST(LcsTables, MayEndAnywhereInAWord) {
  RandomTokens random(1);
  firn::TablesMemory memory;
  for (const std::size_t size : {1, 2, 63, 64, 65, 127, 128, 129}) {
    for (const std::size_t other_size : {1, 9, 64, 70}) {
      for (const std::uint32_t kinds : {2, 5, 40}) {
        auto [before, after] = random.two(other_size, size, kinds);
        EXPECT_EQ(solved_by_tables(before, after, memory), solved_plainly(before, after));
        std::swap(before, after);
        EXPECT_EQ(solved_by_tables(before, after, memory), solved_plainly(before, after));
      }
    }
  }
}

TEST(LcsTables, OfSequencesThatShareNothingOnePartIsLeft) {
  firn::TablesMemory memory;
  EXPECT_EQ(solved_by_tables(Tokens(70, 1), Tokens(130, 2), memory), "[0, 70) for [0, 130) ");
}

}  // namespace
}  // namespace firn_test
