#pragma once

#include <vector>

#include "firn/analysis.h"
#include "firn/batch.h"
#include "firn/options.h"
#include "firn/patched.h"
#include "firn/snapshot.h"
#include "firn/workspace.h"

namespace firn {

/// What apply() would make of a batch.
struct CheckReport {
  Analysis analysis{};
  Violations violations{};  ///< Every one of them, whatever the policy; in batch order.
};

/// Analysis and every violation; applies nothing. Errors: limit_exceeded without memory.
[[nodiscard]] Result<CheckReport> check(const Snapshot& snapshot, const Batch& batch,
                                        const ApplyOptions& options = {});

/// The whole way: normalize, and the result as a piece table over the plan. Refused: the
/// violations, one under fail_fast, all under atomic; then nothing was applied. Errors and costs as
/// in normalize().
[[nodiscard]] std::expected<Patched, Violations> apply(const Snapshot& snapshot, const Batch& batch,
                                                       const ApplyOptions& options = {});

/// The same in memory that is kept. REQUIRES that no other call uses `workspace` meanwhile.
[[nodiscard]] std::expected<Patched, Violations> apply(const Snapshot& snapshot, const Batch& batch,
                                                       const ApplyOptions& options,
                                                       Workspace& workspace);

}  // namespace firn
