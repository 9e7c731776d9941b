#pragma once

#include <string>

#include "case.h"

namespace firn_test {

/// Runs the case through the engine and the oracle, checks every invariant on the way, and returns
/// the first difference as a sentence, or nothing.
[[nodiscard]] std::string difference_from_oracle(const Case& given);

/// The same for one snapshot and batch under every policy, with the ties that the case says.
/// REQUIRES both to be made of the case.
[[nodiscard]] std::string difference_from_oracle(const firn::Snapshot& snapshot,
                                                 const firn::Batch& batch, Case given);

/// The same, but only of what was refused and why, and of the bytes, lines and revision that came
/// out: none of the other views, for whoever has millions of cases.
[[nodiscard]] std::string outcome_difference_from_oracle(const firn::Snapshot& snapshot,
                                                         const firn::Batch& batch, Case given);

}  // namespace firn_test
