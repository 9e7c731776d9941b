// In place of Highway's library, of which this is all that core needs: Debian has it only as a
// shared one, and the addon must load where that is not installed.

#include <hwy/highway.h>

#include "vector_targets.h"

namespace hwy {

int64_t SupportedTargets() {
  static const int64_t targets = firn::node::supported_vector_targets();
  return targets;
}

ChosenTarget& GetChosenTarget() {
  static ChosenTarget chosen;
  return chosen;
}

}  // namespace hwy
