#include "vector_targets.h"

#include <gtest/gtest.h>
#include <hwy/highway.h>

namespace {

// Highway's own library is the oracle: this test links it, the addon does not.
TEST(VectorTargets, AreThoseThatHighwayFindsOnThisMachine) {
  EXPECT_EQ(firn::node::supported_vector_targets() & HWY_TARGETS,
            hwy::SupportedTargets() & HWY_TARGETS);
}

TEST(VectorTargets, IncludeWhatIsThereOnEveryMachine) {
  EXPECT_EQ(firn::node::supported_vector_targets() & HWY_STATIC_TARGET, HWY_STATIC_TARGET);
}

}  // namespace
