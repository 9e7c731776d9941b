#include "firn/bytes.h"

const char* data_of(const firn::Bytes& bytes) {
#ifdef MISUSE
  char* data = bytes.data();
#else
  const char* data = bytes.data();
#endif
  return data;
}
