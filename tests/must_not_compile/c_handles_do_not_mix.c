#include "firn.h"

uint64_t line_count_of(const firn_snapshot* snapshot, const firn_batch* batch) {
#ifdef MISUSE
  return snapshot != NULL ? firn_snapshot_line_count(batch) : 0;
#else
  return batch != NULL ? firn_snapshot_line_count(snapshot) : 0;
#endif
}
