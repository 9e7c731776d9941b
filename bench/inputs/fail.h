#pragma once

#include <string>

namespace firn_bench {

/// Prints `reason` and ends the process with exit code 1.
[[noreturn]] void fail(const std::string& reason);

}  // namespace firn_bench
