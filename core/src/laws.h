#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/options.h"
#include "firn/snapshot.h"

/// The laws that can be judged without looking at other patches; law 5 is LineClaims'.
namespace firn {

/// Laws 1 and 6 for the batch as a whole: is it for this text, at this revision? All violations.
[[nodiscard]] Violations violations_of_batch(const Snapshot& snapshot, const Batch& batch,
                                             const ApplyOptions& options);

/// "replaces lines 4-6"
[[nodiscard]] std::string deed_of(const Patch& patch);

/// What an error quotes once the budget of its report is spent.
inline constexpr std::size_t kLineOfQuote = 60;

/// How much the errors of one report may still quote. Each may quote two texts of kMaxQuotedBytes;
/// a million of them would be more than there is memory.
struct QuoteBudget {
  std::size_t bytes_left = kMaxQuotedBytesOfReport;
};

/// Laws 1 and 4, and what the patch expects, for the patch at `patch_index`.
[[nodiscard]] std::optional<Error> violation_of_patch(const Snapshot& snapshot, const Batch& batch,
                                                      std::uint64_t patch_index,
                                                      QuoteBudget& budget);

/// Law 5: what to say of a patch that wants `line`, which `holder_index` holds. One holder may
/// stand in the way of all others: its id is quoted out of the budget.
[[nodiscard]] Error overlap(const Batch& batch, std::uint64_t patch_index, std::uint64_t line,
                            std::uint64_t holder_index, QuoteBudget& budget);

}  // namespace firn
