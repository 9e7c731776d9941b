#pragma once

#include <expected>
#include <memory>

#include "firn/plan.h"

namespace firn {

/// Memory that it takes to plan a batch, kept for the next one: who applies batch after batch with
/// one, and lets go of each result before the next, allocates nothing once it is as large as the
/// largest of them needs. (Where line ends are not LF, new lines are indexed anew.)
///
///     Workspace workspace;
///     for (const Batch& batch : batches) {
///       const auto patched = apply(snapshot, batch, {}, workspace);
///       if (patched) patched->write_to(out);
///     }
///
/// A plan that lives on keeps its memory, and the next one gets new.
///
/// Lifetime: holds the snapshot and the batch of the last plan until the next call, or its own end;
/// plans may outlive it. Threads: one call at a time; the plans are as free as any.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

 private:
  friend std::expected<Normalized, Violations> normalize(const Snapshot& snapshot,
                                                         const Batch& batch,
                                                         const ApplyOptions& options,
                                                         Workspace& workspace);
  struct Memory;

  std::unique_ptr<Memory> memory_;
};

}  // namespace firn
