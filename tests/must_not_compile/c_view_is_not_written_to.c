#include "firn.h"

char first_byte(const firn_snapshot* snapshot) {
  firn_view bytes = firn_snapshot_bytes(snapshot);
#ifdef MISUSE
  bytes.data[0] = 'X';
#endif
  return bytes.data[0];
}
