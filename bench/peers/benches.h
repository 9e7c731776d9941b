#pragma once

#include "versions.h"

namespace firn_bench {

/// Each registers its benchmarks for one pair of versions, which must outlive the run, and first
/// checks that what is timed is right.
void register_diff(const Versions& versions);
void register_merge(const Versions& versions);

}  // namespace firn_bench
