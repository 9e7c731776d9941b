#include "firn/batch.h"

bool can_be_added(firn::BatchBuilder& builder, const firn::PatchSpec& patch) {
#ifdef MISUSE
  builder.add(patch);
  return true;
#else
  return builder.add(patch).has_value();
#endif
}
