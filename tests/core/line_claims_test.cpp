#include "line_claims.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::LineClaims;
using firn::Op;
using firn::Patch;
using firn::Ties;

Patch range(std::uint64_t first, std::uint64_t last) {
  return {.line = first, .end_line = last, .op = Op::delete_lines};
}

Patch insert(std::uint64_t line) {
  return {.line = line, .end_line = line, .op = Op::insert_lines};
}

std::string show(const std::optional<LineClaims::Conflict>& conflict) {
  if (!conflict) return "free";
  return std::to_string(conflict->line) + " is held by " + std::to_string(conflict->patch_index);
}

/// Everyone who claimed, and a look at every line: O(k * lines).
class NaiveClaims {
 public:
  explicit NaiveClaims(Ties ties) : ties_(ties) {}

  void claim(const Patch& patch, std::uint32_t index) { claims_.push_back({patch, index}); }

  [[nodiscard]] std::optional<LineClaims::Conflict> conflict_of(const Patch& patch) const {
    for (std::uint64_t line = patch.line; line <= patch.end_line; ++line) {
      for (const Claim& earlier : claims_) {
        if (collides(patch, earlier.patch, line)) {
          return LineClaims::Conflict{.line = line, .patch_index = earlier.index};
        }
      }
    }
    return std::nullopt;
  }

 private:
  struct Claim {
    Patch patch;
    std::uint32_t index;
  };

  [[nodiscard]] bool collides(const Patch& later, const Patch& earlier, std::uint64_t line) const {
    if (line < earlier.line || line > earlier.end_line) return false;
    if (ties_ == Ties::reject || earlier.op != Op::insert_lines) return true;
    return later.op != Op::insert_lines && line > later.line;
  }

  Ties ties_;
  std::vector<Claim> claims_;
};

TEST(LineClaims, NamesTheSmallestLineAndWhoHoldsIt) {
  LineClaims claims(Ties::reject);
  claims.claim(range(5, 8), 0);
  claims.claim(range(2, 3), 1);
  EXPECT_EQ(show(claims.conflict_of(range(1, 1))), "free");
  EXPECT_EQ(show(claims.conflict_of(range(4, 4))), "free");
  EXPECT_EQ(show(claims.conflict_of(range(9, 20))), "free");
  EXPECT_EQ(show(claims.conflict_of(range(1, 9))), "2 is held by 1");
  EXPECT_EQ(show(claims.conflict_of(range(4, 5))), "5 is held by 0");
  EXPECT_EQ(show(claims.conflict_of(range(7, 7))), "7 is held by 0");
  EXPECT_EQ(show(claims.conflict_of(insert(3))), "3 is held by 1");
  EXPECT_EQ(show(claims.conflict_of(insert(4))), "free");
}

TEST(LineClaims, LeavesALineToWhoHeldItFirst) {
  LineClaims claims(Ties::reject);
  claims.claim(range(4, 6), 0);
  claims.claim(range(1, 9), 1);
  claims.claim(range(9, 12), 2);
  EXPECT_EQ(show(claims.conflict_of(range(3, 3))), "3 is held by 1");
  EXPECT_EQ(show(claims.conflict_of(range(5, 5))), "5 is held by 0");
  EXPECT_EQ(show(claims.conflict_of(range(7, 7))), "7 is held by 1");
  EXPECT_EQ(show(claims.conflict_of(range(9, 9))), "9 is held by 1");
  EXPECT_EQ(show(claims.conflict_of(range(10, 10))), "10 is held by 2");
}

TEST(LineClaims, KeepsNeighboursApart) {
  LineClaims claims(Ties::reject);
  claims.claim(range(3, 3), 0);
  claims.claim(range(4, 4), 1);
  claims.claim(range(2, 2), 2);
  EXPECT_EQ(show(claims.conflict_of(range(4, 4))), "4 is held by 1");
  EXPECT_EQ(show(claims.conflict_of(range(3, 4))), "3 is held by 0");
  EXPECT_EQ(show(claims.conflict_of(range(1, 4))), "2 is held by 2");
}

TEST(LineClaims, LetAnInsertHoldItsLineUnderReject) {
  LineClaims claims(Ties::reject);
  claims.claim(insert(3), 0);
  EXPECT_EQ(show(claims.conflict_of(insert(3))), "3 is held by 0");
  EXPECT_EQ(show(claims.conflict_of(range(1, 5))), "3 is held by 0");
}

TEST(LineClaims, LetInsertsShareALineUnderKeepOrder) {
  LineClaims claims(Ties::keep_order);
  claims.claim(insert(3), 0);
  EXPECT_EQ(show(claims.conflict_of(insert(3))), "free");
  EXPECT_EQ(show(claims.conflict_of(range(3, 5))), "free");
  EXPECT_EQ(show(claims.conflict_of(range(2, 3))), "3 is held by 0");
  claims.claim(range(3, 5), 1);
  EXPECT_EQ(show(claims.conflict_of(insert(3))), "3 is held by 1");
  EXPECT_EQ(show(claims.conflict_of(insert(6))), "free");
  EXPECT_EQ(show(claims.conflict_of(insert(4))), "4 is held by 1");
}

TEST(LineClaims, HoldLinesUpToTheLastNumber) {
  LineClaims claims(Ties::reject);
  claims.claim(range(1, firn::kMaxCount), 0);
  EXPECT_EQ(show(claims.conflict_of(range(firn::kMaxCount, firn::kMaxCount))),
            std::to_string(firn::kMaxCount) + " is held by 0");
}

class RandomClaims : public testing::TestWithParam<Ties> {};

TEST_P(RandomClaims, AreJudgedAsByLookingAtEveryLine) {
  Dice dice(seed_from_environment());
  for (std::uint64_t round = 0; round < rounds(3'000); ++round) {
    LineClaims claims(GetParam());
    NaiveClaims naive(GetParam());
    const bool losers_claim_too = dice.one_in(2);
    const std::uint64_t line_count = dice.between(1, 40);
    for (std::uint32_t index = 0; index < 25; ++index) {
      const std::uint64_t first = dice.between(1, line_count);
      const std::uint64_t last = std::min(first + dice.roll(1 + dice.roll(10)), line_count);
      const Patch patch = dice.one_in(3) ? insert(first) : range(first, last);
      const auto conflict = claims.conflict_of(patch);
      ASSERT_EQ(show(conflict), show(naive.conflict_of(patch))) << "round " << round;
      if (conflict && !losers_claim_too) continue;
      claims.claim(patch, index);
      naive.claim(patch, index);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(UnderBothTies, RandomClaims,
                         testing::Values(Ties::reject, Ties::keep_order));

}  // namespace
}  // namespace firn_test
