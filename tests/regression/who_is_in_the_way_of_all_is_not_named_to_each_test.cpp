#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "case.h"
#include "firn/firn.h"

/// Each of a million patches that wanted one line was told the id of the patch that holds it, a
/// kilobyte: 45 MB of JSON made a report of more than a gigabyte.
namespace firn_test {
namespace {

constexpr std::size_t kPatchesInVain = 5000;

firn::Batch all_want_line_1(std::size_t id_bytes) {
  Case given{.patches = {{.op = firn::Op::delete_lines, .id = std::string(id_bytes, 'x')}}};
  given.patches.resize(1 + kPatchesInVain, {.op = firn::Op::delete_lines});
  return build(given);
}

firn::Violations refused(const firn::Batch& batch, firn::Policy policy) {
  return firn::apply(frozen("a\n"), batch, {.policy = policy}).error();
}

TEST(Regression, WhoIsInTheWayOfAllIsNamedByIndexOnceTheReportHasQuotedEnough) {
  const auto violations = refused(all_want_line_1(firn::kMaxIdBytes), firn::Policy::atomic);
  ASSERT_EQ(violations.size(), kPatchesInVain);
  std::size_t quoted_bytes = 0;
  for (const firn::Error& violation : violations) {
    ASSERT_EQ(violation.other->index, 0U);
    quoted_bytes += violation.other->id.size();
  }
  EXPECT_EQ(quoted_bytes, firn::kMaxQuotedBytesOfReport);
  EXPECT_EQ(violations.front().other->id.size(), firn::kMaxIdBytes);
  EXPECT_EQ(violations.back().other->id, "");
  EXPECT_EQ(violations.back().message,
            "patches[5000] deletes line 1, but line 1 is taken: patches[0] deletes line 1");
}

TEST(Regression, AnIdOfALineIsNamedToEach) {
  for (const firn::Error& violation : refused(all_want_line_1(60), firn::Policy::atomic)) {
    ASSERT_EQ(violation.other->id.size(), 60U);
  }
}

TEST(Regression, TheBatchesOfAStackShareWhatIsQuoted) {
  const firn::Batch batch = all_want_line_1(firn::kMaxIdBytes);
  const std::vector<firn::Batch> batches(3, batch);
  const firn::Stacked stacked = firn::stack(frozen("a\n"), batches).value();
  ASSERT_EQ(stacked.refused.size(), 3U);
  EXPECT_EQ(stacked.refused[0].violations.front().other->id.size(), firn::kMaxIdBytes);
  for (const firn::Error& violation : stacked.refused[2].violations) {
    ASSERT_EQ(violation.other->index, 0U);
    ASSERT_EQ(violation.other->id, "");
  }
}

TEST(Regression, FailFastReportsTheFirstOverlapAndNoMore) {
  const auto all = refused(all_want_line_1(firn::kMaxIdBytes), firn::Policy::atomic);
  const auto first = refused(all_want_line_1(firn::kMaxIdBytes), firn::Policy::fail_fast);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first.front().message, all.front().message);
  EXPECT_EQ(first.front().other, all.front().other);
}

}  // namespace
}  // namespace firn_test
