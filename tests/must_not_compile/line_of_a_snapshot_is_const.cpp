#include "firn/snapshot.h"

char first_of_line(firn::Snapshot& snapshot) {
#ifdef MISUSE
  snapshot.line(1).front() = 'X';
#endif
  return snapshot.line(1).front();
}
