#include "instructions.h"

#include <valgrind/callgrind.h>

namespace firn_bench {

void count_instructions(const char* name, const std::function<void()>& work) {
  CALLGRIND_START_INSTRUMENTATION;
  work();
  CALLGRIND_STOP_INSTRUMENTATION;
  CALLGRIND_DUMP_STATS_AT(name);
}

}  // namespace firn_bench
