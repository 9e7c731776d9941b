#pragma once

#include <string>

#include "firn/firn.h"

/// What holds for every value, whatever it was made of. Tests call these after every operation;
/// they need no GoogleTest, so a fuzzer can call them too. Each returns the first invariant found
/// broken, as a sentence, or nothing.
namespace firn_test {

/// The line index agrees with a naive scan, the fingerprint with the bytes, verify() with both.
[[nodiscard]] std::string check_invariants(const firn::Snapshot& snapshot);

/// Edits are descending and disjoint; every view agrees with the frozen bytes of the result and
/// with every other view; the unified diff leads to the same bytes; the snapshot is untouched.
[[nodiscard]] std::string check_invariants(const firn::Patched& patched);

}  // namespace firn_test
