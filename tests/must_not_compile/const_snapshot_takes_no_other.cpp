#include "firn/snapshot.h"

firn::Snapshot replaced(const firn::Snapshot& snapshot, const firn::Snapshot& other) {
#ifdef MISUSE
  snapshot = other;
#endif
  return snapshot.byte_size() == 0 ? other : snapshot;
}
