#include "firn.h"

void free_it(firn_batch* batch) {
#ifdef MISUSE
  firn_snapshot_free(batch);
#else
  firn_batch_free(batch);
#endif
}
