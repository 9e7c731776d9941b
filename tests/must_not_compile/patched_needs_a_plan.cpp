#include "firn/patched.h"

#ifdef MISUSE
firn::Patched patched_of(const firn::Batch& batch) { return firn::Patched(batch); }
#else
firn::Patched patched_of(const firn::Plan& plan) { return firn::Patched(plan); }
#endif
