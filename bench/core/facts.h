#pragma once

#include <benchmark/benchmark.h>

#include <string>

#include "firn/firn.h"

namespace firn_bench {

/// What the report says of the program that was measured. Only what begins with "fact: " is read.
inline void add_facts() {
  benchmark::AddCustomContext("fact: Firn", std::string(firn::version()));
  benchmark::AddCustomContext("fact: C++ compiler", "GCC " __VERSION__);
}

}  // namespace firn_bench
