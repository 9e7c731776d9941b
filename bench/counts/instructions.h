#pragma once

#include <functional>

namespace firn_bench {

/// Runs `work` under the eyes of Callgrind, which writes a file of what it cost, headed by `name`.
/// Where Callgrind does not run this process it is just run.
void count_instructions(const char* name, const std::function<void()>& work);

}  // namespace firn_bench
