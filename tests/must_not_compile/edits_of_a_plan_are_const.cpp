#include "firn/plan.h"

std::uint64_t begin_of_last(firn::Plan& plan) {
#ifdef MISUSE
  plan.edits()[0].begin = 0;
#endif
  return plan.edits()[0].begin;
}
