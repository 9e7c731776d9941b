#include "firn/patch.h"

#include <gtest/gtest.h>

#include "case.h"
#include "firn/apply.h"
#include "firn/to_json.h"
#include "random_case.h"
#include "thorough.h"

namespace firn_test {
namespace {

/// The bytes, or the violations as JSON.
template <typename Result>
std::string told(const Result& result) {
  if (!result) return to_json(result.error());
  return std::string(result->bytes()->view());
}

std::string patched_at_once(const Case& given) {
  return told(firn::patch(*firn::Bytes::copy_of(given.text), build(given), given.options));
}

std::string patched_in_steps(const Case& given) {
  return told(firn::apply(frozen(given.text), build(given), given.options));
}

TEST(Patch, DoesAtOnceWhatFreezeAndApplyDoInSteps) {
  Dice dice(seed_from_environment());
  for (std::uint64_t round = 0; round < rounds(3'000); ++round) {
    const Case given = random_case(dice);
    ASSERT_EQ(patched_at_once(given), patched_in_steps(given)) << code_of(given);
  }
}

TEST(Patch, KnowsTheTextByTheFingerprintThatABatchNames) {
  Case given{.text = "one\ntwo\n", .patches = {{.op = firn::Op::delete_lines, .line = 2}}};
  given.base.fingerprint = frozen(given.text).fingerprint();
  EXPECT_EQ(patched_at_once(given), "one\n");
  given.base.fingerprint = frozen("one\ntwo").fingerprint();
  EXPECT_EQ(patched_at_once(given), patched_in_steps(given));
  EXPECT_NE(patched_at_once(given).find("snapshot_mismatch"), std::string::npos);
  given.base.fingerprint = firn::Fingerprint{};
  EXPECT_NE(patched_at_once(given).find("snapshot_mismatch"), std::string::npos);
}

TEST(Patch, WritesAsManyBytesAsItSays) {
  const Case given{.text = "a\nb\n",
                   .patches = {{.op = firn::Op::insert_lines, .line = 3, .text = "c"}}};
  const auto patched = firn::patch(*firn::Bytes::copy_of(given.text), build(given));
  ASSERT_EQ(patched->byte_size(), 6U);
  std::string out(6, '\0');
  patched->write_to(out);
  EXPECT_EQ(out, "a\nb\nc\n");
}

}  // namespace
}  // namespace firn_test
