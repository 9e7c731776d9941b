#pragma once

#include <cstdint>

namespace firn::node {

/// Highway's bits for the vector instructions that this processor and its system have: what
/// `hwy::SupportedTargets()` says, of the targets that core is compiled for. Asks the processor
/// anew at each call.
std::int64_t supported_vector_targets();

}  // namespace firn::node
