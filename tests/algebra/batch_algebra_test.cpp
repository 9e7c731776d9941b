#include "firn/algebra.h"

#include <gtest/gtest.h>

#include <string>

#include "random_batch.h"
#include "random_text.h"
#include "thorough.h"

namespace firn_test {
namespace {

using firn::Batch;
using firn::Op;
using firn::Patched;
using firn::Snapshot;

TEST(BatchAlgebra, InvertingTakesAnyChangeBackToTheByte) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t i = 0; i < rounds(20'000); ++i) {
    const Snapshot base = frozen(random.wild(8));
    const Patched patched = lawful_part(base, random_batch(random, base));
    const Batch inverse = firn::invert(patched).value();
    ASSERT_EQ(applied(result_of(patched), inverse), base.bytes()) << shown(patched.batch()) << "\n"
                                                                  << shown(inverse);
  }
}

TEST(BatchAlgebra, AnInverseRefusesAnyOtherText) {
  const Snapshot base = frozen("a\nb\nc\n");
  firn::BatchBuilder builder;
  ASSERT_TRUE(builder.add({.op = Op::delete_lines, .line = 2}));
  const Batch inverse = firn::invert(lawful_part(base, builder.build().value())).value();
  const auto refused = firn::apply(base, inverse);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().code, firn::ErrorCode::snapshot_mismatch);
}

TEST(BatchAlgebra, ComposingIsApplyingOneAfterTheOther) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t i = 0; i < rounds(20'000); ++i) {
    const Snapshot base = frozen(random.wild(8));
    const Patched first = lawful_part(base, random_batch(random, base));
    const Snapshot middle = result_of(first);
    const Patched second = lawful_part(middle, random_batch(random, middle));
    const Batch composed = firn::compose(first, second).value();
    ASSERT_EQ(applied(base, composed), result_of(second).bytes()) << shown(first.batch()) << "\n"
                                                                  << shown(second.batch()) << "\n"
                                                                  << shown(composed);
  }
}

TEST(BatchAlgebra, ComposingIsAssociative) {
  const std::uint64_t seed = seed_of_run();
  SCOPED_TRACE(seed_note(seed));
  RandomText random(seed);
  for (std::uint64_t i = 0; i < rounds(5'000); ++i) {
    const Snapshot base = frozen(random.wild(8));
    const Patched x = lawful_part(base, random_batch(random, base));
    const Snapshot after_x = result_of(x);
    const Patched y = lawful_part(after_x, random_batch(random, after_x));
    const Snapshot after_y = result_of(y);
    const Patched z = lawful_part(after_y, random_batch(random, after_y));
    const Patched xy = firn::apply(base, firn::compose(x, y).value()).value();
    const Patched yz = firn::apply(after_x, firn::compose(y, z).value()).value();
    ASSERT_EQ(applied(base, firn::compose(xy, z).value()),
              applied(base, firn::compose(x, yz).value()));
  }
}

TEST(BatchAlgebra, ComposingRefusesASecondOverAnotherText) {
  const Snapshot base = frozen("a\nb\n");
  firn::BatchBuilder builder;
  ASSERT_TRUE(builder.add({.op = Op::replace_lines, .line = 2, .text = "B"}));
  const Patched first = lawful_part(base, builder.build().value());
  const auto refused = firn::compose(first, first);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, firn::ErrorCode::snapshot_mismatch);
  EXPECT_EQ(refused.error().expected, to_hex(first.fingerprint()));
  EXPECT_EQ(refused.error().found, to_hex(base.fingerprint()));
  // Whichever of the two fingerprints is the greater.
  const Patched back = firn::apply(result_of(first), firn::invert(first).value()).value();
  EXPECT_FALSE(firn::compose(back, back));
}

TEST(BatchAlgebra, WhatTheSecondTakesBackIsNotChangedAtAll) {
  const Snapshot base = frozen("a\nb\nc\nd\n");
  firn::BatchBuilder builder;
  ASSERT_TRUE(builder.add({.op = Op::replace_lines, .line = 2, .text = "B"}));
  const Patched first = lawful_part(base, builder.build().value());
  const Snapshot middle = result_of(first);
  const Patched back = lawful_part(middle, firn::invert(first).value());
  EXPECT_TRUE(firn::compose(first, back).value().patches().empty());
}

}  // namespace
}  // namespace firn_test
