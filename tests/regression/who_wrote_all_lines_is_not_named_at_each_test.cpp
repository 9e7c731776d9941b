#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "case.h"
#include "firn/firn.h"

/// Each line that a patch wrote was told with the patch's id, a kilobyte: two megabytes of JSON
/// made a provenance of one gigabyte.
namespace firn_test {
namespace {

constexpr std::size_t kLineCount = 20'000;

std::string provenance_of_all(std::size_t id_bytes) {
  const PatchCase patch{.op = firn::Op::insert_lines,
                        .text = std::string(kLineCount, '\n'),
                        .id = std::string(id_bytes, 'x')};
  const auto patched = firn::apply(frozen("a\n"), build({.patches = {patch}})).value();
  return firn::provenance_json(patched, {1, kLineCount});
}

TEST(Regression, WhoWroteAllLinesIsNamedByIndexOnceEnoughIsQuoted) {
  const std::string json = provenance_of_all(firn::kMaxIdBytes);
  EXPECT_LT(json.size(), firn::kMaxQuotedBytesOfReport + 32 * kLineCount);
  EXPECT_TRUE(json.ends_with(R"({"patch":{"index":0}}])"));
  EXPECT_TRUE(json.starts_with(R"([{"patch":{"index":0,"id":"xxx)"));
}

TEST(Regression, AnIdOfALineIsNamedAtEachLine) {
  const std::string json = provenance_of_all(60);
  EXPECT_GT(json.size(), 60 * kLineCount);
  EXPECT_TRUE(json.ends_with(R"(xxx"}}])"));
}

}  // namespace
}  // namespace firn_test
