#include "firn/apply.h"

bool can_be_applied(const firn::Snapshot& snapshot, const firn::Batch& batch) {
#ifdef MISUSE
  firn::apply(snapshot, batch);
  return true;
#else
  return firn::apply(snapshot, batch).has_value();
#endif
}
