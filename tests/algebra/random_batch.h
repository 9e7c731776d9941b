#pragma once

#include <cstdint>
#include <string>

#include "firn/firn.h"
#include "random_text.h"

namespace firn_test {

/// Up to `max_patches` patches of any kind, lawful or not.
[[nodiscard]] firn::Batch random_batch(RandomText& random, const firn::Snapshot& snapshot,
                                       std::uint64_t max_patches = 3);

/// What best_effort takes of a batch.
[[nodiscard]] firn::Patched lawful_part(const firn::Snapshot& snapshot, const firn::Batch& batch);

[[nodiscard]] firn::Snapshot result_of(const firn::Patched& patched);

/// The batch as JSON, for messages; where JSON cannot hold it, why not.
[[nodiscard]] std::string shown(const firn::Batch& batch);

}  // namespace firn_test
