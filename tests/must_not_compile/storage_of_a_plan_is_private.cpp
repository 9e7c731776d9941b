#include "firn/plan.h"

#ifdef MISUSE
using Inside = firn::Plan::Storage;
#else
using Inside = firn::Plan;
#endif

bool is_there(const Inside* inside) { return inside != nullptr; }
