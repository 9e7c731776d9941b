#include "fail.h"

#include <cstdio>
#include <cstdlib>

namespace firn_bench {

void fail(const std::string& reason) {
  std::fprintf(stderr, "bench: %s\n", reason.c_str());
  std::exit(1);
}

}  // namespace firn_bench
