#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firn/batch.h"
#include "naive_text.h"

namespace firn_test {
namespace {

using firn::Batch;
using firn::BatchBuilder;
using firn::ErrorCode;
using firn::kMaxCount;
using firn::Op;
using firn::Patch;
using firn::PatchSpec;
using Views = std::vector<std::string_view>;

const Views kNoLine;
const Views kTwoLines = {"x", "y"};
const Views kBrokenLine = {"x", "y\nz"};

/// A patch that only says that it is one.
PatchSpec deletion(std::uint64_t line) { return {.op = Op::delete_lines, .line = line}; }

Batch batch_with(const PatchSpec& spec) {
  BatchBuilder builder;
  builder.add(spec).value();
  return builder.build().value();
}

TEST(BatchBuilder, RefusesWhatIsNoPatch) {
  struct Row {
    std::string what;
    PatchSpec spec;
  };
  const std::vector<Row> rows = {
      {"line 0", {.op = Op::delete_lines, .line = 0}},
      {"line past the last number", {.op = Op::delete_lines, .line = kMaxCount + 1}},
      {"end before line", {.op = Op::delete_lines, .line = 5, .end_line = 4}},
      {"end 0", {.op = Op::delete_lines, .line = 1, .end_line = 0}},
      {"end past the last number", {.op = Op::delete_lines, .line = 1, .end_line = kMaxCount + 1}},
      {"insert with an end", {.op = Op::insert_lines, .line = 1, .end_line = 1, .text = "x"}},
      {"replace without text", {.op = Op::replace_lines, .line = 1}},
      {"insert without text", {.op = Op::insert_lines, .line = 1}},
      {"text and lines", {.op = Op::replace_lines, .line = 1, .text = "x", .lines = kTwoLines}},
      {"delete with text", {.op = Op::delete_lines, .line = 1, .text = ""}},
      {"delete with lines", {.op = Op::delete_lines, .line = 1, .lines = kNoLine}},
      {"a line of two", {.op = Op::replace_lines, .line = 1, .lines = kBrokenLine}},
      {"empty id", {.op = Op::delete_lines, .line = 1, .id = ""}},
  };
  for (const Row& row : rows) {
    BatchBuilder builder;
    builder.add(deletion(9)).value();
    const auto added = builder.add(row.spec);
    ASSERT_FALSE(added.has_value()) << row.what;
    EXPECT_EQ(added.error().code, ErrorCode::malformed_batch) << row.what;
    EXPECT_EQ(added.error().patch->index, 1U) << row.what;
    EXPECT_TRUE(added.error().message.starts_with("patches[1]")) << added.error().message;
    EXPECT_EQ(builder.build()->patches().size(), 1U) << row.what << ": it was added all the same";
  }
}

TEST(BatchBuilder, TakesEveryLineUpToTheLastNumber) {
  const Batch batch =
      batch_with({.op = Op::delete_lines, .line = kMaxCount - 1, .end_line = kMaxCount});
  EXPECT_EQ(batch.patches()[0].base_line_count(), 2U);
}

TEST(BatchBuilder, EndsARangeWhereItBeginsWhenNothingIsSaid) {
  EXPECT_EQ(batch_with(deletion(7)).patches()[0].end_line, 7U);
  EXPECT_EQ(batch_with(deletion(7)).patches()[0].base_line_count(), 1U);
  const Batch insert = batch_with({.op = Op::insert_lines, .line = 7, .text = ""});
  EXPECT_EQ(insert.patches()[0].end_line, 7U);
  EXPECT_EQ(insert.patches()[0].base_line_count(), 0U);
}

TEST(BatchBuilder, SplitsTextAtLineFeeds) {
  struct Row {
    std::string text;
    std::string canonical;
    bool written_with_crlf;
  };
  const std::vector<Row> rows = {
      {"", "\n", false},
      {"a", "a\n", false},
      {"a\n", "a\n", false},
      {"\n", "\n", false},
      {"\n\n", "\n\n", false},
      {"a\nb", "a\nb\n", false},
      {"a\n\nb\n\n", "a\n\nb\n\n", false},
      {"a\r\nb\r\n", "a\nb\n", true},
      {"a\r\nb", "a\nb\n", true},
      {"\r\n", "\n", true},
      {"a\rb", "a\rb\n", false},
      {"a\r", "a\r\n", false},     // A CR at the very end is content.
      {"a\r\r\n", "a\r\n", true},  // So is all but the last before a LF.
      {std::string("\0\n\0", 3), std::string("\0\n\0\n", 4), false},
      {"\xFF\xFE", "\xFF\xFE\n", false},
  };
  for (const Row& row : rows) {
    const ExactCopy text(row.text);
    const Batch batch = batch_with({.op = Op::insert_lines, .line = 1, .text = text.view()});
    const Patch& patch = batch.patches()[0];
    EXPECT_EQ(patch.text, row.canonical) << literal(row.text);
    EXPECT_EQ(patch.text_line_count, lines_of_text(row.text).size()) << literal(row.text);
    EXPECT_EQ(patch.written_with_crlf, row.written_with_crlf) << literal(row.text);
  }
}

TEST(BatchBuilder, TakesLinesAsTheyAre) {
  struct Row {
    Views lines;
    std::string canonical;
  };
  const std::vector<Row> rows = {
      {{}, ""},
      {{""}, "\n"},
      {{"", ""}, "\n\n"},
      {{"a", "b\r"}, "a\nb\r\n"},
  };
  for (const Row& row : rows) {
    const Batch batch = batch_with({.op = Op::insert_lines, .line = 1, .lines = row.lines});
    EXPECT_EQ(batch.patches()[0].text, row.canonical);
    EXPECT_EQ(batch.patches()[0].text_line_count, row.lines.size());
    EXPECT_FALSE(batch.patches()[0].written_with_crlf);
  }
}

TEST(BatchBuilder, SplitsExpectationsLikeText) {
  const auto expectation_of = [](std::string_view expect) {
    const Batch batch = batch_with({.op = Op::delete_lines, .line = 1, .expect = expect});
    return std::string(batch.patches()[0].expect.value());
  };
  EXPECT_EQ(expectation_of(""), "\n");
  EXPECT_EQ(expectation_of("a\r\nb"), "a\nb\n");
  EXPECT_EQ(expectation_of("a\n"), "a\n");
  EXPECT_FALSE(batch_with(deletion(1)).patches()[0].expect.has_value());
}

TEST(BatchBuilder, KeepsCopiesOfAllItIsGiven) {
  std::string text = "new text, longer than a small string can be";
  std::string id = "p1";
  std::string expect = "old";
  BatchBuilder builder;
  builder.set_id(id);
  builder.add({.op = Op::replace_lines, .line = 1, .text = text, .id = id, .expect = expect})
      .value();
  for (std::string* const caller : {&text, &id, &expect}) caller->assign(caller->size(), '?');
  const Batch batch = builder.build().value();
  EXPECT_EQ(batch.patches()[0].text, "new text, longer than a small string can be\n");
  EXPECT_EQ(batch.patches()[0].id, "p1");
  EXPECT_EQ(batch.patches()[0].expect, "old\n");
  EXPECT_EQ(batch.id(), "p1");
}

TEST(BatchBuilder, KeepsPatchesInTheOrderGiven) {
  BatchBuilder builder;
  for (const std::uint64_t line : {5, 1, 9}) {
    builder.add({.op = Op::insert_lines, .line = line, .lines = kTwoLines}).value();
  }
  builder.add(deletion(3)).value();
  const Batch batch = builder.build().value();
  ASSERT_EQ(batch.patches().size(), 4U);
  EXPECT_EQ(batch.text(), "x\ny\nx\ny\nx\ny\n");
  EXPECT_EQ(batch.text_index().line_count(), 6U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(batch.patches()[i].first_text_line, 2 * i);
    EXPECT_EQ(batch.text_index().begin_of(2 * i),
              static_cast<std::uint64_t>(batch.patches()[i].text.data() - batch.text().data()));
  }
  EXPECT_EQ(batch.patches()[1].line, 1U);
  EXPECT_EQ(batch.patches()[3].op, Op::delete_lines);
}

TEST(BatchBuilder, HandsOverWhatIsSaidOfTheBatch) {
  BatchBuilder builder;
  builder.set_id("b-17");
  builder.set_file("src/Cart.jsx");
  builder.set_base({.fingerprint = firn::fingerprint_of("x"), .line_count = 0});
  builder.set_revision(kMaxCount);
  const Batch batch = builder.build().value();
  EXPECT_EQ(batch.id(), "b-17");
  EXPECT_EQ(batch.file(), "src/Cart.jsx");
  EXPECT_EQ(batch.base().fingerprint, firn::fingerprint_of("x"));
  EXPECT_EQ(batch.base().line_count, 0U);
  EXPECT_EQ(batch.revision(), kMaxCount);
}

TEST(BatchBuilder, IsEmptyOnceItHasBuilt) {
  BatchBuilder builder;
  builder.set_id("b");
  builder.set_revision(3);
  builder.add(deletion(1)).value();
  EXPECT_EQ(builder.build()->patches().size(), 1U);
  const Batch second = builder.build().value();
  EXPECT_TRUE(second.patches().empty());
  EXPECT_EQ(second.id(), "");
  EXPECT_FALSE(second.revision().has_value());
}

TEST(BatchBuilder, KeepsItsLimitsOnceItHasBuilt) {
  BatchBuilder builder({.patches = 1});
  builder.add(deletion(1)).value();
  EXPECT_TRUE(builder.build().has_value());
  EXPECT_TRUE(builder.add(deletion(1)).has_value());
  EXPECT_FALSE(builder.add(deletion(2)).has_value());
}

TEST(BatchBuilder, RefusesMorePatchesThanItsLimit) {
  BatchBuilder builder({.patches = 2});
  EXPECT_TRUE(builder.add(deletion(1)).has_value());
  EXPECT_TRUE(builder.add(deletion(2)).has_value());
  const auto third = builder.add(deletion(3));
  ASSERT_FALSE(third.has_value());
  EXPECT_EQ(third.error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(third.error().limit, 2U);
}

TEST(BatchBuilder, TakesIdsOfSoManyBytesAndNoMore) {
  const std::string longest(firn::kMaxIdBytes, 'i');
  const std::string longer = longest + "i";
  BatchBuilder builder;
  PatchSpec spec = deletion(1);
  spec.id = longest;
  EXPECT_TRUE(builder.add(spec));
  spec.id = longer;
  const auto added = builder.add(spec);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(added.error().limit, firn::kMaxIdBytes);
  const Batch batch = builder.build().value();
  ASSERT_EQ(batch.patches().size(), 1U);
  EXPECT_EQ(batch.patches()[0].id, longest);

  BatchBuilder copier = std::move(builder);
  const auto copied = copier.add_copy(batch.patches()[0], longer);
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(copied.error().limit, firn::kMaxIdBytes);
  EXPECT_TRUE(copier.build().value().patches().empty());

  copier.set_id(longer);
  const auto named = copier.build();
  ASSERT_FALSE(named);
  EXPECT_EQ(named.error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(named.error().limit, firn::kMaxIdBytes);
  copier.set_id(longest);
  EXPECT_EQ(copier.build().value().id(), longest);
}

TEST(BatchBuilder, CopiesNoMorePatchesAndLinesThanItMayHold) {
  const Batch batch = batch_with({.op = Op::insert_lines, .line = 1, .lines = kTwoLines});
  const firn::Patch& patch = batch.patches()[0];
  BatchBuilder one({.patches = 1});
  EXPECT_TRUE(one.add_copy(patch, ""));
  const auto second = one.add_copy(patch, "");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(second.error().limit, 1U);
  BatchBuilder short_one({.text_lines = 1});
  const auto too_long = short_one.add_copy(patch, "");
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().limit, 1U);
}

TEST(BatchBuilder, RefusesMoreLinesOfTextThanItsLimit) {
  BatchBuilder builder({.text_lines = 3});
  EXPECT_TRUE(builder.add({.op = Op::insert_lines, .line = 1, .lines = kTwoLines}).has_value());
  const auto added = builder.add({.op = Op::insert_lines, .line = 2, .text = "x\ny"});
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(added.error().limit, 3U);
  // What was refused left nothing behind: one more line still fits.
  EXPECT_TRUE(builder.add({.op = Op::insert_lines, .line = 2, .text = "z"}).has_value());
  EXPECT_EQ(builder.build()->text(), "x\ny\nz\n");
}

TEST(BatchBuilder, RefusesAnIdThatTwoPatchesShare) {
  BatchBuilder builder;
  for (const std::string_view id : {"b", "a", "c", "a", "b"}) {
    builder.add({.op = Op::delete_lines, .line = 1, .id = id}).value();
  }
  const auto batch = builder.build();
  ASSERT_FALSE(batch.has_value());
  EXPECT_EQ(batch.error().code, ErrorCode::malformed_batch);
  // The first patch of the batch that says what another has said before.
  EXPECT_EQ(batch.error().patch, (firn::PatchRef{.index = 3, .id = "a"}));
  EXPECT_EQ(batch.error().other, (firn::PatchRef{.index = 1, .id = "a"}));
}

TEST(BatchBuilder, LetsManyPatchesHaveNoId) {
  BatchBuilder builder;
  builder.add(deletion(1)).value();
  builder.add(deletion(1)).value();
  EXPECT_TRUE(builder.build().has_value());
}

TEST(BatchBuilder, ThatIsMovedIntoAnotherBuildsThereWhatItWouldHaveHere) {
  BatchBuilder builder;
  builder.set_id("moved");
  builder.reserve(1, 0);
  builder.add(deletion(7)).value();
  BatchBuilder other;
  other.add(deletion(1)).value();
  other = std::move(builder);
  const Batch batch = other.build().value();
  EXPECT_EQ(batch.id(), "moved");
  ASSERT_EQ(batch.patches().size(), 1U);
  EXPECT_EQ(batch.patches()[0].line, 7U);
}

TEST(Batch, OfNothingHasNoPatches) {
  const Batch batch;
  EXPECT_TRUE(batch.patches().empty());
  EXPECT_TRUE(batch.text().empty());
  EXPECT_FALSE(batch.revision().has_value());
  EXPECT_FALSE(batch.base().fingerprint.has_value());
}

TEST(Batch, NamesItsPatchesByPlaceAndId) {
  BatchBuilder builder;
  builder.add(deletion(1)).value();
  builder.add({.op = Op::delete_lines, .line = 2, .id = "p"}).value();
  const Batch batch = builder.build().value();
  EXPECT_EQ(batch.ref(0), (firn::PatchRef{.index = 0, .id = ""}));
  EXPECT_EQ(batch.ref(1), (firn::PatchRef{.index = 1, .id = "p"}));
}

TEST(Batch, ASelectionSaysThatItHoldsAllThatItWasSelectedFrom) {
  const Batch batch = batch_with({.op = Op::insert_lines, .line = 1, .lines = kTwoLines});
  const std::array<std::uint32_t, 1> all = {0};
  EXPECT_GE(batch.select({}).value().memory_bytes(), batch.memory_bytes());
  EXPECT_GT(batch.select(all).value().memory_bytes(), batch.memory_bytes());
}

}  // namespace
}  // namespace firn_test
