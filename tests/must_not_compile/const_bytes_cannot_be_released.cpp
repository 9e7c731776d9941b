#include "firn/bytes.h"

#ifdef MISUSE
char* released(const firn::Bytes& bytes) { return bytes.release(); }
#else
char* released(firn::Bytes& bytes) { return bytes.release(); }
#endif
