#include "firn/snapshot.h"

char first_byte(const firn::Snapshot& snapshot) {
#ifdef MISUSE
  snapshot.bytes()[0] = 'X';
#endif
  return snapshot.bytes()[0];
}
