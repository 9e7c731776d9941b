#include "firn.h"

bool can_be_frozen(firn_view text) {
  firn_snapshot* snapshot = NULL;
#ifdef MISUSE
  firn_snapshot_freeze(text, &snapshot, NULL);
#else
  if (firn_snapshot_freeze(text, &snapshot, NULL) != FIRN_OK) return false;
#endif
  firn_snapshot_free(snapshot);
  return snapshot != NULL;
}
