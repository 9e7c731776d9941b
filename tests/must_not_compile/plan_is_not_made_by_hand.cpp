#include "firn/plan.h"

// The only plans there are: the one that changes nothing, and what normalize() proved.
firn::Plan plan_of(const firn::Snapshot& snapshot, const firn::Batch& batch) {
#ifdef MISUSE
  return firn::Plan(snapshot, batch);
#else
  auto normalized = firn::normalize(snapshot, batch);
  return normalized ? normalized->plan : firn::Plan(snapshot);
#endif
}
