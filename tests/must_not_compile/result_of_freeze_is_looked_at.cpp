#include "firn/snapshot.h"

bool can_be_frozen(std::string_view text) {
#ifdef MISUSE
  firn::freeze(text);
  return true;
#else
  return firn::freeze(text).has_value();
#endif
}
