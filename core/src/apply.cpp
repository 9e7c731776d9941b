#include "firn/apply.h"

#include <chrono>
#include <utility>

#include "want_of_memory.h"

namespace firn {

namespace {

using Clock = std::chrono::steady_clock;

double microseconds_between(Clock::time_point begin, Clock::time_point end) {
  return std::chrono::duration<double, std::micro>(end - begin).count();
}

}  // namespace

Result<CheckReport> check(const Snapshot& snapshot, const Batch& batch,
                          const ApplyOptions& options) {
  ApplyOptions all = options;
  all.policy = Policy::atomic;
  CheckReport report{.analysis = analyze(snapshot, batch), .violations = {}};
  if (auto normalized = normalize(snapshot, batch, all); !normalized) {
    report.violations = std::move(normalized.error());
    if (is_for_want_of_memory(report.violations)) {
      return std::unexpected(std::move(report.violations.front()));
    }
  }
  return report;
}

std::expected<Patched, Violations> apply(const Snapshot& snapshot, const Batch& batch,
                                         const ApplyOptions& options) {
  Workspace workspace;
  return apply(snapshot, batch, options, workspace);
}

std::expected<Patched, Violations> apply(const Snapshot& snapshot, const Batch& batch,
                                         const ApplyOptions& options, Workspace& workspace) {
  const auto begin = Clock::now();
  auto normalized = normalize(snapshot, batch, options, workspace);
  if (!normalized) return std::unexpected(std::move(normalized.error()));
  const double microseconds = microseconds_between(begin, Clock::now());

  const std::uint64_t revision = options.revision.value_or(batch.revision().value_or(0));
  const bool any_applied = normalized->failed.size() < batch.patches().size();
  return Patched(std::move(normalized->plan), revision + (any_applied ? 1 : 0),
                 std::move(normalized->failed), microseconds);
}

}  // namespace firn
