#include "firn/to_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "firn/firn.h"
#include "random_text.h"

namespace firn_test {
namespace {

using Json = nlohmann::json;

TEST(ChangesToJson, ADiffShowsHeadersAndHunks) {
  const auto diff = firn::read_diff(
      "diff --git \"a/\\303\\244\" b/new\nold mode 100644\nnew mode 100755\n"
      "similarity index 90%\nrename from \"\\303\\244\"\nrename to new\nindex 1234567..89abcde\n"
      "--- \"a/\\303\\244\"\n+++ b/new\n@@ -2,2 +2 @@ function f() {\n-a\n b\n"
      "--- /dev/null\n+++ b/made\n@@ -0,0 +1 @@\n+x\n");
  ASSERT_TRUE(diff.has_value()) << diff.error().message;
  EXPECT_EQ(Json::parse(to_json(*diff)), Json::parse(R"({"files": [
      {"kind": "rename", "oldName": "a/ä", "newName": "b/new", "oldMode": "100644",
       "newMode": "100755", "similarityPercent": 90, "oldBlob": "1234567", "newBlob": "89abcde",
       "hunks": [{"oldLine": 2, "oldCount": 2, "newLine": 2, "newCount": 1,
                  "section": "function f() {", "diffLine": 10
}]
},
      {"kind": "create", "newName": "b/made",
       "hunks": [{"oldLine": 0, "oldCount": 0, "newLine": 1, "newCount": 1, "section": "",
                  "diffLine": 15}]}]
})"));
}

TEST(ChangesToJson, PlacedHunksSayWhereTheyLieAndWhatWasIgnored) {
  const auto diff = firn::read_diff(
      "--- a/f\n+++ b/f\n@@ -5,3 +5,3 @@\n a\n-b\n+B\n y\n@@ -8 +8 @@\n-nowhere\n+x\n");
  ASSERT_TRUE(diff.has_value());
  const auto placed = firn::place(frozen("x\na \nb\ny\n"), diff->files()[0],
                                  {.placement = firn::Placement::search,
                                   .white_space = firn::WhiteSpace::ignore_trailing,
                                   .policy = firn::Policy::best_effort});
  ASSERT_TRUE(placed.has_value());
  const Json json = Json::parse(to_json(*placed));
  EXPECT_EQ(json["hunks"], Json::parse(R"([{"hunk": 0, "line": 2, "offset": -3, "fuzz": 0,
                                            "ignoredWhiteSpace": true}])"));
  ASSERT_EQ(json["rejected"].size(), 1U);
  EXPECT_EQ(json["rejected"][0]["hunk"], 1);
  EXPECT_EQ(json["rejected"][0]["alreadyApplied"], false);
  EXPECT_EQ(json["rejected"][0]["error"]["code"], "hunk_failed");
}

TEST(ChangesToJson, AMergeShowsTheLinesOfItsConflicts) {
  const auto merged = firn::merge(frozen("a\nb\n"), frozen("a\nc\n"), frozen("a\nd\ne\n"));
  ASSERT_TRUE(merged.has_value());
  EXPECT_EQ(Json::parse(to_json(*merged)), Json::parse(R"({"conflicts": [
      {"base": {"from": 2, "to": 2}, "ours": {"from": 2, "to": 2}, "theirs": {"from": 2, "to": 3},
       "merged": {"from": 2, "to": 7}}]})"));
}

TEST(ChangesToJson, ARebaseShowsEachPatchAndTheSidesOfAConflict) {
  const firn::Snapshot old_text = frozen("a\nb\nc\n");
  const auto batch = firn::read_batch(
      R"([{"op": "replace", "line": 1, "text": "A", "id": "first"},
          {"op": "delete", "line": 3}])");
  const auto rebased =
      firn::rebase(firn::apply(old_text, *batch).value(), frozen("new\na\nb\nchanged\n"));
  ASSERT_TRUE(rebased.has_value());
  EXPECT_EQ(Json::parse(to_json(*rebased, *batch)), Json::parse(R"({"patches": [
      {"patch": {"index": 0, "id": "first"}, "carried": "moved", "from": {"from": 1, "to": 1},
       "to": {"from": 2, "to": 2}},
      {"patch": {"index": 1}, "carried": "conflict", "from": {"from": 3, "to": 3},
       "to": {"from": 4, "to": 4}, "base": "c\n", "ours": "", "theirs": "changed\n"}]})"));
}

}  // namespace
}  // namespace firn_test
